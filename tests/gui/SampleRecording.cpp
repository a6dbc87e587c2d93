// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleRecording.h"

#include "recording/RecordingWriter.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace loopscope {

namespace {

// Sites: the file's body is 1, the statement of line n is 1 + n, functions follow.
constexpr SiteId kBody = 1;
constexpr SiteId statementOn(quint32 line) { return 1 + line; }
constexpr SiteId kPing = 14;
constexpr SiteId kShow = 15;
constexpr SiteId kLater = 16;
constexpr SiteId kTick = 17;
constexpr SiteId kReact = 18;

enum Subject : SubjectId { Script = 1, Ping, Request, Show, Later, Tick, Promise, Derived, React };

/// Appends events with a clock that goes on by 10 µs each.
class Teller
{
public:
    explicit Teller(std::vector<Event> &events)
        : m_events(events)
    {
    }
    void tell(EventKind kind, quint8 detail = 0, SubjectId subject = 0, SubjectId cause = 0, SiteId site = 0, qint64 value = 0)
    {
        Event event;
        m_time += 10'000;
        event.time = m_time;
        event.kind = kind;
        event.detail = detail;
        event.subject = subject;
        event.cause = cause;
        event.site = site;
        event.value = value;
        event.setPhase(m_phase);
        m_events.push_back(event);
    }
    void enter(Phase phase)
    {
        m_phase = phase;
        tell(EventKind::PhaseEntered);
    }
    void leave()
    {
        tell(EventKind::PhaseLeft);
        m_phase = Phase::None;
    }
    void task(TaskKind kind, SubjectId subject, SiteId function, const std::function<void()> &body)
    {
        tell(EventKind::TaskBegun, static_cast<quint8>(kind), subject, 0, function);
        if (kind != TaskKind::Script)
            tell(EventKind::CallEntered, 0, 0, 0, function);
        body();
        if (kind != TaskKind::Script)
            tell(EventKind::CallLeft, 0, 0, 0, function);
        tell(EventKind::TaskEnded, static_cast<quint8>(kind), subject);
    }
    void create(TaskKind kind, SubjectId subject, SubjectId cause, SiteId function, SiteId from)
    {
        tell(EventKind::TaskCreated, static_cast<quint8>(kind), subject, cause, function, from);
    }
    void waitUntil(quint64 time) { m_time = std::max(m_time, time); }

private:
    std::vector<Event> &m_events;
    quint64 m_time = 0;
    Phase m_phase = Phase::None;
};

void tellScript(Teller &t, StringId label, StringId text)
{
    t.tell(EventKind::Statement, 0, 0, 0, statementOn(1));
    t.tell(EventKind::Statement, 0, 0, 0, statementOn(3));
    t.create(TaskKind::Timeout, Ping, Script, kPing, statementOn(3));
    t.tell(EventKind::TimerArmed, 0, Ping, 0, 0, 20'000'000);
    t.tell(EventKind::Statement, 0, 0, 0, statementOn(6));
    t.tell(EventKind::IoSubmitted, static_cast<quint8>(IoKind::File), Request, Script, statementOn(6), label);
    t.create(TaskKind::IoCallback, Show, Request, kShow, statementOn(6));
    t.tell(EventKind::IoStarted, 0, Request, 0, 0, 1);
    t.tell(EventKind::Statement, 0, 0, 0, statementOn(9));
    t.create(TaskKind::Immediate, Later, Script, kLater, statementOn(9));
    t.tell(EventKind::Statement, 0, 0, 0, statementOn(10));
    t.create(TaskKind::Tick, Tick, Script, kTick, statementOn(10));
    t.tell(EventKind::Statement, 0, 0, 0, statementOn(11));
    t.tell(EventKind::PromiseCreated, static_cast<quint8>(PromiseOrigin::Resolve), Promise, Script, statementOn(11));
    t.tell(EventKind::PromiseFulfilled, 0, Promise, Script, statementOn(11));
    t.tell(EventKind::PromiseCreated, static_cast<quint8>(PromiseOrigin::Then), Derived, Script, statementOn(11), Promise);
    t.create(TaskKind::PromiseReaction, React, Promise, kReact, statementOn(11));
    t.tell(EventKind::Statement, 0, 0, 0, statementOn(12));
    t.tell(EventKind::ConsoleText, 1, 0, Script, statementOn(12), text);
}

void tellLoop(Teller &t, StringId readText, StringId pingText)
{
    t.tell(EventKind::IterationStarted, 0, 0, 0, 0, 1);
    t.enter(Phase::Timers);
    t.leave();
    t.enter(Phase::Poll);
    t.leave();
    t.enter(Phase::Check);
    t.task(TaskKind::Immediate, Later, kLater, [] {});
    t.leave();
    t.tell(EventKind::IterationStarted, 0, 0, 0, 0, 2);
    t.enter(Phase::Timers);
    t.leave();
    t.enter(Phase::Poll);
    t.tell(EventKind::PollWaitStarted, 0, 0, 0, 0, 19'000'000);
    t.waitUntil(12'000'000);
    t.tell(EventKind::PollWaitEnded, 0, 0, 0, 0, 11'000'000);
    t.tell(EventKind::IoCompleted, 0, Request);
    t.tell(EventKind::TaskReady, 0, Show, Request);
    t.task(TaskKind::IoCallback, Show, kShow, [&] {
        t.tell(EventKind::Statement, 0, 0, 0, statementOn(7));
        t.tell(EventKind::ConsoleText, 1, 0, Show, statementOn(7), readText);
    });
    t.leave();
    t.tell(EventKind::IterationStarted, 0, 0, 0, 0, 3);
    t.waitUntil(20'000'000);
    t.enter(Phase::Timers);
    t.tell(EventKind::TaskReady, 0, Ping);
    t.task(TaskKind::Timeout, Ping, kPing, [&] {
        t.tell(EventKind::Statement, 0, 0, 0, statementOn(4));
        t.tell(EventKind::ConsoleText, 1, 0, Ping, statementOn(4), pingText);
    });
    t.leave();
}

} // namespace

SourceText SampleRecording::source(const QString &path)
{
    SourceText source;
    source.path = path;
    source.text = script;
    source.sites.push_back({1, 1, 13, 1, 0, SiteKind::Function, {}});
    for (quint32 line = 1; line <= 12; ++line)
        source.sites.push_back({line, 1, line, 30, 0, SiteKind::Statement, {}});
    const std::pair<quint32, const char *> functions[] = {{3, "ping"}, {6, "show"}, {9, "later"}, {10, "tick"}, {11, "react"}};
    for (const auto &[line, name] : functions)
        source.sites.push_back({line, 12, line, 30, 0, SiteKind::Function, QString::fromLatin1(name)});
    return source;
}

std::vector<Event> SampleRecording::events(RecordingWriter &writer)
{
    std::vector<Event> events;
    Teller t(events);
    const auto text = [&](const char *line) { return writer.defineString(QString::fromLatin1(line)); };
    t.tell(EventKind::RunStarted);
    t.create(TaskKind::Script, Script, 0, kBody, 0);
    t.task(TaskKind::Script, Script, kBody, [&] { tellScript(t, text("readFile lobby.json"), text("end of script\n")); });
    t.task(TaskKind::Tick, Tick, kTick, [] {});
    t.task(TaskKind::PromiseReaction, React, kReact, [&] { t.tell(EventKind::PromiseFulfilled, 0, Derived, React); });
    tellLoop(t, text("read\n"), text("ping\n"));
    t.tell(EventKind::RunEnded, static_cast<quint8>(RunEnding::Finished));
    return events;
}

bool SampleRecording::write(const QString &path, const QString &sourcePath, int cut)
{
    QString error;
    const auto writer = RecordingWriter::create(path, &error);
    if (writer == nullptr)
        return false;
    writer->defineMetadata({{QStringLiteral("clock"), QStringLiteral("virtual")}});
    writer->defineSource(source(sourcePath));
    std::vector<Event> all = events(*writer);
    all.resize(all.size() - static_cast<std::size_t>(cut));
    for (const Event &event : all)
        writer->append(event);
    writer->finish();
    return true;
}

quint64 SampleRecording::afterScript()
{
    const auto writer = RecordingWriter::toNowhere();
    const std::vector<Event> all = events(*writer);
    const auto end = std::find_if(all.begin(), all.end(), [](const Event &event) { return event.kind == EventKind::TaskEnded; });
    return static_cast<quint64>(std::distance(all.begin(), end)) + 1;
}

quint64 SampleRecording::eventCount() { return events(*RecordingWriter::toNowhere()).size(); }

} // namespace loopscope
