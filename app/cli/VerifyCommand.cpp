// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "Comparison.h"
#include "Output.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

namespace loopscope {

namespace {

/// Runs a program to its end, with nothing on its standard input. Empty, with a sentence in `problem`, if that cannot be done.
std::optional<ProgramOutcome> outcomeOf(const QString &program, const QStringList &arguments, double timeLimitSeconds, QString *problem)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments, QIODevice::ReadOnly);
    if (!process.waitForFinished(static_cast<int>(timeLimitSeconds * 1000))) {
        const bool isRunning = process.state() != QProcess::NotRunning;
        *problem = isRunning
            ? QCoreApplication::translate("loopscope::Commands", "'%1' did not end within %2 s (see --timeout).")
                  .arg(program)
                  .arg(timeLimitSeconds)
            : QCoreApplication::translate("loopscope::Commands", "'%1' cannot be started: %2.").arg(program, process.errorString());
        process.kill();
        process.waitForFinished();
        return std::nullopt;
    }
    ProgramOutcome outcome;
    outcome.output = process.readAllStandardOutput();
    outcome.errors = process.readAllStandardError();
    // As a shell tells it: 128 plus the signal.
    outcome.exitCode = process.exitStatus() == QProcess::CrashExit ? 128 + process.exitCode() : process.exitCode();
    return outcome;
}

QStringList argumentsOfNode(const CommandLine &line)
{
    QStringList arguments;
    if (line.run.forceModule)
        arguments << QStringLiteral("--experimental-default-type=module");
    arguments << line.file << line.run.arguments;
    return arguments;
}

QStringList argumentsOfOurs(const CommandLine &line)
{
    QStringList arguments = {QStringLiteral("run"), QStringLiteral("--seed"), QString::number(line.run.seed), QStringLiteral("--clock"),
        line.run.clock == Clock::Kind::Wall ? QStringLiteral("wall") : QStringLiteral("virtual"), QStringLiteral("--io"),
        line.run.isIoReal ? QStringLiteral("real") : QStringLiteral("simulated")};
    if (line.run.forceModule)
        arguments << QStringLiteral("--module");
    arguments += line.run.permissions.options();
    if (!line.run.latencyProfileFile.isEmpty())
        arguments << QStringLiteral("--latency-profile") << line.run.latencyProfileFile;
    arguments << QStringLiteral("--") << line.file << line.run.arguments;
    return arguments;
}

QString versionOf(const QString &node)
{
    QProcess process;
    process.start(node, {QStringLiteral("--version")}, QIODevice::ReadOnly);
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

} // namespace

int Commands::verify(const CommandLine &line)
{
    QString problem = line.file == QLatin1String("-") ? tr("'verify' takes a file, not standard input.") : fileProblem(line.file);
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    if (problem.isEmpty() && node.isEmpty())
        problem = tr("there is no 'node' on the PATH to compare with; install Node.js 20, or use 'loopscope run'.");
    static const QRegularExpression typed(QStringLiteral("\\.[cm]?ts$"));
    if (problem.isEmpty() && typed.match(line.file).hasMatch())
        problem = tr("Node.js 20 cannot run TypeScript, so there is nothing to compare '%1' with.").arg(line.file);
    std::optional<ProgramOutcome> theirs;
    std::optional<ProgramOutcome> ours;
    if (problem.isEmpty())
        theirs = outcomeOf(node, argumentsOfNode(line), line.timeLimitSeconds, &problem);
    if (problem.isEmpty())
        ours = outcomeOf(QCoreApplication::applicationFilePath(), argumentsOfOurs(line), line.timeLimitSeconds, &problem);
    if (!problem.isEmpty()) {
        complain(problem);
        return static_cast<int>(ExitCode::WrongUse);
    }
    const Comparison comparison(*theirs, *ours, versionOf(node));
    Output().writeText(comparison.text());
    return static_cast<int>(comparison.agrees() ? ExitCode::Success : ExitCode::Disagreement);
}

} // namespace loopscope
