// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/TracePlaces.h"
#include "exchange/TraceProfiles.h"
#include "exchange/TraceSpool.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace simdjson::dom {
class element;
class object;
} // namespace simdjson::dom

namespace loopscope {

/// A thread of a foreign trace, which becomes a loop.
struct TraceThread
{
    QString name;
    quint64 process = 0; ///< stands for its pid
    bool isFirstOfProcess = false; ///< tid and pid are the same: what systems call the main thread
    bool hasTasks = false; ///< its spans tell of all that runs there, as DevTools' do
    quint64 spans = 0;
};

/// Makes records of Chrome's trace events.
///
/// Of a foreign trace (a thread's number is Event::loop()): a span is CallEntered with its end (openEnd if an `E` will say so) and its name
/// as value, its end CallLeft; what goes on beside, IoSubmitted and IoCompleted with a number for its id; flows MessagePosted and TaskReady
/// with such a number (the detail of TaskReady is 1 if it means the span that runs); a profile's sample Statement; everything else is a
/// Mark.
/// Of our own: the events themselves.
class ChromeRecords
{
public:
    static constexpr quint64 openEnd = ~quint64{0};
    /// Added to times, which may be negative in traces.
    static constexpr quint64 zeroTime = 1ULL << 62U;
    static constexpr size_t mostThreads = 128; ///< as many as there are lanes for

    /// Strings are defined in `writer` at once; all must outlive this.
    ChromeRecords(RecordingWriter &writer, TracePlaces &places, TraceSpool &spool, bool isOurs);

    void take(const simdjson::dom::element &event);
    const std::vector<TraceThread> &threads() const { return m_threads; }
    /// What samples refer to.
    const std::vector<SampledFrame> &frames() const { return m_profiles.frames(); }
    quint64 eventCount() const { return m_eventCount; }
    /// What makes no sense: no object, no number where one is needed, times beyond a hundred years.
    quint64 malformedCount() const { return m_malformedCount; }
    /// Events of threads beyond mostThreads.
    quint64 droppedCount() const { return m_droppedCount; }

private:
    struct Fields;

    bool readFields(const simdjson::dom::object &event, Fields *fields) const;
    bool takeOurs(const Fields &fields);
    bool takeSource(const Fields &fields);
    bool takeForeign(const Fields &fields);
    bool takeProfile(const Fields &fields);
    void takeName(const Fields &fields);
    void addSpan(const Fields &fields, TraceRecord record, quint16 thread);
    void addValue(const Fields &fields, TraceRecord record);
    quint32 placeOf(const simdjson::dom::object &data, SiteKind kind);
    quint32 placeOfSpan(const Fields &fields);
    int threadOf(const Fields &fields);
    StringId define(std::string_view text);

    RecordingWriter &m_writer;
    TracePlaces &m_places;
    TraceSpool &m_spool;
    TraceProfiles m_profiles;
    const bool m_isOurs;
    std::vector<TraceThread> m_threads;
    std::unordered_map<quint64, int> m_threadNumbers; ///< by process and thread
    std::unordered_map<quint64, QString> m_threadNames; ///< told before the thread's first event
    std::unordered_map<std::string, StringId> m_strings; ///< the last few thousand
    std::unordered_map<std::string_view, EventKind> m_kinds; ///< by name
    std::string m_text; ///< kept for its memory
    quint64 m_eventCount = 0;
    quint64 m_malformedCount = 0;
    quint64 m_droppedCount = 0;
};

} // namespace loopscope
