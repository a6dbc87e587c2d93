// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ProfileTables.h"

#include "analysis/profiler/ProfileJson.h"
#include "state/Names.h"

#include <QStringList>

#include <algorithm>

namespace loopscope {

namespace {

QVariant inMilliseconds(quint64 nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

QVariant number(quint64 count) { return static_cast<qint64>(count); }

QString kindText(Victim::Kind kind, quint64 count)
{
    const bool isOne = count == 1;
    switch (kind) {
    case Victim::Kind::Timer:
        return isOne ? ProfileTables::tr("1 timer") : ProfileTables::tr("%L1 timers").arg(count);
    case Victim::Kind::Immediate:
        return isOne ? ProfileTables::tr("1 immediate") : ProfileTables::tr("%L1 immediates").arg(count);
    case Victim::Kind::Io:
        return isOne ? ProfileTables::tr("1 I/O callback") : ProfileTables::tr("%L1 I/O callbacks").arg(count);
    case Victim::Kind::Closing:
        return isOne ? ProfileTables::tr("1 close callback") : ProfileTables::tr("%L1 close callbacks").arg(count);
    case Victim::Kind::Request:
        return isOne ? ProfileTables::tr("1 request") : ProfileTables::tr("%L1 requests").arg(count);
    case Victim::Kind::Other:
        break;
    }
    return isOne ? ProfileTables::tr("1 other") : ProfileTables::tr("%L1 others").arg(count);
}

} // namespace

QString ProfileTables::victims(const Blocker &blocker)
{
    if (blocker.victimCount == 0)
        return tr("nobody");
    QStringList parts;
    for (const Victim::Kind kind : {Victim::Kind::Request, Victim::Kind::Timer, Victim::Kind::Io, Victim::Kind::Immediate,
             Victim::Kind::Closing, Victim::Kind::Other}) {
        const auto count =
            std::count_if(blocker.victims.begin(), blocker.victims.end(), [kind](const Victim &victim) { return victim.kind == kind; });
        if (count > 0)
            parts << kindText(kind, static_cast<quint64>(count));
    }
    if (blocker.victimCount > blocker.victims.size())
        parts << tr("%L1 more").arg(blocker.victimCount - blocker.victims.size());
    return parts.join(QStringLiteral(", "));
}

ProfileRows ProfileTables::blockers(const BlockingReport &report) const
{
    ProfileRows rows;
    rows.table = {tr("What held the loop"),
        {tr("Function"), tr("Line"), tr("Held (ms)"), tr("Times"), tr("Longest (ms)"), tr("Harm (ms)"), tr("Who waited")}, {}};
    for (const Blocker &blocker : report.blockers()) {
        rows.table.rows.push_back({m_text.blockerName(blocker).remove(u'`'), m_text.place(blocker.function), inMilliseconds(blocker.total),
            number(blocker.count), inMilliseconds(blocker.longest), inMilliseconds(blocker.harm), victims(blocker)});
        rows.targets.push_back({blocker.function, blocker.worstEvent});
    }
    return rows;
}

ProfileRows ProfileTables::functions() const
{
    ProfileRows rows;
    rows.table = {tr("Functions"),
        {tr("Function"), tr("Line"), tr("Self (ms)"), tr("Total (ms)"),
            m_profile.callTree().callsLeftOut() > 0 ? tr("Calls, at least") : tr("Calls"), tr("Awaited (ms)")},
        {}};
    for (const FunctionCost &cost : m_profile.callTree().functions()) {
        rows.table.rows.push_back({m_text.functionName(cost.function), m_text.place(cost.function), inMilliseconds(cost.self),
            inMilliseconds(cost.total), number(cost.calls), inMilliseconds(m_profile.awaits().awaitedIn(cost.function))});
        rows.targets.push_back({cost.function, std::nullopt});
    }
    return rows;
}

ProfileRows ProfileTables::awaits() const
{
    ProfileRows rows;
    rows.table = {tr("Awaits"),
        {tr("Function"), tr("Line"), tr("Waited (ms)"), tr("Times"), tr("Longest (ms)"), tr("Still waiting"), tr("For timers"),
            tr("For I/O"), tr("For promises"), tr("For nothing")},
        {}};
    for (const AwaitCost &cost : m_profile.awaits().awaits()) {
        const auto endedBy = [&cost](AwaitedThing thing) { return number(cost.byThing[static_cast<std::size_t>(thing)]); };
        rows.table.rows.push_back({m_text.functionName(cost.function != 0 ? cost.function : cost.await), m_text.place(cost.await),
            inMilliseconds(cost.total), number(cost.count), inMilliseconds(cost.longest), number(cost.waiting),
            endedBy(AwaitedThing::Timer), endedBy(AwaitedThing::Io), endedBy(AwaitedThing::Promise), endedBy(AwaitedThing::Nothing)});
        rows.targets.push_back({cost.await, cost.count > 0 ? std::optional<quint64>(cost.longestEvent) : std::nullopt});
    }
    return rows;
}

ProfileRows ProfileTables::taskKinds() const
{
    ProfileRows rows;
    rows.table = {tr("Callbacks by kind"), {tr("Kind"), tr("Runs"), tr("Busy (ms)"), tr("Ready, but waiting (ms)"), tr("Idle (ms)")}, {}};
    for (const TaskKindTimes &times : taskKindTimes(m_profile.runs())) {
        rows.table.rows.push_back({taskKindName(times.kind), number(times.count), inMilliseconds(times.busy), inMilliseconds(times.ready),
            inMilliseconds(times.idle)});
        rows.targets.emplace_back();
    }
    return rows;
}

ProfileRows ProfileTables::phases() const
{
    ProfileRows rows;
    rows.table = {tr("Time per phase"), {tr("Phase"), tr("Time (ms)"), tr("Share (%)")}, {}};
    const LoopMetrics &metrics = m_profile.metrics();
    const double whole = std::max(1.0, static_cast<double>(metrics.endTime()));
    for (std::size_t phase = 0; phase < LoopMetrics::phases; ++phase) {
        const quint64 time = metrics.phaseTimes().at(phase);
        rows.table.rows.push_back({phase == 0 ? tr("before and after the loop") : phaseName(static_cast<Phase>(phase)),
            inMilliseconds(time), 100 * static_cast<double>(time) / whole});
        rows.targets.emplace_back();
    }
    return rows;
}

} // namespace loopscope
