// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/ProfileText.h"

#include "state/Names.h"

#include <QStringList>

#include <array>

namespace loopscope {

QString ProfileText::duration(quint64 nanoseconds)
{
    const auto number = [](double value) { return QString::number(value, 'f', value < 10 ? 2 : value < 100 ? 1 : 0); };
    const auto ns = static_cast<double>(nanoseconds);
    if (nanoseconds < 1'000'000)
        return tr("%1 us").arg(number(ns / 1e3));
    if (nanoseconds < 10'000'000'000)
        return tr("%1 ms").arg(number(ns / 1e6));
    return tr("%1 s").arg(number(ns / 1e9));
}

QString ProfileText::percent(double share) { return tr("%1 %").arg(QString::number(100 * share, 'f', share < 0.0995 ? 1 : 0)); }

QString ProfileText::place(SiteId site) const { return site == 0 ? QString() : m_reader.place(site).shortPlace(); }

QString ProfileText::functionName(SiteId site) const
{
    const QString name = site == 0 ? QString() : m_text.functionName(site);
    return name.isEmpty() ? tr("(no place)") : name;
}

QString ProfileText::asyncName(const AsyncNode &node) const
{
    if (node.function != 0)
        return tr("%1 `%2`").arg(taskKindName(node.kind), functionName(node.function));
    const QString first = m_text.subjectText(node.first);
    // Requests are named for their files.
    return node.own.count > 1 && node.name == 0 ? tr("%1 and the like").arg(first) : first;
}

QString ProfileText::asyncPlace(const AsyncNode &node) const { return place(node.startedAt != 0 ? node.startedAt : node.function); }

QString ProfileText::callName(const CallNode &node) const
{
    const QString name = functionName(node.function);
    return node.task == 0 ? name : tr("%1 %2", "kind of callback, function").arg(taskKindName(node.taskKind()), name);
}

QString ProfileText::at(SiteId site) const
{
    return site == 0 ? tr("code without a place") : tr("`%1` (%2)").arg(functionName(site), place(site));
}

QString ProfileText::verdict(const Verdict &verdict, const Profile &profile, const BlockingReport &blocking) const
{
    if (profile.eventCount() == 0)
        return tr("Nothing is recorded yet.");
    if (!verdict.isHealthy()) {
        const QString first = finding(verdict.findings().front());
        const std::size_t further = verdict.findings().size() - 1;
        return further == 0
            ? first
            : first + QLatin1Char(' ') + (further == 1 ? tr("And one thing more.") : tr("And %1 things more.").arg(further));
    }
    const quint64 end = profile.metrics().endTime();
    return tr("Healthy: nothing held the loop for %1 or longer (the longest: %2), and callbacks ran for %3 of %4.")
        .arg(duration(blocking.threshold()), duration(blocking.delay().most), duration(profile.metrics().busy()), duration(end));
}

QString ProfileText::finding(const ProfileFinding &finding) const
{
    switch (finding.kind) {
    case ProfileFinding::Kind::CpuBound:
        return tr("CPU-bound on the loop: callbacks held it for %1 of %2 (%3), most of that in %4.")
            .arg(duration(finding.amount), duration(finding.of), percent(finding.share), at(finding.site));
    case ProfileFinding::Kind::StarvedByMicrotasks:
        return tr("Starved by microtasks: they kept the loop from turning for %1 of %2 (%3), most of them from %4.")
            .arg(duration(finding.amount), duration(finding.of), percent(finding.share), at(finding.site));
    case ProfileFinding::Kind::StarvedByTicks:
        return tr("Starved by process.nextTick: ticks kept the loop from turning for %1 of %2 (%3), most of them from %4.")
            .arg(duration(finding.amount), duration(finding.of), percent(finding.share), at(finding.site));
    case ProfileFinding::Kind::PoolSaturated:
        return tr("The thread pool is saturated: half of the requests waited %1 or longer for a free thread and then took %2; up to %3 "
                  "waited at once.")
            .arg(duration(finding.amount), duration(finding.of))
            .arg(finding.count);
    case ProfileFinding::Kind::SerialAwaits:
        return (finding.isRead
                ? tr("Awaits one after the other in %1: %2 of them waited %3 in all; those that need nothing of one another had taken %4 "
                     "less "
                     "at once.")
                : tr("Awaits one after the other in %1: %2 of them waited %3 in all; at once they had taken %4 less, if none needs what "
                     "another gave."))
            .arg(at(finding.site))
            .arg(finding.count)
            .arg(duration(finding.of), duration(finding.amount));
    case ProfileFinding::Kind::TimerStorm:
        return tr("A storm of timers: those set in %1 fired %2 times, one every %3.")
            .arg(at(finding.site))
            .arg(finding.count)
            .arg(duration(finding.amount));
    case ProfileFinding::Kind::UnhandledRejections:
        return finding.count == 1 ? tr("A rejected promise that nobody handled.")
                                  : tr("%1 rejected promises that nobody handled.").arg(finding.count);
    case ProfileFinding::Kind::UncaughtErrors:
        return finding.count == 1 ? tr("An error that nobody caught.") : tr("%1 errors that nobody caught.").arg(finding.count);
    case ProfileFinding::Kind::PromiseLeak:
        return tr("Promises that are never settled pile up: there were more in each quarter of the run, %1 at least in the last.")
            .arg(finding.count);
    case ProfileFinding::Kind::TimerLeak:
        return tr("Timers pile up: there were more in each quarter of the run, %1 at least in the last.").arg(finding.count);
    case ProfileFinding::Kind::ChattyIo:
        return tr("Chatty I/O: %1 requests from %2, one every %3.").arg(finding.count).arg(at(finding.site), duration(finding.amount));
    }
    return {};
}

QString ProfileText::advice(const ProfileFinding &finding) const
{
    switch (finding.kind) {
    case ProfileFinding::Kind::CpuBound:
        return tr(
            "Cut the work into pieces with setImmediate between them, give it to a worker thread, or take the asynchronous form of what "
            "is called.");
    case ProfileFinding::Kind::StarvedByMicrotasks:
        return tr("A chain of promises never lets the loop go on: put setImmediate (or `await setImmediate()` of timers/promises) between "
                  "pieces.");
    case ProfileFinding::Kind::StarvedByTicks:
        return tr("process.nextTick runs before the loop goes on, however often: take setImmediate for what may come later.");
    case ProfileFinding::Kind::PoolSaturated:
        return tr("Start fewer of them at once, do less in each, or give the pool more threads (UV_THREADPOOL_SIZE; at most as many as "
                  "there are cores for crypto and compression).");
    case ProfileFinding::Kind::SerialAwaits:
        return tr("Start them together and await them with `Promise.all`, a few at a time if there are many.");
    case ProfileFinding::Kind::TimerStorm:
        return tr("Take longer delays, one timer for many things, or an event instead of asking again and again.");
    case ProfileFinding::Kind::UnhandledRejections:
        return tr("Await the promise in a try block, or give it a catch handler; Node ends the process otherwise.");
    case ProfileFinding::Kind::UncaughtErrors:
        return tr("Catch it where it is thrown; after that the process is in a state nobody knows.");
    case ProfileFinding::Kind::PromiseLeak:
        return tr("Look at the promise graph for who holds them; give waits a time limit (AbortSignal.timeout).");
    case ProfileFinding::Kind::TimerLeak:
        return tr("Keep what setTimeout and setInterval give, and clear it when it is not needed any more.");
    case ProfileFinding::Kind::ChattyIo:
        return tr("Collect small pieces and read or write more at once (streams, a larger highWaterMark, one writeFile).");
    }
    return {};
}

QString ProfileText::lesson(ProfileFinding::Kind kind)
{
    switch (kind) {
    case ProfileFinding::Kind::CpuBound:
        return QStringLiteral("18-cpu-heavy");
    case ProfileFinding::Kind::StarvedByMicrotasks:
        return QStringLiteral("09-microtasks");
    case ProfileFinding::Kind::StarvedByTicks:
        return QStringLiteral("08-next-tick");
    case ProfileFinding::Kind::PoolSaturated:
        return QStringLiteral("17-thread-pool");
    case ProfileFinding::Kind::SerialAwaits:
        return QStringLiteral("12-combinators");
    case ProfileFinding::Kind::TimerStorm:
    case ProfileFinding::Kind::TimerLeak:
        return QStringLiteral("06-timers");
    case ProfileFinding::Kind::UnhandledRejections:
    case ProfileFinding::Kind::UncaughtErrors:
        return QStringLiteral("14-errors");
    case ProfileFinding::Kind::PromiseLeak:
        return QStringLiteral("22-microservices");
    case ProfileFinding::Kind::ChattyIo:
        return QStringLiteral("16-streams");
    }
    return {};
}

QString ProfileText::advice(const Blocker &blocker) const
{
    ProfileFinding finding;
    finding.kind = blocker.kind == BlockerKind::TickFlood ? ProfileFinding::Kind::StarvedByTicks
        : blocker.kind == BlockerKind::MicrotaskDrain     ? ProfileFinding::Kind::StarvedByMicrotasks
                                                          : ProfileFinding::Kind::CpuBound;
    if (blocker.kind == BlockerKind::Callback && blocker.taskKind == TaskKind::Script && blocker.victimCount == 0)
        return tr("It runs before the loop starts; only who starts the program waits for it.");
    return advice(finding);
}

QString ProfileText::blockerName(const Blocker &blocker) const
{
    if (blocker.kind == BlockerKind::MicrotaskDrain)
        return tr("%1 microtasks, the longest of `%2`").arg(blocker.jobs).arg(m_text.subjectName(blocker.worstTask));
    if (blocker.kind == BlockerKind::TickFlood)
        return tr("%1 ticks, the longest of `%2`").arg(blocker.jobs).arg(m_text.subjectName(blocker.worstTask));
    return m_text.subjectText(blocker.worstTask);
}

QString ProfileText::blockerTimes(const Blocker &blocker) const
{
    if (blocker.count == 1)
        return tr("held the loop for %1").arg(duration(blocker.total));
    return tr("held the loop %1 times, %2 in all, %3 the longest")
        .arg(blocker.count)
        .arg(duration(blocker.total), duration(blocker.longest));
}

QString ProfileText::blockerHarm(const Blocker &blocker) const
{
    if (blocker.victimCount == 0)
        return tr("nobody waited for it");
    return blocker.victimCount == 1 ? tr("one waited %1 for it").arg(duration(blocker.harm))
                                    : tr("%1 waited for it, %2 in all").arg(blocker.victimCount).arg(duration(blocker.harm));
}

QString ProfileText::blockerEffect(const Blocker &blocker) const
{
    if (blocker.p99With == blocker.p99Without)
        return {};
    return (blocker.isOfRequests ? tr("p99 of the clients' requests: %1, without it %2")
                                 : tr("p99 of the lateness of timers and I/O: %1, without it %2"))
        .arg(duration(blocker.p99With), duration(blocker.p99Without));
}

QString ProfileText::victim(const Victim &victim) const
{
    const QString name = m_text.subjectText(victim.subject);
    if (victim.kind == Victim::Kind::Timer)
        return tr("%1 was %2 late, %3 of it here").arg(name, duration(victim.lateness), duration(victim.delay));
    return tr("%1 waited %2, %3 of it here").arg(name, duration(victim.lateness), duration(victim.delay));
}

QString ProfileText::callPath(const Blocker &blocker) const
{
    QStringList names;
    for (const SiteId site : blocker.callPath)
        names.append(QStringLiteral("`%1`").arg(functionName(site)));
    return names.join(QStringLiteral(" > "));
}

} // namespace loopscope
