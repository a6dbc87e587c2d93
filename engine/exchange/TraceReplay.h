// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ChromeRecords.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// Makes events of the records of a foreign trace, which it takes in the order of their times, and writes them.
///
/// A span that stands in no other is a task of its thread's loop; those inside it are calls. A span that would outlast the one it is in is
/// cut. Samples of a CPU profile make calls, too: what stacks that follow each other have in common is one call, inside of the span that is
/// open, or a task where none is. What goes on beside is a request from its beginning to its end; what is never ended stays under way.
class TraceReplay
{
public:
    /// All must outlive this. Samples are passed over after `mostSampledCalls`.
    TraceReplay(RecordingWriter &writer, const TracePlaces &places, const ChromeRecords &records, quint64 mostSampledCalls);

    void take(const TraceRecord &record);
    void finish();
    /// Samples that were passed over.
    quint64 droppedCount() const { return m_droppedCount; }

private:
    struct OpenSpan
    {
        quint64 end = 0;
        SiteId site = 0;
        TaskKind kind = TaskKind::IoCallback; ///< of a task
        StringId name = 0; ///< of a task
        bool isSampled = false;
    };
    struct Thread
    {
        quint16 loop = 0;
        SubjectId loopSubject = 0; ///< once it has started
        SubjectId task = 0; ///< that runs
        SubjectId cause = 0; ///< of the next task
        std::optional<quint64> idleSince; ///< if a sample says that nothing runs
        std::vector<OpenSpan> open;
    };
    static constexpr size_t mostOpen = 1'000'000; ///< requests and flows

    void assignLoops();
    void takeNow(const TraceRecord &record);
    /// Writes what is kept back because it has the same time.
    void flush();
    void openSpan(Thread &thread, OpenSpan span);
    void takeSample(Thread &thread, quint32 frame);
    void findPath(const Thread &thread, quint32 frame);
    void setIdle(Thread &thread, bool isIdle);
    void endSpan(Thread &thread);
    void closeSpan(Thread &thread, quint64 time);
    void closeDownTo(Thread &thread, size_t size);
    void closeUpTo(quint64 time);
    void beginRequest(Thread &thread, const TraceRecord &record);
    void endRequest(Thread &thread, const TraceRecord &record);
    void start(Thread &thread, size_t number, quint64 time);
    void append(const Thread &thread, Event event, quint64 time);

    RecordingWriter &m_writer;
    const TracePlaces &m_places;
    const std::vector<TraceThread> &m_traceThreads;
    const std::vector<SampledFrame> &m_frames;
    const quint64 m_mostSampledCalls;
    std::vector<Thread> m_threads;
    std::vector<TraceRecord> m_sameTime;
    std::vector<OpenSpan> m_path; ///< of a sample, the outermost first; kept for its memory
    quint64 m_sampledCalls = 0;
    quint64 m_droppedCount = 0;
    std::unordered_map<quint64, std::vector<SubjectId>> m_requests; ///< by what stands for their id
    std::unordered_map<quint64, SubjectId> m_flows;
    quint64 m_base = 0; ///< the first record's time
    quint64 m_time = 0; ///< of the record taken last
    quint64 m_lastTime = 0; ///< of the event written last
    quint64 m_nextEnd = ChromeRecords::openEnd; ///< of all open spans
    bool m_hasBase = false;
};

} // namespace loopscope
