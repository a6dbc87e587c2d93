// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <optional>

namespace loopscope {

/// What a program printed, and how it ended.
struct PrintedRun
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::PrintedRun)

public:
    QByteArray output; ///< standard output
    int exitCode = 0; ///< as a shell tells it: 128 plus the signal

    static constexpr int mostSeconds = 30;
    static constexpr qint64 mostOutputBytes = 8 << 20;
    /// Runs a program in a folder, in this thread. Nothing, with a sentence in `problem`, if it cannot be started, does not end, or prints
    /// without end; `name` is what the sentence calls it.
    static std::optional<PrintedRun> of(
        const QString &program, const QStringList &arguments, const QString &folder, const QString &name, QString *problem);
};

/// The installed Node, which lessons' scripts are compared with.
class NodeProgram
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::NodeProgram)

public:
    /// The one on the PATH.
    NodeProgram();
    explicit NodeProgram(const QString &program)
        : m_program(program)
    {
    }

    bool isInstalled() const { return !m_program.isEmpty(); }
    /// Runs a script in its folder, as PrintedRun::of() does.
    std::optional<PrintedRun> run(const QString &script, const LessonRun &how, QString *problem) const;

    /// The first difference, as a sentence; empty if both agree as much as they are to.
    static QString difference(const PrintedRun &node, const PrintedRun &ours, NodeAgreement agreement);

private:
    QString m_program;
};

} // namespace loopscope
