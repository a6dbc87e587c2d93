// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ChromeExport.h"

#include "exchange/ChromeFields.h"
#include "exchange/QueueCounts.h"
#include "exchange/SpanWalk.h"
#include "state/Names.h"

#include <QJsonDocument>

#include <unordered_set>

namespace loopscope {
namespace {

/// How an event of the recording looks in the trace.
struct Look
{
    char phase = 'i'; ///< Chrome's letter
    const char *category = "note";
    SubjectId id = 0; ///< of what overlaps, and of flows
};

/// What begins, goes on and ends beside the stack: requests, promises, waiting timers. Anything else is an instant.
Look lookOf(const Event &event)
{
    const bool isTimer = event.detail == static_cast<quint8>(TaskKind::Timeout) || event.detail == static_cast<quint8>(TaskKind::Interval);
    switch (event.kind) {
    case EventKind::TaskCreated:
    case EventKind::TaskRearmed:
        return isTimer ? Look{'b', "timer", event.subject} : Look{'i', "task"};
    case EventKind::PromiseCreated:
        return {'b', "promise", event.subject};
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
        return {'e', "promise", event.subject};
    case EventKind::AwaitSuspended:
        return {'b', "await", event.subject};
    case EventKind::AwaitResumed:
        return {'e', "await", event.subject};
    case EventKind::IoSubmitted:
        return {'b', "io", event.subject};
    case EventKind::IoStarted:
        return {'n', "io", event.subject};
    case EventKind::IoCompleted:
        return {'e', "io", event.subject};
    case EventKind::HandleOpened:
        return {'b', "handle", event.subject};
    case EventKind::HandleClosed:
        return {'e', "handle", event.subject};
    case EventKind::RequestSent:
        return {'b', "request", event.subject};
    case EventKind::RequestStepped:
    case EventKind::RequestAnswered:
        return {'n', "request", event.subject};
    case EventKind::RequestEnded:
        return {'e', "request", event.subject};
    case EventKind::SubjectNamed:
    case EventKind::TaskReferenced:
    case EventKind::TimerArmed:
        return {'M', "task"}; // viewers pass over names they do not know
    case EventKind::ConsoleText:
        return {'i', "console"};
    case EventKind::ErrorThrown:
    case EventKind::RejectionUnhandled:
        return {'i', "error"};
    case EventKind::Statement:
        return {'i', "statement"};
    default:
        return {};
    }
}

class ChromeTrace : public SpanListener
{
    Q_DISABLE_COPY_MOVE(ChromeTrace)

public:
    ChromeTrace(const ExportNames &names, TextSink &sink)
        : m_names(names)
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
        for (quint64 i = 0; i < reader.eventCount() && !m_sink.hasFailed(); ++i)
            put(reader.event(i));
        m_spans.finish();
        finishEnd();
        m_sink << "\n]}\n";
    }

    void opened(const Span &span, const Event &event) override
    {
        finishEnd();
        begin('B', event.lane(), event.time, categoryOf(span), spanName(span));
        m_sink << ",";
        m_fields.write(event);
        m_sink << "}";
    }

    /// Is left open: the last of the spans that an event closes tells of it.
    void closed(const Span &span, quint64 time) override
    {
        finishEnd();
        begin('E', static_cast<quint16>(span.loop * lanesOfLoop), time, categoryOf(span), {});
        m_isEndOpen = true;
    }

private:
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
        Look look = lookOf(event);
        if (look.phase == 'b' && look.category == QByteArrayView("timer") && !m_timers.insert(event.subject).second)
            look = {'n', "timer", event.subject};
        const bool isAsync = look.id != 0 && (look.phase == 'b' || look.phase == 'n' || look.phase == 'e');
        begin(look.phase == 'M' || isAsync ? look.phase : 'i', event.lane(), event.time, look.category, plainName(event, isAsync));
        if (isAsync)
            m_sink << ",\"id\":" << look.id;
        else if (look.phase != 'M')
            m_sink << ",\"s\":\"t\"";
        m_sink << ",";
        m_fields.write(event);
        m_sink << "}";
    }

    /// What a thread of the pool does; not of the last, which stands for several.
    void putPoolWork(const Event &event)
    {
        const int thread = event.lane() % lanesOfLoop;
        const bool isStart = event.kind == EventKind::IoStarted;
        if (thread == 0 || thread == lanesOfLoop - 1 || (!isStart && event.kind != EventKind::IoCompleted))
            return;
        begin(isStart ? 'B' : 'E', event.lane(), event.time, "pool", isStart ? m_names.subject(event.subject) : QString());
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
        const QueueCounts::Counts &counts = m_counts.of(loop);
        QByteArrayView separator = ",\"args\":{\"";
        for (size_t queue = 1; queue < counts.size(); ++queue) {
            m_sink << separator << m_queueKeys[queue] << "\":" << counts[queue];
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
        const quint32 thread = lane % lanesOfLoop;
        const QString name = thread == 0 ? m_names.loop(loop) : QStringLiteral("%1: pool thread %2").arg(m_names.loop(loop)).arg(thread);
        metadata(lane, QStringLiteral("thread_name"), jsonText(name));
        if (thread == 0)
            metadata(lane, QStringLiteral("process_name"), jsonText(processOf(loop) == 1 ? m_names.title() : m_names.loop(loop)));
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
               << "\",\"pid\":" << processOf(static_cast<quint16>(lane / lanesOfLoop)) << ",\"tid\":" << quint32{lane} + 1 << ",\"ts\":";
        m_sink.microseconds(time) << ",\"cat\":\"" << category << "\"";
        if (!name.isEmpty())
            m_sink << ",\"name\":" << jsonText(name);
        m_isFirst = false;
    }

    /// Loops in threads are in the main script's process.
    quint32 processOf(quint16 loop) const
    {
        for (const LoopEntry &entry : m_names.index().loops()) {
            if (entry.loop == loop && (entry.kind == LoopKind::Child || entry.kind == LoopKind::Process))
                return quint32{loop} + 1;
        }
        return 1;
    }

    static const char *categoryOf(const Span &span)
    {
        switch (span.kind) {
        case Span::Kind::Phase:
            return "phase";
        case Span::Kind::Wait:
            return "idle";
        case Span::Kind::Task:
            return "task";
        case Span::Kind::Call:
            break;
        }
        return "call";
    }

    QString spanName(const Span &span) const
    {
        switch (span.kind) {
        case Span::Kind::Phase:
            return phaseKey(span.phase);
        case Span::Kind::Wait:
            return QStringLiteral("waiting for events");
        case Span::Kind::Task:
            return m_names.task(span.taskKind, span.subject);
        case Span::Kind::Call:
            break;
        }
        const QString name = m_names.function(span.site);
        return name.isEmpty() ? QStringLiteral("(anonymous)") : name;
    }

    QString plainName(const Event &event, bool isAsync) const
    {
        if (isAsync) // parts of one belong together by their name, too
            return m_names.subject(event.subject);
        if (event.kind == EventKind::ConsoleText)
            return m_names.reader().string(static_cast<StringId>(event.value)).trimmed().left(longestName);
        const QString name = event.subject == 0 ? QString() : m_names.subject(event.subject);
        return name.isEmpty() ? QString(eventKindKey(event.kind)) : eventKindKey(event.kind) + QLatin1Char(' ') + name;
    }

    static constexpr qsizetype longestName = 80;
    static constexpr std::array<const char *, loopQueueCount> m_queueKeys = {
        "", "nextTick", "microtasks", "timers", "pending", "poll", "check", "closing"};

    const ExportNames &m_names;
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
