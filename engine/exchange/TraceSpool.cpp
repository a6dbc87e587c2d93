// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TraceSpool.h"

#include <algorithm>
#include <queue>

namespace loopscope {

/// A run that is being merged: a page of it is in memory.
struct TraceSpool::Run
{
    quint64 next = 0; ///< to be read from the file
    quint64 end = 0;
    size_t at = 0;
    std::vector<TraceRecord> page;
};

void TraceSpool::sortRun()
{
    const auto isEarlier = [](const TraceRecord &left, const TraceRecord &right) { return left.event.time < right.event.time; };
    if (!std::is_sorted(m_run.begin(), m_run.end(), isEarlier))
        std::stable_sort(m_run.begin(), m_run.end(), isEarlier);
}

void TraceSpool::writeRun()
{
    sortRun();
    const auto bytes = static_cast<qint64>(m_run.size() * sizeof(TraceRecord));
    if (m_error.isEmpty()
        && ((!m_file.isOpen() && !m_file.open()) || m_file.write(reinterpret_cast<const char *>(m_run.data()), bytes) != bytes))
        m_error = m_file.errorString();
    m_written += m_run.size();
    m_ends.push_back(m_written);
    m_run.clear();
}

bool TraceSpool::fill(Run &run)
{
    const auto count = std::min<quint64>(pageLength, run.end - run.next);
    run.page.resize(count);
    run.at = 0;
    const auto bytes = static_cast<qint64>(count * sizeof(TraceRecord));
    if (count == 0)
        return false;
    if (!m_file.seek(static_cast<qint64>(run.next * sizeof(TraceRecord)))
        || m_file.read(reinterpret_cast<char *>(run.page.data()), bytes) != bytes) {
        m_error = m_file.errorString();
        return false;
    }
    run.next += count;
    return true;
}

bool TraceSpool::replay(const std::function<void(const TraceRecord &)> &take)
{
    if (m_ends.empty()) {
        sortRun();
        for (const TraceRecord &record : m_run)
            take(record);
        return true;
    }
    if (!m_run.empty())
        writeRun();
    m_run = {};
    if (hasFailed() || !m_file.flush())
        return false;
    std::vector<Run> runs;
    using Head = std::pair<quint64, size_t>; // time and run: of equal times the earlier run's comes first
    std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
    quint64 begin = 0;
    for (const quint64 end : m_ends) {
        runs.push_back({.next = begin, .end = end, .at = 0, .page = {}});
        if (fill(runs.back()))
            heads.emplace(runs.back().page.front().event.time, runs.size() - 1);
        begin = end;
    }
    while (!heads.empty() && !hasFailed()) {
        const size_t number = heads.top().second;
        Run &run = runs[number];
        heads.pop();
        // As long as this run is ahead of all others, none of them need be asked.
        const quint64 limit = heads.empty() ? ~quint64{0} : heads.top().first;
        const bool isFirst = heads.empty() || number < heads.top().second;
        bool isThere = true;
        do {
            take(run.page[run.at++]);
            isThere = run.at < run.page.size() || fill(run);
        } while (isThere && (run.page[run.at].event.time < limit || (isFirst && run.page[run.at].event.time == limit)));
        if (isThere)
            heads.emplace(run.page[run.at].event.time, number);
    }
    return !hasFailed();
}

} // namespace loopscope
