// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/ControlGate.h"

#include "analysis/DifferenceWatch.h"
#include "control/Breakpoints.h"
#include "control/CommandChannel.h"
#include "loop/Tracer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <atomic>
#include <bitset>
#include <unistd.h>
#include <utility>

namespace loopscope {

namespace {

using ByteSet = std::bitset<256>;

ByteSet byteSet(const QJsonValue &numbers)
{
    ByteSet set;
    const QJsonArray array = numbers.toArray();
    for (const QJsonValue &value : array) {
        const int number = value.toInt(-1);
        if (number >= 0 && number < 256)
            set.set(static_cast<std::size_t>(number));
    }
    return set;
}

} // namespace

struct ControlGate::Private
{
    /// What ends the running on.
    enum class Goal : quint8 { None, EventCount, EventKind };

    std::unique_ptr<CommandChannel> channel;
    std::atomic<Tracer *> tracer = nullptr;
    std::atomic<bool> arrived = false; ///< the channel has something that was not looked at
    std::function<void()> stop;
    Breakpoints breakpoints;
    Goal goal = Goal::None;
    quint64 goalEvents = 0;
    ByteSet goalKinds; ///< of EventKind
    ByteSet goalDetails; ///< empty: any
    SubjectId goalSubject = 0; ///< 0: any
    std::unique_ptr<DifferenceWatch> watch; ///< on the way to a number of events, where the first difference ends it
    bool hookInstalled = false;
    bool insideHook = false; ///< afterEvent is on the stack, so the tracer's function object must stay
    bool insideStatement = false; ///< pauses are put off to its end
    bool pauseAsked = false; ///< inside a statement
    QString condition; ///< of the breakpoint that the statement is at, not told yet
    bool paused = false;
    bool stopping = false;

    /// On the reading thread.
    void noteArrival()
    {
        arrived.store(true);
        if (Tracer *target = tracer.load())
            target->requestAttention();
    }
    void tell(const QJsonObject &message) { channel->send(QJsonDocument(message).toJson(QJsonDocument::Compact)); }
    quint64 eventCount() const { return tracer.load() ? tracer.load()->writer().eventCount() : 0; }

    void pause(const char *reason);
    void resume();
    void waitWhilePaused();
    void obeyArrived();
    void obey(const QByteArray &line);
    void runUntilEvent(const QJsonObject &command);
    void runUntilKind(const QJsonObject &command);
    void setBreakpoints(const QJsonArray &lines);
    void endRun();
    void updateHooks();
    bool isAwaited(const Event &event) const;
    void afterEvent(const Event &event);
    void beforeStatement(SiteId site);
    void stopAt(SiteId site, StatementValues &values);
};

void ControlGate::Private::pause(const char *reason)
{
    goal = Goal::None;
    watch.reset();
    paused = true;
    tell({{QStringLiteral("state"), QStringLiteral("paused")}, {QStringLiteral("events"), static_cast<qint64>(eventCount())},
        {QStringLiteral("reason"), QLatin1String(reason)}});
}

void ControlGate::Private::resume()
{
    if (!std::exchange(paused, false))
        return;
    tell({{QStringLiteral("state"), QStringLiteral("running")}});
}

void ControlGate::Private::waitWhilePaused()
{
    while (paused && !stopping) {
        channel->wait();
        obeyArrived();
    }
}

void ControlGate::Private::obeyArrived()
{
    arrived.store(false);
    QByteArray line;
    while (!stopping && channel->take(&line))
        obey(line);
    if (!stopping && channel->isClosed())
        endRun();
}

void ControlGate::Private::obey(const QByteArray &line)
{
    const QJsonObject message = QJsonDocument::fromJson(line).object();
    const QString command = message.value(QLatin1String("command")).toString();
    if (command == QLatin1String("pause")) {
        if (!paused && insideStatement)
            pauseAsked = true;
        else if (!paused)
            pause("pause");
    } else if (command == QLatin1String("continue")) {
        goal = Goal::None;
        watch.reset();
        resume();
    } else if (command == QLatin1String("stop")) {
        endRun();
    } else if (command == QLatin1String("run-until")) {
        runUntilEvent(message);
    } else if (command == QLatin1String("run-until-kind")) {
        runUntilKind(message);
    } else if (command == QLatin1String("breakpoints")) {
        setBreakpoints(message.value(QLatin1String("lines")).toArray());
    }
    updateHooks();
}

void ControlGate::Private::runUntilEvent(const QJsonObject &command)
{
    goalEvents = static_cast<quint64>(std::max<qint64>(0, command.value(QLatin1String("event")).toInteger()));
    if (goalEvents <= eventCount()) {
        pause("step");
        return;
    }
    goal = Goal::EventCount;
    const QString like = command.value(QLatin1String("like")).toString();
    if (!like.isEmpty() && tracer.load())
        watch = DifferenceWatch::open(like, tracer.load()->writer().path());
    resume();
}

void ControlGate::Private::runUntilKind(const QJsonObject &command)
{
    goalKinds = byteSet(command.value(QLatin1String("kinds")));
    goalDetails = byteSet(command.value(QLatin1String("details")));
    goalSubject = static_cast<SubjectId>(command.value(QLatin1String("subject")).toInteger());
    goal = Goal::EventKind;
    watch.reset();
    resume();
}

void ControlGate::Private::setBreakpoints(const QJsonArray &lines)
{
    std::vector<Breakpoints::Line> wanted;
    for (const QJsonValue &value : lines) {
        const QJsonObject line = value.toObject();
        wanted.push_back({line.value(QLatin1String("path")).toString(), static_cast<quint32>(line.value(QLatin1String("line")).toInt()),
            line.value(QLatin1String("condition")).toString().trimmed()});
    }
    breakpoints.setLines(std::move(wanted));
}

void ControlGate::Private::endRun()
{
    stopping = true;
    paused = false;
    goal = Goal::None;
    if (stop)
        stop();
}

void ControlGate::Private::updateHooks()
{
    Tracer *target = tracer.load();
    if (!target)
        return;
    target->setWatchesStatements(!breakpoints.isEmpty() && !stopping);
    const bool wanted = goal != Goal::None;
    if (wanted == hookInstalled)
        return;
    if (insideHook) {
        // Comes back here from attend(), before the next statement.
        arrived.store(true);
        target->requestAttention();
        return;
    }
    hookInstalled = wanted;
    if (wanted)
        target->setAfterEvent([this](const Event &event) { afterEvent(event); });
    else
        target->setAfterEvent(nullptr);
}

bool ControlGate::Private::isAwaited(const Event &event) const
{
    return goalKinds.test(static_cast<std::size_t>(event.kind)) && (goalDetails.none() || goalDetails.test(event.detail))
        && (goalSubject == 0 || goalSubject == event.subject);
}

void ControlGate::Private::afterEvent(const Event &event)
{
    const bool isOtherwise = watch && watch->differs(event, eventCount());
    const bool reached = (goal == Goal::EventCount && eventCount() >= goalEvents) || (goal == Goal::EventKind && isAwaited(event));
    if (!reached && !isOtherwise)
        return;
    pause(isOtherwise ? "difference" : "step");
    // Behind this event the statement's values can be told.
    if (insideStatement && event.kind == loopscope::EventKind::Statement)
        return;
    insideHook = true;
    waitWhilePaused();
    // A step that is followed by another keeps the hook; for anything else this asks attend() to take it out.
    updateHooks();
    insideHook = false;
}

void ControlGate::Private::beforeStatement(SiteId site)
{
    if (stopping || !breakpoints.hits(site))
        return;
    if (insideStatement && !breakpoints.condition().isEmpty()) {
        condition = breakpoints.condition();
        return;
    }
    if (!paused)
        pause("breakpoint");
    if (insideStatement)
        return;
    updateHooks();
    waitWhilePaused();
}

void ControlGate::Private::stopAt(SiteId site, StatementValues &values)
{
    const QString asked = std::exchange(condition, {});
    QString problem;
    if (!paused && !asked.isEmpty()) {
        const bool holds = values.holds(asked, &problem);
        // What came meanwhile found the tracer mute.
        if (arrived.load())
            tracer.load()->requestAttention();
        if (!holds && problem.isEmpty())
            return;
        pause("breakpoint");
    }
    QJsonArray list;
    for (const StatementValues::Value &value : values.describe())
        list.append(QJsonObject{{QStringLiteral("name"), value.name}, {QStringLiteral("text"), value.text}});
    QJsonObject message{{QStringLiteral("values"), list}, {QStringLiteral("site"), static_cast<qint64>(site)}};
    if (!problem.isEmpty())
        message.insert(QStringLiteral("problem"), problem);
    tell(message);
    waitWhilePaused();
    updateHooks();
}

ControlGate::ControlGate()
    : d(std::make_unique<Private>())
{
}

std::unique_ptr<ControlGate> ControlGate::connectTo(const QString &socketName, QString *error)
{
    auto channel = CommandChannel::connectTo(socketName, error);
    if (!channel)
        return nullptr;
    std::unique_ptr<ControlGate> gate(new ControlGate);
    Private *d = gate->d.get();
    d->channel = std::move(channel);
    d->tell({{QStringLiteral("state"), QStringLiteral("connected")}, {QStringLiteral("pid"), static_cast<qint64>(::getpid())}});
    d->channel->setArrivalHandler([d] { d->noteArrival(); });
    return gate;
}

ControlGate::~ControlGate()
{
    detach();
    // The reading thread calls the handler, which uses the rest: it must end first.
    d->channel.reset();
}

void ControlGate::attach(Tracer &tracer, std::function<bool(SiteId, QString *path, quint32 *line)> placeOfSite, std::function<void()> stop)
{
    d->breakpoints.setPlaceOfSite(std::move(placeOfSite));
    d->stop = std::move(stop);
    tracer.beforeStatement = [this](SiteId site) { d->beforeStatement(site); };
    d->tracer.store(&tracer);
    d->updateHooks();
    if (d->stopping)
        d->stop();
    else if (d->arrived.load())
        tracer.requestAttention();
}

void ControlGate::setWaker(std::function<void()> wake)
{
    d->channel->setArrivalHandler([gate = d.get(), wake = std::move(wake)] {
        gate->noteArrival();
        wake();
    });
}

void ControlGate::detach()
{
    Tracer *tracer = d->tracer.load();
    if (!tracer)
        return;
    // The handler on the reading thread must not be inside the tracer when it goes.
    d->channel->setArrivalHandler([gate = d.get()] { gate->arrived.store(true); });
    d->tracer.store(nullptr);
    tracer->setWatchesStatements(false);
    tracer->setAfterEvent(nullptr);
    tracer->beforeStatement = nullptr;
    d->hookInstalled = false;
}

void ControlGate::enterStatement() { d->insideStatement = true; }

bool ControlGate::leaveStatement()
{
    d->insideStatement = false;
    if (std::exchange(d->pauseAsked, false) && !d->paused)
        d->pause("pause");
    return (d->paused || !d->condition.isEmpty()) && !d->stopping;
}

void ControlGate::stopAt(SiteId site, StatementValues &values) { d->stopAt(site, values); }

void ControlGate::waitAtStart()
{
    d->pause("start");
    d->waitWhilePaused();
}

void ControlGate::attend()
{
    if (!d->arrived.load(std::memory_order_relaxed))
        return;
    d->obeyArrived();
    d->waitWhilePaused();
    d->updateHooks();
}

bool ControlGate::waitInterruptibly(quint64 nanoseconds)
{
    // The condition variable takes a signed count, and the window never waits for years.
    constexpr quint64 longest = 3'600'000'000'000ULL;
    if (d->stopping)
        return false;
    if (!d->channel->wait(std::chrono::nanoseconds(std::min(nanoseconds, longest))))
        return nanoseconds <= longest;
    d->obeyArrived();
    d->waitWhilePaused();
    return false;
}

bool ControlGate::stopRequested() const { return d->stopping; }

void ControlGate::ended(int exitCode)
{
    d->tell({{QStringLiteral("state"), QStringLiteral("ended")}, {QStringLiteral("exitCode"), exitCode}});
}

} // namespace loopscope
