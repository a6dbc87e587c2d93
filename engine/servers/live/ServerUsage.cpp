// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/ServerUsage.h"

#include "servers/live/LaneBoard.h"

#include <QDir>
#include <QFile>

#include <ctime>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr qint64 period = 1'000'000'000; ///< ns

double processorSecondsOf(int process, double otherwise)
{
    clockid_t clock = 0;
    struct timespec spent = {};
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &spent) != 0)
        return otherwise;
    return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) / 1e9;
}

/// The number behind a name at the beginning of a line.
qint64 numberIn(const QByteArray &text, const char *name)
{
    const qsizetype at = text.startsWith(name) ? 0 : text.indexOf(QByteArray("\n") + name);
    if (at < 0)
        return 0;
    const qsizetype begin = text.indexOf(':', at) + 1;
    return text.mid(begin, text.indexOf('\n', begin) - begin).simplified().split(' ').value(0).toLongLong();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 switchesOf(const QString &folder)
{
    qint64 sum = 0;
    const QStringList threads = QDir(folder + QStringLiteral("/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &thread : threads) {
        const QByteArray status = contentOf(folder + QStringLiteral("/task/") + thread + QStringLiteral("/status"));
        sum += numberIn(status, "voluntary_ctxt_switches") + numberIn(status, "nonvoluntary_ctxt_switches");
    }
    return sum;
}

} // namespace

ServerUsage::Memory ServerUsage::memoryOf(int process)
{
    // Pages: of all, resident, of files.
    const QList<QByteArray> pages = contentOf(QStringLiteral("/proc/%1/statm").arg(process)).split(' ');
    const qint64 files = pages.value(2).toLongLong() * sysconf(_SC_PAGESIZE);
    return {pages.value(1).toLongLong() * sysconf(_SC_PAGESIZE) - files, files};
}

ServerUsage::Figures ServerUsage::look(const std::vector<int> &processes)
{
    const qint64 now = LaneBoard::now();
    const bool isDue = now - m_lookedAt >= period;
    if (isDue) {
        m_lookedAt = now;
    }
    qint64 own = 0;
    qint64 files = 0;
    for (const int number : processes) {
        Process &process = m_processes[number];
        process.seconds = processorSecondsOf(number, process.seconds);
        if (!isDue)
            continue;
        const QString folder = QStringLiteral("/proc/%1").arg(number);
        const Memory memory = memoryOf(number);
        process.memoryBytes = std::max(process.memoryBytes, memory.own + memory.files);
        own += memory.own;
        files = std::max(files, memory.files);
        process.switches = std::max(process.switches, switchesOf(folder));
    }
    if (isDue)
        m_memory = own + files;
    Figures figures;
    figures.memoryBytes = m_memory;
    for (const auto &[number, process] : m_processes) {
        figures.processorSeconds += process.seconds;
        figures.contextSwitches += process.switches;
    }
    return figures;
}

} // namespace loopscope
