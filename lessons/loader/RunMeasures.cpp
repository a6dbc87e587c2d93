// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/RunMeasures.h"

#include "analysis/profiler/Verdict.h"
#include "lessons/loader/LessonWords.h"
#include "lessons/loader/NamePattern.h"
#include "lessons/loader/OutputLines.h"
#include "lessons/loader/RunFacts.h"
#include "state/EventText.h"
#include "state/LoopState.h"

#include <QRegularExpression>

#include <algorithm>

namespace loopscope {

struct RunMeasures::Facts
{
    explicit Facts(const RecordingReader &reader)
        : words(reader, index)
        , output(reader)
    {
        index.update(reader);
        profile.update(reader);
        QueueCounts queues;
        for (quint64 number = 0; number < reader.eventCount(); ++number) {
            const Event event = reader.event(number);
            state.apply(event);
            counted.add(event, number);
            if (queues.apply(event))
                mostWaiting.raiseTo(queues.of(0));
        }
    }

    /// Calls visit(const TaskRun &) for each run of a callback of the script that has this kind and name, in order, until it returns
    /// false. An empty kind or pattern is any.
    template<typename Visit>
    void visitRuns(const QString &kind, const QString &name, Visit visit) const
    {
        const NamePattern pattern(name);
        for (const TaskRun &run : profile.runs().all()) {
            const bool fits = !words.isNodes(run.task) && (kind.isEmpty() || lessonwords::wordOf(run.kind) == kind)
                && (name.isEmpty() || pattern.fits(words.subjectName(run.task)));
            if (fits && !visit(run))
                return;
        }
    }
    const TaskRun *firstRun(const QString &name) const
    {
        const TaskRun *first = nullptr;
        visitRuns({}, name, [&](const TaskRun &run) {
            first = &run;
            return false;
        });
        return first;
    }
    double mostWaitingIn(const QString &queue) const;
    double setTimers() const;
    bool ended(const QString &how) const;
    bool finds(const QString &finding) const;

    RecordingIndex index;
    EventText words;
    OutputLines output;
    Profile profile;
    RunFacts counted{words};
    LoopState state; ///< at the end
    QueueCounts::Counts mostWaiting; ///< at once
};

namespace {

double number(quint64 count) { return static_cast<double>(count); }

/// The number at the beginning of a text; 0 if there is none.
double leadingNumber(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^\\s*([-+]?\\d+(\\.\\d+)?)"));
    return form.match(text).captured(1).toDouble();
}

} // namespace

double RunMeasures::Facts::mostWaitingIn(const QString &queue) const
{
    if (queue == QLatin1String("promises"))
        return number(counted.mostPromises());
    if (const auto known = lessonwords::queueOf(queue))
        return mostWaiting.in(*known);
    // To be handed to a thread takes a moment also where one is free: that is no waiting.
    std::vector<Overlap> waits;
    for (const RunFacts::Request &request : counted.requests()) {
        if (request.hadToWait)
            waits.push_back({request.submitted, request.started});
    }
    return number(mostAtOnce(waits));
}

double RunMeasures::Facts::setTimers() const
{
    // Node's own timers, such as those that watch over connections, keep no loop alive and have no function of the script.
    const std::vector<TaskState> timers = state.waiting(LoopQueue::Timers);
    return number(static_cast<quint64>(
        std::count_if(timers.begin(), timers.end(), [](const TaskState &timer) { return timer.referenced || timer.function != 0; })));
}

bool RunMeasures::Facts::ended(const QString &how) const
{
    // RunEnding's first enumerators, in their order.
    return state.end && lessonwords::endings().value(static_cast<int>(state.end->ending)) == how;
}

bool RunMeasures::Facts::finds(const QString &finding) const
{
    const Verdict verdict(profile, BlockingReport(profile));
    return std::any_of(verdict.findings().begin(), verdict.findings().end(),
        [&](const ProfileFinding &found) { return lessonwords::findings().value(static_cast<int>(found.kind)) == finding; });
}

RunMeasures::RunMeasures(const RecordingReader &reader)
    : m_facts(std::make_unique<const Facts>(reader))
{
}

RunMeasures::~RunMeasures() = default;

MeasureValue RunMeasures::output(MeasureId id, const QStringList &arguments) const
{
    const std::vector<OutputLines::Line> &lines = m_facts->output.all();
    const auto find = [&](const QString &line) {
        const NamePattern pattern(line);
        return std::find_if(lines.begin(), lines.end(), [&](const OutputLines::Line &each) { return pattern.fits(each.text); });
    };
    const auto first = arguments.isEmpty() ? lines.end() : find(arguments.first());
    switch (id) {
    case MeasureId::Printed:
        return MeasureValue::truth(first != lines.end());
    case MeasureId::PrintedAt:
        return MeasureValue::duration(first == lines.end() ? MeasureValue::never : number(first->time));
    case MeasureId::Number:
        return MeasureValue::count(
            first == lines.end() ? 0 : leadingNumber(first->text.mid(std::max<qsizetype>(0, arguments.first().indexOf(QLatin1Char('*'))))));
    case MeasureId::PrintedInOrder: {
        auto last = first;
        for (qsizetype index = 1; index < arguments.size() && last != lines.end(); ++index) {
            const auto next = find(arguments[index]);
            last = next > last ? next : lines.end();
        }
        return MeasureValue::truth(last != lines.end());
    }
    default: {
        const NamePattern pattern(arguments.value(0, QStringLiteral("*")));
        return MeasureValue::count(number(static_cast<quint64>(
            std::count_if(lines.begin(), lines.end(), [&](const OutputLines::Line &line) { return pattern.fits(line.text); }))));
    }
    }
}

MeasureValue RunMeasures::callbacks(MeasureId id, const QStringList &arguments) const
{
    const bool isOfKind = id == MeasureId::Callbacks || id == MeasureId::LongestWait;
    const QString kind = isOfKind ? arguments.value(0) : QString();
    const QString name = arguments.value(isOfKind ? 1 : 0);
    quint64 count = 0;
    quint64 ran = 0;
    quint64 waited = 0;
    const auto take = [&](const TaskRun &run) {
        ++count;
        ran = std::max(ran, run.ran());
        waited = std::max(waited, run.waited());
        return true;
    };
    switch (id) {
    case MeasureId::RanIn: {
        const TaskRun *run = m_facts->firstRun(name);
        return MeasureValue::truth(run && lessonwords::wordOf(run->phase) == arguments.value(1));
    }
    case MeasureId::RanBefore: {
        const TaskRun *one = m_facts->firstRun(name);
        const TaskRun *other = m_facts->firstRun(arguments.value(1));
        return MeasureValue::truth(one && other && one->event < other->event);
    }
    default:
        break;
    }
    m_facts->visitRuns(kind, name, take);
    if (id == MeasureId::Callbacks)
        return MeasureValue::count(number(count));
    return MeasureValue::duration(number(id == MeasureId::LongestWait ? waited : ran));
}

MeasureValue RunMeasures::atOnce(MeasureId id, const QStringList &arguments) const
{
    const NamePattern pattern(arguments.value(0));
    std::vector<Overlap> stretches;
    quint64 count = 0;
    if (id == MeasureId::AtOnce) {
        for (const RunFacts::AsyncCall &call : m_facts->counted.asyncCalls()) {
            if (pattern.fits(m_facts->words.functionName(call.function)))
                stretches.push_back(call.stretch);
        }
    } else if (id == MeasureId::Calls) {
        for (const auto &[function, calls] : m_facts->counted.calls())
            count += pattern.fits(m_facts->words.functionName(function)) ? calls : 0;
    } else {
        for (const RunFacts::Request &request : m_facts->counted.requests()) {
            if (id == MeasureId::PoolThreads && request.thread > 0) {
                stretches.push_back({request.started, request.completed});
            } else if (id != MeasureId::PoolThreads && pattern.fits(m_facts->words.subjectName(request.id))) {
                stretches.push_back({request.submitted, request.completed});
                ++count;
            }
        }
    }
    const bool isCount = id == MeasureId::Calls || id == MeasureId::Requests;
    return MeasureValue::count(number(isCount ? count : mostAtOnce(stretches)));
}

double RunMeasures::count(MeasureId id, const QStringList &arguments) const
{
    const RunFacts &counted = m_facts->counted;
    switch (id) {
    case MeasureId::ExitCode:
        return m_facts->state.end ? m_facts->state.end->exitCode : std::numeric_limits<double>::quiet_NaN();
    case MeasureId::Iterations:
        return number(m_facts->profile.metrics().iterations());
    case MeasureId::MostWaiting:
        return m_facts->mostWaitingIn(arguments.value(0));
    case MeasureId::PendingPromises:
        return number(counted.pendingPromises());
    case MeasureId::SetTimers:
        return m_facts->setTimers();
    case MeasureId::OpenHandles:
        return number(m_facts->state.handles.size());
    case MeasureId::UnhandledRejections:
        return number(m_facts->profile.unhandledRejections());
    case MeasureId::UncaughtErrors:
        return number(m_facts->profile.uncaughtErrors());
    case MeasureId::Awaits:
        return number(counted.awaits());
    case MeasureId::Workers:
        return number(counted.workers());
    case MeasureId::Children:
        return number(counted.children());
    case MeasureId::Messages:
        return number(counted.messages());
    case MeasureId::Answers:
        return number(counted.answered().size());
    case MeasureId::FreeChoices:
        return number(counted.freeChoices());
    default:
        return 0;
    }
}

MeasureValue RunMeasures::measure(MeasureId id, const QStringList &arguments) const
{
    switch (id) {
    case MeasureId::Printed:
    case MeasureId::Prints:
    case MeasureId::PrintedInOrder:
    case MeasureId::PrintedAt:
    case MeasureId::Number:
        return output(id, arguments);
    case MeasureId::Ended:
        return MeasureValue::truth(m_facts->ended(arguments.value(0)));
    case MeasureId::Finding:
        return MeasureValue::truth(m_facts->finds(arguments.value(0)));
    case MeasureId::Duration:
        return MeasureValue::duration(number(m_facts->profile.metrics().endTime()));
    case MeasureId::Busy:
        return MeasureValue::duration(number(m_facts->profile.metrics().busy()));
    case MeasureId::LongestHold:
        return MeasureValue::duration(number(BlockingReport(m_facts->profile).delay().most));
    case MeasureId::LongestCallback:
    case MeasureId::Callbacks:
    case MeasureId::LongestWait:
    case MeasureId::RanIn:
    case MeasureId::RanBefore:
        return callbacks(id, arguments);
    case MeasureId::Calls:
    case MeasureId::AtOnce:
    case MeasureId::Requests:
    case MeasureId::RequestsAtOnce:
    case MeasureId::PoolThreads:
        return atOnce(id, arguments);
    case MeasureId::SlowestAnswer: {
        quint64 slowest = 0;
        for (const RequestSpan &request : m_facts->profile.requests()) {
            if (m_facts->counted.answered().count(request.request) > 0 && request.ended > request.sent)
                slowest = std::max(slowest, request.ended - request.sent);
        }
        return MeasureValue::duration(number(slowest));
    }
    case MeasureId::P50:
    case MeasureId::P99: // of the lab
        return MeasureValue::duration(0);
    default:
        return MeasureValue::count(count(id, arguments));
    }
}

} // namespace loopscope
