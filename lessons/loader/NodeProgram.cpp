// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/NodeProgram.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>

namespace loopscope {

namespace {

/// Short enough for a sentence.
QString quoted(const QByteArray &line)
{
    constexpr qsizetype most = 120;
    const QString text = QString::fromUtf8(line);
    return QLatin1Char('"') + (text.size() <= most ? text : text.left(most) + QStringLiteral("...")) + QLatin1Char('"');
}

QList<QByteArray> linesOf(const QByteArray &output)
{
    QList<QByteArray> lines = output.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

} // namespace

std::optional<PrintedRun> PrintedRun::of(
    const QString &program, const QStringList &arguments, const QString &folder, const QString &name, QString *problem)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.setWorkingDirectory(folder);
    process.start(program, arguments, QIODevice::ReadOnly);
    QElapsedTimer time;
    time.start();
    PrintedRun run;
    while (process.state() != QProcess::NotRunning) {
        constexpr int look = 50;
        process.waitForReadyRead(look);
        run.output += process.readAllStandardOutput();
        const bool isTooMuch = run.output.size() > mostOutputBytes;
        if (!isTooMuch && time.elapsed() < mostSeconds * 1000)
            continue;
        process.kill();
        process.waitForFinished();
        *problem = isTooMuch ? tr("%1 prints more than %2 MB.").arg(name).arg(mostOutputBytes >> 20)
                             : tr("%1 does not end within %2 s.").arg(name).arg(mostSeconds);
        return std::nullopt;
    }
    if (process.error() == QProcess::FailedToStart) {
        *problem = tr("'%1' cannot be started: %2.").arg(program, process.errorString());
        return std::nullopt;
    }
    run.output += process.readAllStandardOutput();
    run.exitCode = process.exitStatus() == QProcess::CrashExit ? 128 + process.exitCode() : process.exitCode();
    return run;
}

NodeProgram::NodeProgram()
    : m_program(QStandardPaths::findExecutable(QStringLiteral("node")))
{
}

std::optional<PrintedRun> NodeProgram::run(const QString &script, const LessonRun &how, QString *problem) const
{
    QStringList arguments;
    if (how.options.contains(QLatin1String("--module")))
        arguments << QStringLiteral("--experimental-default-type=module");
    const QFileInfo info(script);
    return PrintedRun::of(m_program, arguments << script << how.arguments, info.path(), tr("'%1' in Node").arg(info.fileName()), problem);
}

QString NodeProgram::difference(const PrintedRun &node, const PrintedRun &ours, NodeAgreement agreement)
{
    if (agreement == NodeAgreement::None)
        return {};
    QList<QByteArray> theirLines = linesOf(node.output);
    QList<QByteArray> ourLines = linesOf(ours.output);
    if (agreement == NodeAgreement::SameLines) {
        std::sort(theirLines.begin(), theirLines.end());
        std::sort(ourLines.begin(), ourLines.end());
    }
    if (agreement != NodeAgreement::ExitCode && theirLines != ourLines) {
        const auto shorter = std::min(theirLines.size(), ourLines.size());
        const auto at = std::mismatch(theirLines.begin(), theirLines.begin() + shorter, ourLines.begin()).first - theirLines.begin();
        const auto shown = [at](const QList<QByteArray> &lines) { return at < lines.size() ? quoted(lines[at]) : tr("nothing more"); };
        return agreement == NodeAgreement::SameLines
            ? tr("Node prints other lines, in whatever order: the first that differs is %1 there and %2 here.")
                  .arg(shown(theirLines), shown(ourLines))
            : tr("line %1 of the output is %2 in Node, and %3 here.").arg(at + 1).arg(shown(theirLines), shown(ourLines));
    }
    if (node.exitCode != ours.exitCode)
        return tr("the exit code is %1 in Node, and %2 here.").arg(node.exitCode).arg(ours.exitCode);
    return {};
}

} // namespace loopscope
