// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/PerfettoExport.h"

#include "analysis/profiler/QueueCounts.h"
#include "exchange/PerfettoPackets.h"
#include "exchange/TraceLook.h"

#include <map>
#include <queue>
#include <unordered_set>

namespace loopscope {
namespace {

using perfetto::TrackEventType;

/// Numbers of tracks: the kind of track above all numbers of that kind.
constexpr quint64 trackOf(quint64 kind, quint64 number) { return kind << 48U | number; }
constexpr quint64 processTrack(quint32 process) { return trackOf(1, process); }
constexpr quint64 laneTrack(quint16 lane) { return trackOf(2, lane); }
constexpr quint64 counterTrack(quint16 loop, size_t queue) { return trackOf(3, loop * loopQueueCount + queue); }

/// Finds tracks for what overlaps: on each at most one thing of a loop and category is open at a time.
class AsyncTracks
{
public:
    using Key = std::pair<QByteArrayView, SubjectId>; ///< category, which is a literal, and id
    struct Place
    {
        quint64 track = 0; ///< 0: it is open already
        bool isNew = false; ///< the track was not there before
    };

    Place open(quint16 loop, const Key &key)
    {
        const auto [entry, isUnknown] = m_open.try_emplace(key);
        if (!isUnknown)
            return {};
        Free &free = m_free[{loop, key.first}];
        const bool isNew = free.empty();
        const quint64 track = isNew ? trackOf(4, ++m_last) : free.top();
        if (!isNew)
            free.pop();
        entry->second = {track, &free};
        return {track, isNew};
    }

    /// 0 if it is not open.
    quint64 find(const Key &key) const
    {
        const auto entry = m_open.find(key);
        return entry == m_open.end() ? 0 : entry->second.track;
    }

    quint64 close(const Key &key)
    {
        const auto entry = m_open.find(key);
        if (entry == m_open.end())
            return 0;
        const quint64 track = entry->second.track;
        entry->second.free->push(track);
        m_open.erase(entry);
        return track;
    }

private:
    using Free = std::priority_queue<quint64, std::vector<quint64>, std::greater<>>; ///< the first first
    struct Open
    {
        quint64 track = 0;
        Free *free = nullptr; ///< where the track belongs
    };

    std::map<Key, Open> m_open;
    std::map<std::pair<quint16, QByteArrayView>, Free> m_free;
    quint64 m_last = 0;
};

class PerfettoTrace : public SpanListener
{
    Q_DISABLE_COPY_MOVE(PerfettoTrace)

public:
    PerfettoTrace(const ExportNames &names, TextSink &sink)
        : m_names(names)
        , m_sink(sink)
        , m_packets(names, sink)
        , m_spans(*this)
    {
    }
    ~PerfettoTrace() override = default;

    void write()
    {
        const RecordingReader &reader = m_names.names().reader();
        for (quint64 i = 0; i < reader.eventCount() && !m_sink.hasFailed(); ++i)
            put(reader.event(i));
        m_spans.finish();
    }

    void opened(const Span &span, const Event &event) override
    {
        PerfettoEvent begin{.type = TrackEventType::SliceBegin,
            .track = laneTrack(event.lane()),
            .time = event.time,
            .category = categoryOf(span),
            .name = m_names.span(span),
            .function = span.site};
        if (span.kind == Span::Kind::Task) {
            const bool hasRequest = event.detail == static_cast<quint8>(TaskKind::IoCallback);
            begin.endingFlows = {endFlow(event.subject), hasRequest ? endFlow(event.cause) : 0};
            begin.details = &event;
        }
        m_packets.put(begin);
    }

    void closed(const Span &span, quint64 time) override
    {
        m_packets.put(PerfettoEvent{
            .type = TrackEventType::SliceEnd, .track = laneTrack(static_cast<quint16>(span.loop * lanesOfLoop)), .time = time});
    }

private:
    void put(const Event &event)
    {
        describeLane(event.lane());
        if (event.kind == EventKind::TaskBegun || event.kind == EventKind::TaskCancelled)
            endBeside({"timer", event.subject}, event, nullptr); // waits no longer
        if (event.kind == EventKind::TaskCancelled)
            endFlow(event.subject);
        if (!m_spans.apply(event))
            putPlain(event);
        putPoolWork(event);
        if (m_counts.apply(event) && event.kind == EventKind::TaskBegun)
            putCounts(event);
    }

    void putPlain(const Event &event)
    {
        const EventLook look = lookOf(event);
        const AsyncTracks::Key key{look.category, look.id};
        if (look.phase == 'M' || (look.phase == 'e' && endBeside(key, event, &event)))
            return;
        if (look.phase == 'b')
            beginBeside(key, event, m_names.event(event, look));
        const bool startsFlow = beginsFlow(event);
        if (look.phase == 'b' && !startsFlow)
            return;
        const quint64 beside = look.phase == 'n' ? m_beside.find(key) : 0;
        m_packets.put(PerfettoEvent{.track = beside == 0 ? laneTrack(event.lane()) : beside,
            .time = event.time,
            .category = startsFlow ? "cause" : look.category,
            .name = m_names.event(event, {}),
            .flow = startsFlow ? event.subject : 0,
            .details = &event});
    }

    void beginBeside(const AsyncTracks::Key &key, const Event &event, const QString &name)
    {
        const AsyncTracks::Place place = m_beside.open(event.loop(), key);
        if (place.track == 0)
            return;
        if (place.isNew)
            m_packets.put(PerfettoTrack{.uuid = place.track,
                .parent = laneTrack(static_cast<quint16>(event.loop() * lanesOfLoop)),
                .name = QString::fromLatin1(key.first)});
        m_packets.put(PerfettoEvent{.type = TrackEventType::SliceBegin,
            .track = place.track,
            .time = event.time,
            .category = key.first.data(),
            .name = name,
            .details = &event});
    }

    /// False if it is not open.
    bool endBeside(const AsyncTracks::Key &key, const Event &event, const Event *details)
    {
        const quint64 track = m_beside.close(key);
        if (track != 0)
            m_packets.put(PerfettoEvent{.type = TrackEventType::SliceEnd, .track = track, .time = event.time, .details = details});
        return track != 0;
    }

    void putPoolWork(const Event &event)
    {
        if (!isPoolWork(event))
            return;
        const bool isStart = event.kind == EventKind::IoStarted;
        m_packets.put(PerfettoEvent{.type = isStart ? TrackEventType::SliceBegin : TrackEventType::SliceEnd,
            .track = laneTrack(event.lane()),
            .time = event.time,
            .category = isStart ? "pool" : nullptr,
            .name = isStart ? m_names.names().subject(event.subject) : QString()});
    }

    /// Flows lead from what creates a task, or submits its request, to where it runs.
    bool beginsFlow(const Event &event)
    {
        switch (event.kind) {
        case EventKind::TaskCreated:
        case EventKind::TaskRearmed:
        case EventKind::IoSubmitted:
        case EventKind::MessagePosted:
            return event.subject != 0 && m_flows.insert(event.subject).second;
        default:
            return false;
        }
    }

    /// Its number, 0 if it has not begun.
    SubjectId endFlow(SubjectId flow) { return m_flows.erase(flow) == 0 ? 0 : flow; }

    void putCounts(const Event &event)
    {
        const quint16 loop = event.loop();
        const auto &counts = m_counts.of(loop).waiting;
        const auto [entry, isNew] = m_told.try_emplace(loop);
        for (size_t queue = 1; queue < counts.size(); ++queue) {
            const quint64 track = counterTrack(loop, queue);
            if (isNew)
                m_packets.put(PerfettoTrack{.uuid = track,
                    .parent = laneTrack(static_cast<quint16>(loop * lanesOfLoop)),
                    .name = QStringLiteral("waiting: ") + QLatin1String(queueKeys[queue]),
                    .isCounter = true});
            if (isNew || counts[queue] != entry->second[queue])
                m_packets.put(PerfettoEvent{.type = TrackEventType::Counter, .track = track, .time = event.time, .count = counts[queue]});
        }
        entry->second = counts;
    }

    /// The first event of a lane is preceded by what it is.
    void describeLane(quint16 lane)
    {
        if (!m_lanes.insert(lane).second)
            return;
        const auto loop = static_cast<quint16>(lane / lanesOfLoop);
        describeLane(static_cast<quint16>(loop * lanesOfLoop)); // what lies beside a loop's work is below it
        const quint32 process = m_names.processOf(loop);
        if (m_processes.insert(process).second)
            m_packets.put(PerfettoTrack{.uuid = processTrack(process), .name = m_names.process(loop), .process = process});
        m_packets.put(PerfettoTrack{.uuid = laneTrack(lane),
            .parent = processTrack(process),
            .name = m_names.lane(lane),
            .process = process,
            .thread = quint32{lane} + 1});
    }

    const TraceNames m_names;
    TextSink &m_sink;
    PerfettoPackets m_packets;
    SpanWalk m_spans;
    QueueCounts m_counts;
    AsyncTracks m_beside;
    std::unordered_set<SubjectId> m_flows; ///< that have not ended
    std::unordered_set<quint16> m_lanes; ///< that were described
    std::unordered_set<quint32> m_processes;
    std::map<quint16, std::array<quint32, loopQueueCount>> m_told; ///< by loop
};

} // namespace

void writePerfettoTrace(const ExportNames &names, TextSink &sink) { PerfettoTrace(names, sink).write(); }

} // namespace loopscope
