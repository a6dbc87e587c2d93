// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "CommandLine.h"
#include "servers/queueing/QueueSimulation.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

/// `loopscope lab queue`.
class LabQueueCommand
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabQueueCommand)

public:
    /// `arguments`: what stands behind 'queue'.
    ExitCode run(const QStringList &arguments);

private:
    bool parse(const QStringList &arguments);
    bool apply(const QString &name, const QString &value);
    bool applyNumber(const QString &name, const QString &value);
    bool fail(const QString &sentence);
    QByteArray json(const QueueResult &result) const;
    QString text(const QueueResult &result) const;
    /// What theory says of the queue, or why it says nothing; a sentence.
    QString theoryText() const;
    void warn(const QueueResult &result) const;

    QueueSetting m_setting;
    QueueSimulation::Length m_length;
    quint64 m_seed = 1;
    bool m_warmupGiven = false;
    bool m_json = false;
    bool m_help = false;
};

} // namespace loopscope
