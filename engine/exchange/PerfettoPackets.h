// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/PerfettoSchema.h"
#include "exchange/TextSink.h"

#include <protozero/pbf_builder.hpp>

#include <array>
#include <string>
#include <unordered_map>

namespace loopscope {

/// A line of a Perfetto trace.
struct PerfettoTrack
{
    quint64 uuid = 0; ///< not 0
    quint64 parent = 0; ///< uuid
    QString name{};
    quint32 process = 0; ///< its number, for the track of a process or a thread
    quint32 thread = 0; ///< its number, for the track of a thread
    bool isCounter = false;
};

/// What happens on a track.
struct PerfettoEvent
{
    perfetto::TrackEventType type = perfetto::TrackEventType::Instant;
    quint64 track = 0; ///< uuid
    quint64 time = 0; ///< ns
    const char *category = nullptr; ///< not of ends and counters
    QString name{};
    SiteId function = 0; ///< that runs
    qint64 count = 0; ///< of a counter
    SubjectId flow = 0; ///< that begins here
    std::array<SubjectId, 2> endingFlows{}; ///< that end here
    const Event *details = nullptr; ///< whose fields are told as debug annotations
};

/// Writes the packets of a Perfetto trace, encoded by protozero, one after the other. Names that come again are written once; after
/// mostInterned of them all are forgotten and written anew, so that what is held in memory is bounded.
class PerfettoPackets
{
public:
    /// Both must outlive this.
    PerfettoPackets(const ExportNames &names, TextSink &sink)
        : m_names(names)
        , m_sink(sink)
    {
    }
    void put(const PerfettoTrack &track);
    void put(const PerfettoEvent &event);

    static constexpr size_t mostInterned = 65536;

private:
    using TrackEvent = protozero::pbf_builder<perfetto::TrackEvent>;

    /// Texts of one kind and their numbers.
    struct Table
    {
        perfetto::InternedData field;
        std::unordered_map<std::string, quint64> numbers{};
        quint64 last = 0; ///< is never used again, even for the same text
    };

    quint64 intern(Table &table, std::string_view text);
    quint64 internPlace(SiteId site);
    void forgetInterned();
    void annotate(TrackEvent &message, const Event &event);
    void annotate(TrackEvent &message, const char *name, qint64 number);
    void annotate(TrackEvent &message, const char *name, const QString &text);
    void annotatePlace(TrackEvent &message, const char *name, SiteId site);
    void putPacket(perfetto::TracePacket field, const quint64 *time);

    const ExportNames &m_names;
    TextSink &m_sink;
    std::string m_message; ///< the track or event, encoded
    std::string m_interned; ///< what it refers to for the first time
    std::string m_packet;
    Table m_categories{perfetto::InternedData::eventCategories};
    Table m_eventNames{perfetto::InternedData::eventNames};
    Table m_annotationNames{perfetto::InternedData::debugAnnotationNames};
    Table m_places{perfetto::InternedData::debugAnnotationStringValues};
    std::unordered_map<SiteId, quint64> m_functions;
    quint64 m_lastFunction = 0;
    size_t m_internedCount = 0;
    quint32 m_flags = perfetto::incrementalStateCleared; ///< of the next packet
    bool m_isFirst = true;
};

} // namespace loopscope
