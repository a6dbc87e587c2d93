// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/PerfettoPackets.h"

#include "exchange/ChromeFields.h"

namespace loopscope {

using protozero::pbf_builder;

namespace {

template<typename Message>
void addText(pbf_builder<Message> &message, Message field, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    message.add_string(field, bytes.constData(), static_cast<size_t>(bytes.size()));
}

} // namespace

void PerfettoPackets::put(const PerfettoTrack &track)
{
    using perfetto::ProcessDescriptor;
    using perfetto::ThreadDescriptor;
    using perfetto::TrackDescriptor;
    pbf_builder<TrackDescriptor> message(m_message);
    message.add_uint64(TrackDescriptor::uuid, track.uuid);
    if (track.parent != 0)
        message.add_uint64(TrackDescriptor::parentUuid, track.parent);
    addText(message, TrackDescriptor::name, track.name);
    if (track.thread != 0) {
        pbf_builder<ThreadDescriptor> thread(message, TrackDescriptor::thread);
        thread.add_int32(ThreadDescriptor::pid, static_cast<qint32>(track.process));
        thread.add_int32(ThreadDescriptor::tid, static_cast<qint32>(track.thread));
        addText(thread, ThreadDescriptor::threadName, track.name);
    } else if (track.process != 0) {
        pbf_builder<ProcessDescriptor> process(message, TrackDescriptor::process);
        process.add_int32(ProcessDescriptor::pid, static_cast<qint32>(track.process));
        addText(process, ProcessDescriptor::processName, track.name);
    }
    if (track.isCounter) {
        pbf_builder<perfetto::CounterDescriptor> counter(message, TrackDescriptor::counter);
        counter.add_enum(perfetto::CounterDescriptor::unit, perfetto::unitCount);
    }
    putPacket(perfetto::TracePacket::trackDescriptor, nullptr);
}

void PerfettoPackets::put(const PerfettoEvent &event)
{
    using Field = perfetto::TrackEvent;
    if (m_internedCount >= mostInterned)
        forgetInterned();
    TrackEvent message(m_message);
    message.add_enum(Field::type, static_cast<qint32>(event.type));
    message.add_uint64(Field::trackUuid, event.track);
    if (event.category != nullptr)
        message.add_uint64(Field::categoryIids, intern(m_categories, event.category));
    if (event.type == perfetto::TrackEventType::Counter)
        message.add_int64(Field::counterValue, event.count);
    else if (event.type != perfetto::TrackEventType::SliceEnd)
        message.add_uint64(Field::nameIid, intern(m_eventNames, event.name.toStdString()));
    if (event.function != 0)
        message.add_uint64(Field::sourceLocationIid, internPlace(event.function));
    if (event.flow != 0)
        message.add_fixed64(Field::flowIds, event.flow);
    for (const SubjectId flow : event.endingFlows) {
        if (flow != 0)
            message.add_fixed64(Field::terminatingFlowIds, flow);
    }
    if (event.details != nullptr)
        annotate(message, *event.details);
    putPacket(perfetto::TracePacket::trackEvent, &event.time);
}

void PerfettoPackets::annotate(TrackEvent &message, const Event &event)
{
    annotate(message, "subject", event.subject);
    annotate(message, "cause", event.cause);
    if (event.value != 0) {
        switch (valueKind(event)) {
        case ValueKind::Number:
            annotate(message, "value", event.value);
            break;
        case ValueKind::Text:
            annotate(message, "text", m_names.reader().string(static_cast<StringId>(event.value)));
            break;
        case ValueKind::Site:
            annotatePlace(message, "from", static_cast<SiteId>(event.value));
            break;
        }
    }
    annotatePlace(message, "at", event.site);
}

void PerfettoPackets::annotate(TrackEvent &message, const char *name, qint64 number)
{
    using perfetto::DebugAnnotation;
    if (number == 0)
        return;
    const quint64 iid = intern(m_annotationNames, name);
    pbf_builder<DebugAnnotation> annotation(message, perfetto::TrackEvent::debugAnnotations);
    annotation.add_uint64(DebugAnnotation::nameIid, iid);
    annotation.add_int64(DebugAnnotation::intValue, number);
}

void PerfettoPackets::annotate(TrackEvent &message, const char *name, const QString &text)
{
    using perfetto::DebugAnnotation;
    const quint64 iid = intern(m_annotationNames, name);
    pbf_builder<DebugAnnotation> annotation(message, perfetto::TrackEvent::debugAnnotations);
    annotation.add_uint64(DebugAnnotation::nameIid, iid);
    addText(annotation, DebugAnnotation::stringValue, text);
}

void PerfettoPackets::annotatePlace(TrackEvent &message, const char *name, SiteId site)
{
    using perfetto::DebugAnnotation;
    const SitePlace place = m_names.reader().place(site);
    if (!place.isValid())
        return;
    const QString text = QStringLiteral("%1:%2:%3").arg(place.source->path).arg(place.site->line).arg(place.site->column);
    const quint64 iid = intern(m_annotationNames, name);
    const quint64 textIid = intern(m_places, text.toStdString());
    pbf_builder<DebugAnnotation> annotation(message, perfetto::TrackEvent::debugAnnotations);
    annotation.add_uint64(DebugAnnotation::nameIid, iid);
    annotation.add_uint64(DebugAnnotation::stringValueIid, textIid);
}

quint64 PerfettoPackets::intern(Table &table, std::string_view text)
{
    const auto [entry, isNew] = table.numbers.try_emplace(std::string(text), table.last + 1);
    if (isNew) {
        ++table.last;
        ++m_internedCount;
        pbf_builder<perfetto::InternedData> data(m_interned);
        pbf_builder<perfetto::Interned> interned(data, table.field);
        interned.add_uint64(perfetto::Interned::iid, entry->second);
        interned.add_string(perfetto::Interned::text, text.data(), text.size());
    }
    return entry->second;
}

quint64 PerfettoPackets::internPlace(SiteId site)
{
    using perfetto::SourceLocation;
    const auto [entry, isNew] = m_functions.try_emplace(site, m_lastFunction + 1);
    if (isNew) {
        ++m_lastFunction;
        ++m_internedCount;
        pbf_builder<perfetto::InternedData> data(m_interned);
        pbf_builder<SourceLocation> location(data, perfetto::InternedData::sourceLocations);
        location.add_uint64(SourceLocation::iid, entry->second);
        const SitePlace place = m_names.reader().place(site);
        if (place.isValid()) {
            addText(location, SourceLocation::fileName, place.source->path);
            location.add_uint32(SourceLocation::lineNumber, place.site->line);
        }
        addText(location, SourceLocation::functionName, m_names.function(site));
    }
    return entry->second;
}

void PerfettoPackets::forgetInterned()
{
    for (Table *table : {&m_categories, &m_eventNames, &m_annotationNames, &m_places})
        table->numbers.clear();
    m_functions.clear();
    m_internedCount = 0;
    m_flags = perfetto::incrementalStateCleared;
}

void PerfettoPackets::putPacket(perfetto::TracePacket field, const quint64 *time)
{
    using perfetto::TracePacket;
    constexpr quint32 sequence = 1;
    {
        pbf_builder<perfetto::Trace> trace(m_packet);
        pbf_builder<TracePacket> packet(trace, perfetto::Trace::packet);
        if (time != nullptr)
            packet.add_uint64(TracePacket::timestamp, *time);
        packet.add_uint32(TracePacket::trustedPacketSequenceId, sequence);
        if (!m_interned.empty())
            packet.add_message(TracePacket::internedData, m_interned);
        packet.add_message(field, m_message);
        packet.add_uint32(TracePacket::sequenceFlags, m_flags | perfetto::needsIncrementalState);
        if (m_isFirst)
            packet.add_bool(TracePacket::firstPacketOnSequence, true);
    }
    m_sink << QByteArrayView(m_packet.data(), static_cast<qsizetype>(m_packet.size()));
    m_packet.clear();
    m_message.clear();
    m_interned.clear();
    m_flags = 0;
    m_isFirst = false;
}

} // namespace loopscope
