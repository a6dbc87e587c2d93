// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/SpeedscopeExport.h"

#include "exchange/FrameNames.h"

namespace loopscope {
namespace {

/// The events of one loop's profile.
class EventedProfile : public SpanListener
{
public:
    EventedProfile(FrameNames &frames, TextSink &sink, quint16 loop)
        : m_frames(frames)
        , m_sink(sink)
        , m_loop(loop)
    {
    }

    void write()
    {
        m_sink << R"({"type":"evented","unit":"nanoseconds","name":)" << jsonText(m_frames.names().loop(m_loop)) << ",\"events\":[";
        const RecordingReader &reader = m_frames.names().reader();
        SpanWalk walk(*this);
        quint64 end = 0;
        for (quint64 i = 0; i < reader.eventCount() && !m_sink.hasFailed(); ++i) {
            const Event event = reader.event(i);
            end = event.time;
            if (event.loop() == m_loop)
                walk.apply(event);
        }
        walk.finish();
        m_sink << "\n],\"startValue\":0,\"endValue\":" << end << "}";
    }

    void opened(const Span &span, const Event &event) override { put(span, 'O', event.time); }
    void closed(const Span &span, quint64 time) override { put(span, 'C', time); }

private:
    void put(const Span &span, char type, quint64 time)
    {
        if (span.kind != Span::Kind::Task && span.kind != Span::Kind::Call)
            return;
        m_sink << (m_isFirst ? "\n{\"type\":\"" : ",\n{\"type\":\"") << QByteArrayView(&type, 1) << R"(","frame":)"
               << m_frames.frameOf(span) << ",\"at\":" << time << "}";
        m_isFirst = false;
    }

    FrameNames &m_frames;
    TextSink &m_sink;
    quint16 m_loop;
    bool m_isFirst = true;
};

void writeFrames(const std::vector<Frame> &frames, TextSink &sink)
{
    QByteArrayView separator = "\n";
    for (const Frame &frame : frames) {
        sink << separator << "{\"name\":" << jsonText(frame.name);
        if (frame.line != 0)
            sink << ",\"file\":" << jsonText(frame.file) << ",\"line\":" << frame.line << ",\"col\":" << frame.column;
        sink << "}";
        separator = ",\n";
    }
}

} // namespace

void writeSpeedscope(const ExportNames &names, TextSink &sink)
{
    FrameNames frames(names);
    sink << R"({"$schema":"https://www.speedscope.app/file-format-schema.json","exporter":"loopscope )" << LOOPSCOPE_VERSION
         << R"(","name":)" << jsonText(names.title()) << ",\"activeProfileIndex\":0,\"profiles\":[\n";
    EventedProfile(frames, sink, 0).write();
    for (const LoopEntry &loop : names.index().loops()) {
        sink << ",\n";
        EventedProfile(frames, sink, loop.loop).write();
    }
    sink << "],\"shared\":{\"frames\":[";
    writeFrames(frames.frames(), sink);
    sink << "\n]}}\n";
}

} // namespace loopscope
