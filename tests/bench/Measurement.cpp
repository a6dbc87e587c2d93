// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Measurement.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <cstdio>
#include <limits>

namespace loopscope {

double TimedProgram::seconds(qint64 size) const
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::SeparateChannels);
    process.setStandardOutputFile(QProcess::nullDevice());
    QElapsedTimer timer;
    timer.start();
    process.start(program, size < 0 ? arguments : arguments + QStringList{QString::number(size)});
    const bool ended = process.waitForFinished(600'000);
    const double taken = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    if (ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return taken;
    std::fprintf(stderr, "%s %s failed: %s\n%s\n", qPrintable(program), qPrintable(arguments.join(u' ')), qPrintable(process.errorString()),
        process.readAllStandardError().right(2000).constData());
    return -1;
}

double TimedProgram::best(qint64 size, int repeats) const
{
    double least = -1;
    for (int i = 0; i < repeats; ++i) {
        const double taken = seconds(size);
        if (taken < 0)
            return -1;
        least = least < 0 ? taken : std::min(least, taken);
    }
    return least;
}

double TimedProgram::nanosecondsEach(qint64 small, qint64 large, int repeats) const
{
    const double few = best(small, repeats);
    const double many = best(large, repeats);
    if (few < 0 || many < 0)
        return -1;
    // Below what a busy machine's clock can tell apart there is nothing to say.
    return many > few ? (many - few) * 1e9 / static_cast<double>(large - small) : std::numeric_limits<double>::quiet_NaN();
}

PeerBenchmark::PeerBenchmark(bool isShort)
    : m_isShort(isShort)
    , m_loopscope(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"))
    , m_node(QStandardPaths::findExecutable(QStringLiteral("node")))
{
}

QString PeerBenchmark::program(const QString &name) { return QStringLiteral(LOOPSCOPE_BENCH_FOLDER "/programs/%1.js").arg(name); }

double PeerBenchmark::checked(double value)
{
    m_failed = m_failed || value < 0;
    return value < 0 ? std::numeric_limits<double>::quiet_NaN() : value;
}

void PeerBenchmark::fail(const QString &message)
{
    std::fprintf(stderr, "error: %s\n", qPrintable(message));
    m_failed = true;
}

bool RecordedProgram::record(const QString &path) const
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
        {QStringLiteral("run"), QStringLiteral(LOOPSCOPE_BENCH_FOLDER "/programs/") + name + QStringLiteral(".js"),
            QStringLiteral("--record"), path, QStringLiteral("--detail"), detail, QStringLiteral("--max-events"),
            QString::number(mostEvents), QStringLiteral("--"), QString::number(size)});
    constexpr int endedByLimit = 124;
    const bool ended = process.waitForFinished(1'200'000) && process.exitStatus() == QProcess::NormalExit;
    if (ended && process.exitCode() == (mostEvents > 0 ? endedByLimit : 0))
        return true;
    std::fprintf(stderr, "%s cannot be recorded: %s\n", qPrintable(name), qPrintable(process.errorString()));
    return false;
}

} // namespace loopscope
