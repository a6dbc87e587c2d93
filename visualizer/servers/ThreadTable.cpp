// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ThreadTable.h"

#include "servers/LabRecord.h"
#include "servers/ModelLook.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace loopscope {

namespace {

QString translated(const char *text) { return QCoreApplication::translate("loopscope::ThreadTable", text); }

QString titleOf(const ModelRecord &record)
{
    return translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "Threads: %1 (%2)")).arg(nameOf(record.model), nameOf(record.truth));
}

QString nameOfThread(int thread)
{
    return thread == 0 ? translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "dispatcher"))
                       : translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "thread %L1")).arg(thread);
}

/// Of a real run that is over: threads first, then the processes that they are of.
FigureTable measuredTable(const ModelRecord &record)
{
    FigureTable table{titleOf(record),
        {translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "who")), translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "process")),
            translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "CPU (s)")),
            translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "CPU (% of the run)")),
            translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "waited for a core (s)")),
            translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "requests begun")),
            translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "most memory (MB)"))},
        {}};
    const LabResult &result = *record.result;
    const auto share = [&result](double seconds) { return result.seconds > 0 ? QVariant(seconds / result.seconds * 100) : QVariant(); };
    for (const LabThread &thread : result.threads)
        table.rows.push_back({nameOfThread(thread.thread), QString::number(thread.process), thread.cpuSeconds, share(thread.cpuSeconds),
            thread.readySeconds, thread.requests, {}});
    for (const LabProcess &process : result.processes)
        table.rows.push_back({translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "whole process")), QString::number(process.process),
            process.cpuSeconds, share(process.cpuSeconds), {}, {}, static_cast<double>(process.mostMemoryBytes) / 1e6});
    return table;
}

/// Of lanes: seconds in each state; and of a real run that goes on, what its threads used so far.
FigureTable laneTable(const ModelRecord &record)
{
    FigureTable table{titleOf(record),
        {translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "who")),
            translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "running (s)")),
            translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "ready (s)")),
            translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "blocked on I/O (s)")),
            translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "idle (s)"))},
        {}};
    if (!record.uses.empty())
        table.columns << translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "CPU (s)"))
                      << translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "waited for a core (s)"));
    const bool isReused = record.lanes.hasReusedLanes();
    for (int lane = 0; lane < record.lanes.laneCount(); ++lane) {
        const std::array<double, 4> seconds = record.lanes.secondsByState(lane);
        const auto in = [&seconds](ThreadState state) { return seconds[static_cast<std::size_t>(state)]; };
        const int thread = record.lanes.threadOf(lane);
        FigureTable::Row row{
            isReused ? translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "lane %L1")).arg(lane + 1) : nameOfThread(thread),
            in(ThreadState::Running), in(ThreadState::Ready), in(ThreadState::Blocked), in(ThreadState::Idle)};
        if (!record.uses.empty()) {
            const auto use = record.uses.find(thread);
            const bool isKnown = !isReused && use != record.uses.end();
            row.push_back(isKnown ? QVariant(use->second.cpuSeconds) : QVariant());
            row.push_back(isKnown ? QVariant(use->second.readySeconds) : QVariant());
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace

FigureTable threadTable(const ModelRecord &record)
{
    return record.result && !record.result->threads.empty() ? measuredTable(record) : laneTable(record);
}

QString threadSentence(const ModelRecord &record, int thread)
{
    const auto seconds = [](double value) { return QLocale().toString(value, 'f', 2); };
    if (record.result) {
        const std::vector<LabThread> &threads = record.result->threads;
        const auto found = std::find_if(threads.begin(), threads.end(), [thread](const LabThread &each) { return each.thread == thread; });
        if (found == threads.end())
            return {};
        return translated(
            QT_TRANSLATE_NOOP("loopscope::ThreadTable", "in the whole run: %1 s of CPU, waited %2 s for a core, requests begun: %L3"))
            .arg(seconds(found->cpuSeconds), seconds(found->readySeconds))
            .arg(found->requests);
    }
    const auto use = record.uses.find(thread);
    if (use == record.uses.end())
        return {};
    return translated(QT_TRANSLATE_NOOP("loopscope::ThreadTable", "so far: %1 s of CPU, waited %2 s for a core"))
        .arg(seconds(use->second.cpuSeconds), seconds(use->second.readySeconds));
}

} // namespace loopscope
