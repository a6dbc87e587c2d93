// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ChromeExport.h"

#include "analysis/profiler/QueueCounts.h"
#include "exchange/ChromeFields.h"
#include "exchange/TraceLook.h"
#include "recording/SourceCodec.h"

#include <QJsonDocument>

#include <unordered_set>

namespace loopscope {
namespace {

class ChromeTrace : public SpanListener
{
    Q_DISABLE_COPY_MOVE(ChromeTrace)

public:
    ChromeTrace(const ExportNames &names, TextSink &sink)
        : m_names(names)
        , m_traceNames(names)
        , m_sink(sink)
        , m_fields(names, sink)
        , m_spans(*this)
    {
    }
    ~ChromeTrace() override = default;

    void write()
    {
        const RecordingReader &reader = m_names.reader();
        m_sink << R"({"displayTimeUnit":"ns","otherData":{"writer":"loopscope )" << LOOPSCOPE_VERSION << R"(","recording":)"
               << QJsonDocument(reader.metadata()).toJson(QJsonDocument::Compact) << "},\n\"traceEvents\":[";
        putSources();
        for (quint64 i = 0; i < reader.eventCount() && !m_sink.hasFailed(); ++i)
            put(reader.event(i));
        m_spans.finish();
        finishEnd();
        m_sink << "\n]}\n";
    }

    void opened(const Span &span, const Event &event) override
    {
        finishEnd();
        begin('B', event.lane(), event.time, categoryOf(span), m_traceNames.span(span));
        m_sink << ",";
        m_fields.write(event);
        m_sink << "}";
    }

    /// Is left open: the last of the spans that an event closes tells of it.
    void closed(const Span &span, quint64 time) override
    {
        finishEnd();
        begin('E', static_cast<quint16>(span.loop * lanesOfLoop), time, categoryOf(span),
            m_traceNames.span(span)); // DevTools asks for the name again
        m_isEndOpen = true;
    }

private:
    void putSources()
    {
        SiteId first = 1;
        for (const auto &source : m_names.reader().sources()) {
            begin('M', 0, 0, "__metadata", QLatin1String(chromeSourceName));
            m_sink << ",\"args\":{\"first\":" << first << ",\"path\":" << jsonText(source->path) << ",\"source\":\""
                   << encodeSource(*source).toBase64() << "\"}}";
            first += static_cast<SiteId>(source->sites.size());
        }
    }

    void put(const Event &event)
    {
        nameLane(event.lane());
        endWaiting(event);
        const bool isSpan = m_spans.apply(event);
        if (m_isEndOpen && isSpan) {
            m_sink << ",";
            m_fields.write(event);
        }
        finishEnd();
        if (!isSpan)
            putPlain(event);
        putPoolWork(event);
        putFlows(event);
        if (m_counts.apply(event) && event.kind == EventKind::TaskBegun)
            putCounts(event);
    }

    void finishEnd()
    {
        if (m_isEndOpen)
            m_sink << "}";
        m_isEndOpen = false;
    }

    /// A timer that begins or is cancelled waits no longer.
    void endWaiting(const Event &event)
    {
        if (event.kind != EventKind::TaskBegun && event.kind != EventKind::TaskCancelled)
            return;
        const auto timer = m_timers.find(event.subject);
        if (timer == m_timers.end())
            return;
        m_timers.erase(timer);
        begin('e', event.lane(), event.time, "timer", m_names.subject(event.subject));
        m_sink << ",\"id\":" << event.subject << "}";
    }

    void putPlain(const Event &event)
    {
        EventLook look = lookOf(event);
        if (look.phase == 'b' && look.category == QByteArrayView("timer") && !m_timers.insert(event.subject).second)
            look.phase = 'n';
        begin(look.phase, event.lane(), event.time, look.category, m_traceNames.event(event, look));
        if (look.isAsync())
            m_sink << ",\"id\":" << look.id;
        else if (look.phase != 'M')
            m_sink << ",\"s\":\"t\"";
        m_sink << ",";
        m_fields.write(event);
        m_sink << "}";
    }

    /// What a thread of the pool does.
    void putPoolWork(const Event &event)
    {
        if (!isPoolWork(event))
            return;
        const bool isStart = event.kind == EventKind::IoStarted;
        begin(isStart ? 'B' : 'E', event.lane(), event.time, "pool", m_names.subject(event.subject));
        m_sink << "}";
    }

    /// Arrows from what led to a task to where it runs.
    void putFlows(const Event &event)
    {
        switch (event.kind) {
        case EventKind::TaskCreated:
        case EventKind::TaskRearmed:
        case EventKind::IoSubmitted:
        case EventKind::MessagePosted:
            flow('s', event, event.subject);
            break;
        case EventKind::TaskBegun:
            flow('f', event, event.subject);
            if (event.detail == static_cast<quint8>(TaskKind::IoCallback) && event.cause != 0)
                flow('f', event, event.cause);
            break;
        default:
            break;
        }
    }

    void flow(char phase, const Event &event, SubjectId id)
    {
        begin(phase, event.lane(), event.time, "cause", QStringLiteral("cause"));
        m_sink << ",\"id\":" << id << (phase == 'f' ? ",\"bp\":\"e\"}" : "}");
    }

    void putCounts(const Event &event)
    {
        const quint16 loop = event.loop();
        begin('C', event.lane(), event.time, "queue", QStringLiteral("waiting in %1").arg(m_names.loop(loop)));
        const auto &counts = m_counts.of(loop).waiting;
        QByteArrayView separator = ",\"args\":{\"";
        for (size_t queue = 1; queue < counts.size(); ++queue) {
            m_sink << separator << queueKeys[queue] << "\":" << counts[queue];
            separator = ",\"";
        }
        m_sink << "}}";
    }

    /// The first event of a lane is preceded by its name.
    void nameLane(quint16 lane)
    {
        if (!m_namedLanes.insert(lane).second)
            return;
        const auto loop = static_cast<quint16>(lane / lanesOfLoop);
        metadata(lane, QStringLiteral("thread_name"), jsonText(m_traceNames.lane(lane)));
        if (lane % lanesOfLoop == 0)
            metadata(lane, QStringLiteral("process_name"), jsonText(m_traceNames.process(loop)));
    }

    void metadata(quint16 lane, const QString &name, const QByteArray &value)
    {
        begin('M', lane, 0, "__metadata", name);
        m_sink << ",\"args\":{\"name\":" << value << "}}";
    }

    /// Writes the members that all trace events have, and leaves it open.
    void begin(char phase, quint16 lane, quint64 time, QByteArrayView category, const QString &name)
    {
        m_sink << (m_isFirst ? "\n" : ",\n") << "{\"ph\":\"" << QByteArrayView(&phase, 1)
               << "\",\"pid\":" << m_traceNames.processOf(static_cast<quint16>(lane / lanesOfLoop)) << ",\"tid\":" << quint32{lane} + 1
               << ",\"ts\":";
        m_sink.microseconds(time) << ",\"cat\":\"" << category << "\",\"name\":" << jsonText(name);
        m_isFirst = false;
    }

    const ExportNames &m_names;
    const TraceNames m_traceNames;
    TextSink &m_sink;
    ChromeFields m_fields;
    SpanWalk m_spans;
    QueueCounts m_counts;
    std::unordered_set<SubjectId> m_timers; ///< that wait
    std::unordered_set<quint16> m_namedLanes;
    bool m_isEndOpen = false; ///< the trace event written last is the end of a span and lacks its closing brace
    bool m_isFirst = true;
};

} // namespace

void writeChromeTrace(const ExportNames &names, TextSink &sink) { ChromeTrace(names, sink).write(); }

} // namespace loopscope
