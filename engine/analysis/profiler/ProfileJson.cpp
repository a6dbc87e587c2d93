// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/ProfileJson.h"

#include "analysis/profiler/LineProfile.h"
#include "state/Names.h"

#include <array>
#include <map>

namespace loopscope {

namespace {

double number(quint64 value) { return static_cast<double>(value); }

QJsonObject figures(const DurationFigures &durations)
{
    return {{QStringLiteral("count"), number(durations.count)}, {QStringLiteral("sum"), number(durations.sum)},
        {QStringLiteral("p50"), number(durations.p50)}, {QStringLiteral("p90"), number(durations.p90)},
        {QStringLiteral("p99"), number(durations.p99)}, {QStringLiteral("most"), number(durations.most)}};
}

class Reports
{
public:
    Reports(const ProfileText &text, const RecordingReader &reader)
        : m_text(text)
        , m_reader(reader)
    {
    }

    void putSite(QJsonObject *object, SiteId site) const
    {
        object->insert(QStringLiteral("function"), m_text.functionName(site));
        const SitePlace place = m_reader.place(site);
        if (!place.isValid() || !place.source)
            return;
        object->insert(QStringLiteral("file"), place.source->path);
        object->insert(QStringLiteral("line"), number(place.site->line));
    }

    QJsonObject finding(const ProfileFinding &finding) const
    {
        QJsonObject object{{QStringLiteral("kind"), findingKey(finding.kind)}, {QStringLiteral("text"), m_text.finding(finding)},
            {QStringLiteral("advice"), m_text.advice(finding)}, {QStringLiteral("lesson"), ProfileText::lesson(finding.kind)},
            {QStringLiteral("count"), number(finding.count)}, {QStringLiteral("amount"), number(finding.amount)},
            {QStringLiteral("of"), number(finding.of)}, {QStringLiteral("share"), finding.share},
            {QStringLiteral("event"), number(finding.event)}};
        if (finding.kind == ProfileFinding::Kind::SerialAwaits)
            object.insert(QStringLiteral("needsKnown"), finding.isRead);
        if (finding.site != 0)
            putSite(&object, finding.site);
        return object;
    }

    QJsonObject blocker(const Blocker &blocker) const
    {
        QJsonObject object{{QStringLiteral("kind"), blockerKey(blocker.kind)}, {QStringLiteral("task"), taskKindKey(blocker.taskKind)},
            {QStringLiteral("name"), m_text.blockerName(blocker)}, {QStringLiteral("count"), number(blocker.count)},
            {QStringLiteral("total"), number(blocker.total)}, {QStringLiteral("longest"), number(blocker.longest)},
            {QStringLiteral("harm"), number(blocker.harm)}, {QStringLiteral("event"), number(blocker.worstEvent)},
            {QStringLiteral("victims"), number(blocker.victimCount)}, {QStringLiteral("p99With"), number(blocker.p99With)},
            {QStringLiteral("p99Without"), number(blocker.p99Without)},
            {QStringLiteral("p99Of"), blocker.isOfRequests ? QStringLiteral("requests") : QStringLiteral("lateness")},
            {QStringLiteral("advice"), m_text.advice(blocker)}};
        putSite(&object, blocker.function);
        QJsonArray path;
        for (const SiteId site : blocker.callPath)
            path.append(m_text.functionName(site));
        object.insert(QStringLiteral("callPath"), path);
        QJsonArray victims;
        for (const Victim &victim : blocker.victims)
            victims.append(QJsonObject{{QStringLiteral("kind"), victimKey(victim.kind)}, {QStringLiteral("text"), m_text.victim(victim)},
                {QStringLiteral("subject"), number(victim.subject)}, {QStringLiteral("delay"), number(victim.delay)},
                {QStringLiteral("lateness"), number(victim.lateness)}, {QStringLiteral("event"), number(victim.event)}});
        object.insert(QStringLiteral("longestVictims"), victims);
        return object;
    }

    QJsonObject function(const FunctionCost &cost, quint64 awaited) const
    {
        QJsonObject object{{QStringLiteral("self"), number(cost.self)}, {QStringLiteral("total"), number(cost.total)},
            {QStringLiteral("calls"), number(cost.calls)}, {QStringLiteral("awaited"), number(awaited)}};
        putSite(&object, cost.function);
        return object;
    }

    QJsonObject await(const AwaitCost &cost) const
    {
        QJsonObject object{{QStringLiteral("count"), number(cost.count)}, {QStringLiteral("waiting"), number(cost.waiting)},
            {QStringLiteral("total"), number(cost.total)}, {QStringLiteral("longest"), number(cost.longest)},
            {QStringLiteral("event"), number(cost.longestEvent)}, {QStringLiteral("onTimers"), number(cost.byThing[1])},
            {QStringLiteral("onIo"), number(cost.byThing[2])}, {QStringLiteral("onPromises"), number(cost.byThing[3])}};
        putSite(&object, cost.await);
        return object;
    }

    QJsonObject call(const CallNode &node) const
    {
        QJsonObject object{{QStringLiteral("parent"), node.parent == CallNode::none ? -1.0 : number(node.parent)},
            {QStringLiteral("self"), number(node.self)}, {QStringLiteral("total"), number(node.total)},
            {QStringLiteral("calls"), number(node.calls)}};
        if (node.task != 0)
            object.insert(QStringLiteral("kind"), taskKindKey(node.taskKind()));
        putSite(&object, node.function);
        return object;
    }

    QJsonObject async(const AsyncNode &node, const AsyncTimes &total) const
    {
        const auto times = [](const AsyncTimes &each) {
            return QJsonObject{{QStringLiteral("count"), number(each.count)}, {QStringLiteral("notReady"), number(each.notReady)},
                {QStringLiteral("waited"), number(each.waited)}, {QStringLiteral("ran"), number(each.ran)}};
        };
        QJsonObject object = times(node.own);
        object.insert(QStringLiteral("parent"), node.parent == AsyncNode::none ? -1.0 : number(node.parent));
        object.insert(QStringLiteral("withBelow"), times(total));
        if (node.parent == AsyncNode::none)
            return object;
        object.insert(QStringLiteral("kind"), taskKindKey(node.kind));
        object.insert(QStringLiteral("name"), m_text.asyncName(node));
        object.insert(QStringLiteral("longest"), number(node.longest));
        object.insert(QStringLiteral("event"), number(node.longestEvent));
        putSite(&object, node.function);
        if (const SitePlace place = m_reader.place(node.startedAt); place.isValid()) {
            object.insert(QStringLiteral("startedFile"), place.source->path);
            object.insert(QStringLiteral("startedLine"), number(place.site->line));
        }
        return object;
    }

private:
    const ProfileText &m_text;
    const RecordingReader &m_reader;
};

QJsonArray lines(const Profile &profile, const RecordingReader &reader)
{
    QJsonArray array;
    for (const SourceCost &source : sourceCosts(profile, reader)) {
        for (const auto &[line, cost] : source.lines)
            array.append(QJsonObject{{QStringLiteral("file"), source.source->path}, {QStringLiteral("line"), number(line)},
                {QStringLiteral("self"), number(cost.self)}, {QStringLiteral("calls"), number(cost.calls)},
                {QStringLiteral("times"), number(cost.times)}, {QStringLiteral("awaited"), number(cost.awaited)}});
    }
    return array;
}

QJsonObject overTime(const LoopMetrics &metrics)
{
    QJsonArray moments;
    for (const LoopMoment &moment : metrics.moments()) {
        const auto most = [&](LoopQueue queue) { return number(moment.most.in(queue)); };
        moments.append(QJsonObject{{QStringLiteral("busy"), number(moment.busy)}, {QStringLiteral("held"), number(moment.longestHold)},
            {QStringLiteral("iterations"), number(moment.iterations)}, {QStringLiteral("ticks"), most(LoopQueue::NextTick)},
            {QStringLiteral("microtasks"), most(LoopQueue::Microtasks)}, {QStringLiteral("timers"), most(LoopQueue::Timers)},
            {QStringLiteral("ioReady"), number(moment.most.ready)}, {QStringLiteral("immediates"), most(LoopQueue::Check)},
            {QStringLiteral("pool"), number(moment.mostForThread)}});
    }
    return {{QStringLiteral("length"), number(metrics.momentLength())}, {QStringLiteral("moments"), moments}};
}

QJsonObject loopFigures(const Profile &profile, const BlockingReport &blocking)
{
    const LoopMetrics &metrics = profile.metrics();
    const PoolFigures pool = metrics.pool();
    QJsonObject phases;
    for (std::size_t phase = 1; phase < LoopMetrics::phases; ++phase)
        phases.insert(phaseKey(static_cast<Phase>(phase)), number(metrics.phaseTimes()[phase]));
    QJsonArray histogram;
    for (const quint64 count : blocking.delayHistogram())
        histogram.append(number(count));
    const double end = number(metrics.endTime());
    return {{QStringLiteral("requests"), figures(requestLatencies(profile))}, {QStringLiteral("time"), end},
        {QStringLiteral("busy"), number(metrics.busy())}, {QStringLiteral("polled"), number(metrics.polled())},
        {QStringLiteral("utilization"), end > 0 ? number(metrics.busy()) / end : 0.0},
        {QStringLiteral("iterations"), number(metrics.iterations())}, {QStringLiteral("phases"), phases},
        {QStringLiteral("overTime"), overTime(metrics)}, {QStringLiteral("delay"), figures(blocking.delay())},
        {QStringLiteral("delayByPowerOfTwoMicroseconds"), histogram},
        {QStringLiteral("pool"),
            QJsonObject{{QStringLiteral("threads"), number(pool.threads)}, {QStringLiteral("longestQueue"), number(pool.longestQueue)},
                {QStringLiteral("queued"), figures(pool.queued)}, {QStringLiteral("served"), figures(pool.served)}}}};
}

} // namespace

QLatin1String findingKey(ProfileFinding::Kind kind)
{
    static constexpr std::array keys = {"CpuBound", "StarvedByMicrotasks", "StarvedByTicks", "PoolSaturated", "SerialAwaits", "TimerStorm",
        "UnhandledRejections", "UncaughtErrors", "PromiseLeak", "TimerLeak", "ChattyIo"};
    return QLatin1String(keys.at(static_cast<std::size_t>(kind)));
}

QLatin1String blockerKey(BlockerKind kind)
{
    static constexpr std::array keys = {"Callback", "MicrotaskDrain", "TickFlood"};
    return QLatin1String(keys.at(static_cast<std::size_t>(kind)));
}

QLatin1String victimKey(Victim::Kind kind)
{
    static constexpr std::array keys = {"Timer", "Immediate", "Io", "Closing", "Other", "Request"};
    return QLatin1String(keys.at(static_cast<std::size_t>(kind)));
}

DurationFigures requestLatencies(const Profile &profile)
{
    std::vector<quint64> latencies;
    for (const RequestSpan &request : profile.requests())
        latencies.push_back(request.ended - std::min(request.ended, request.sent));
    return DurationFigures::of(std::move(latencies));
}

std::vector<TaskKindTimes> taskKindTimes(const TaskRuns &runs)
{
    std::map<TaskKind, TaskKindTimes> times;
    for (const TaskRun &run : runs.all()) {
        TaskKindTimes &each = times[run.kind];
        each.kind = run.kind;
        ++each.count;
        each.busy += run.ran();
        each.ready += run.waited();
        each.idle += run.idle();
    }
    std::vector<TaskKindTimes> sorted;
    for (const auto &each : times)
        sorted.push_back(each.second);
    return sorted;
}

QJsonObject profileJson(
    const Profile &profile, const BlockingReport &blocking, const Verdict &verdict, const ProfileText &text, const RecordingReader &reader)
{
    const Reports reports(text, reader);
    QJsonArray findings;
    for (const ProfileFinding &finding : verdict.findings())
        findings.append(reports.finding(finding));
    QJsonArray blockers;
    for (const Blocker &blocker : blocking.blockers())
        blockers.append(reports.blocker(blocker));
    QJsonArray functions;
    for (const FunctionCost &cost : profile.callTree().functions())
        functions.append(reports.function(cost, profile.awaits().awaitedIn(cost.function)));
    QJsonArray awaits;
    for (const AwaitCost &cost : profile.awaits().awaits())
        awaits.append(reports.await(cost));
    QJsonArray kinds;
    for (const TaskKindTimes &each : taskKindTimes(profile.runs()))
        kinds.append(QJsonObject{{QStringLiteral("kind"), taskKindKey(each.kind)}, {QStringLiteral("count"), number(each.count)},
            {QStringLiteral("busy"), number(each.busy)}, {QStringLiteral("ready"), number(each.ready)},
            {QStringLiteral("idle"), number(each.idle)}});
    QJsonArray async;
    const std::vector<AsyncTimes> totals = profile.asyncTree().totals();
    for (std::size_t node = 0; node < totals.size(); ++node)
        async.append(reports.async(profile.asyncTree().nodes()[node], totals[node]));
    return {{QStringLiteral("verdict"), text.verdict(verdict, profile, blocking)}, {QStringLiteral("healthy"), verdict.isHealthy()},
        {QStringLiteral("findings"), findings}, {QStringLiteral("threshold"), number(blocking.threshold())},
        {QStringLiteral("blocking"), blockers}, {QStringLiteral("loop"), loopFigures(profile, blocking)},
        {QStringLiteral("taskKinds"), kinds}, {QStringLiteral("sampled"), profile.callTree().isSampled()},
        {QStringLiteral("callsLeftOut"), number(profile.callTree().callsLeftOut())}, {QStringLiteral("functions"), functions},
        {QStringLiteral("awaits"), awaits}, {QStringLiteral("asyncTree"), async}, {QStringLiteral("lines"), lines(profile, reader)}};
}

QJsonArray callersJson(const CallTree &tree, const ProfileText &text, const RecordingReader &reader)
{
    const Reports reports(text, reader);
    const CallTree inverted = tree.inverted();
    QJsonArray nodes;
    for (const CallNode &node : inverted.nodes())
        nodes.append(reports.call(node));
    return nodes;
}

} // namespace loopscope
