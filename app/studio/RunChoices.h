// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/PermissionGrants.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace loopscope {

/// How the person wants a script to be run: clock and I/O, seed, arguments, and what it may touch. Kept for each script.
struct RunChoices
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::RunChoices)

public:
    bool isReal = false; ///< this machine's clock, files and network, instead of virtual time and simulated I/O
    quint64 seed = 1; ///< of a simulated run
    QJsonObject latencies; ///< of simulated I/O, as a latency profile has them; empty: the usual ones
    QString arguments; ///< of the script, as one types them in a shell
    QStringList beside; ///< scripts that run on loops of their own beside it
    PermissionGrants permissions; ///< beyond what every script may; to write files means something in a real run only
    bool mayDoAll = false; ///< everything the person may, whatever `permissions` say

    bool operator==(const RunChoices &other) const;

    /// The script's arguments, one by one; quotes hold words together.
    QStringList argumentList() const;
    /// Options of `loopscope run`; those that are as usual are left out.
    QStringList runnerOptions() const;
    /// What the script may beyond the usual, as options of `loopscope run`.
    QStringList permissionOptions() const;
    /// "real · 2 arguments · may write"; empty if all is as usual.
    QString summary() const;

    /// The option that a refused call's error names ("--allow-net=example.com"); empty if the text tells of no refused call.
    static QString permissionAskedFor(const QString &errorText);
    /// Allows what such an option allows.
    void allow(const QString &option);

    /// What was chosen for a script last; the usual if nothing was.
    static RunChoices load(const QString &scriptPath);
    /// Remembers it, of the 100 scripts for which something was chosen last.
    void save(const QString &scriptPath) const;
};

} // namespace loopscope
