// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"

#include <QCoreApplication>
#include <QStringList>

#include <vector>

namespace loopscope {

/// `loopscope lab follow RECORDING [NUMBER ...]`.
class LabFollowCommand
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabFollowCommand)

public:
    /// Gives the exit code.
    int run(const QStringList &arguments);

private:
    /// False, with a sentence on standard error, if there is nothing to follow.
    bool readRecording(const QString &file);
    bool readNumbers(const QStringList &texts);
    /// The slowest ones, those without an answer first.
    std::vector<LabRequest> slowest(std::size_t most) const;
    int showWays(bool isJson) const;
    void list(std::size_t most, bool isJson) const;

    std::vector<LabRequest> m_requests;
    std::vector<qint64> m_numbers;
};

} // namespace loopscope
