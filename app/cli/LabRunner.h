// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Interrupts.h"
#include "Output.h"
#include "servers/session/LabReport.h"
#include "servers/session/LabSession.h"

#include <QSocketNotifier>

namespace loopscope {

/// What `loopscope lab SCENARIO` was asked for.
struct LabRunOptions
{
    LabPlan plan;
    qint64 followed = 0; ///< number of a request; 0: none
    QString reportFile; ///< empty: none
    bool isJson = false;
    bool isStream = false;
    bool isQuiet = false;
    bool showsThreads = false;
};

/// One session, with what is printed of it.
class LabRunner
{
public:
    explicit LabRunner(const LabRunOptions &options);
    /// Blocks until the end, and gives the exit code.
    int perform();

private:
    void readCommands();
    void take(const LabMessage &message, const QByteArray &line);
    void stream(const QByteArray &line);
    void finish();
    void print();

    LabRunOptions m_options;
    LabSession m_session;
    LabReport m_report;
    Interrupts m_interrupts;
    QSocketNotifier m_commands;
    QByteArray m_waiting; ///< of a command that has not come whole
    ProgressLine m_progress;
    Output m_output;
};

} // namespace loopscope
