// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/Explainer.h"

#include "state/CauseChain.h"

#include <algorithm>

namespace loopscope {

namespace {

using Topic = Explanation::Topic;

/// Longer chains go on like that for ever: a loop of awaits.
constexpr size_t kChainSaid = 24;
/// How far back the choice is looked for that let a request finish first.
constexpr size_t kChoicesLookedAt = 64;

bool isTaskEvent(EventKind kind) { return kind >= EventKind::TaskCreated && kind < EventKind::PromiseCreated; }

bool isPhaseTask(quint8 kind)
{
    const LoopQueue queue = queueOf(static_cast<TaskKind>(kind));
    return queue == LoopQueue::Timers || queue == LoopQueue::Check;
}

} // namespace

Explainer::Explainer(const RecordingReader &reader, const RecordingIndex &index, const EventText &text)
    : m_reader(reader)
    , m_index(index)
    , m_text(text)
    , m_narration(reader, index, text)
{
}

void Explainer::say(Answers &answers, Topic topic, const QString &text)
{
    if (!text.isEmpty())
        answers.push_back({topic, asSentence(text)});
}

void Explainer::sayRule(Answers &answers, const Rule &rule, Depth depth)
{
    say(answers, Topic::Because, rule.plain);
    // It may begin with a function's name, whose letters must stay.
    if (depth == Depth::Mechanism && !rule.mechanism.isEmpty())
        answers.push_back({Topic::Mechanism, rule.mechanism});
}

std::vector<Explanation> Explainer::explain(const LoopState &state, Depth depth) const
{
    Answers answers;
    if (state.cursor == 0 || state.cursor > m_index.eventCount()) {
        say(answers, Topic::JustNow, tr("The recording starts here."));
        say(answers, Topic::Next, next(state));
        return answers;
    }
    const quint64 index = state.cursor - 1;
    const Event event = m_reader.event(index);
    const QString sentence = m_narration.sentence(index);
    const bool isSaid = event.kind == EventKind::LoopStarted || event.kind == EventKind::LoopEnded;
    say(answers, Topic::JustNow, event.loop() == 0 || isSaid ? sentence : tr("In %1: %2").arg(m_text.loopName(event.loop()), sentence));
    sayRule(answers, rule(event, state), depth);
    say(answers, Topic::FreeChoice, freeChoice(event, index));
    const SubjectId task = taskOf(event, state);
    if (const QString asked = askedBy(task, state); !asked.isEmpty())
        say(answers, Topic::AskedBy,
            isTaskEvent(event.kind) ? asked : tr("%1 runs. It was asked for: %2").arg(m_narration.subject(task), asked));
    if (task != 0 && task == state.servingTask && event.kind != EventKind::TaskServes)
        say(answers, Topic::AskedBy, tr("It runs for the %1.").arg(m_narration.subject(state.servedRequest)));
    const bool isAboutPromise = event.kind >= EventKind::PromiseCreated && event.kind < EventKind::CallEntered && event.subject != 0;
    addChain(isAboutPromise ? event.subject : task, state, answers);
    say(answers, Topic::Next, next(state));
    addWaiting(state, answers);
    return answers;
}

Rule Explainer::rule(const Event &event, const LoopState &state) const
{
    Occasion occasion;
    if (isTaskEvent(event.kind)) {
        const std::optional<Event> created = m_narration.creation(event.subject);
        const bool isTask = created && (created->kind == EventKind::TaskCreated || created->kind == EventKind::TaskBegun);
        const bool saysItself =
            event.kind == EventKind::TaskCreated || event.kind == EventKind::TaskBegun || event.kind == EventKind::TaskEnded;
        occasion.task = saysItself ? static_cast<TaskKind>(event.detail)
            : isTask               ? static_cast<TaskKind>(created->detail)
                                   : TaskKind::Internal;
        occasion.name = m_text.subjectName(event.subject);
        occasion.isNested = !state.runningTasks.empty();
        occasion.ticksWait = state.waitingCount(LoopQueue::NextTick) > 0;
    }
    return RuleBook::of(event, occasion);
}

SubjectId Explainer::taskOf(const Event &event, const LoopState &state) const
{
    if (isTaskEvent(event.kind))
        return event.subject;
    return state.runningTasks.empty() ? 0 : state.runningTasks.back().id;
}

QString Explainer::askedBy(SubjectId subject, const LoopState &state) const
{
    const SubjectHistory history = m_index.history(subject);
    if (subject == 0 || !history.created)
        return {};
    const Event created = m_reader.event(*history.created);
    const bool isTask = created.kind == EventKind::TaskCreated;
    if (isTask && (created.detail == static_cast<quint8>(TaskKind::Script) || created.cause == 0))
        return {};
    const QString when = Narration::momentLink(Narration::ago(state.time, created.time), *history.created);
    // A reaction is asked for where its handler stands: what settles the promise need not know of it.
    const bool isReaction = isTask && created.detail == static_cast<quint8>(TaskKind::PromiseReaction);
    const QString place = m_narration.place(isTask && !isReaction ? static_cast<SiteId>(created.value) : created.site);
    const std::optional<Event> cause = m_narration.creation(created.cause);
    QString during;
    if (cause && cause->kind == EventKind::TaskCreated)
        during = tr("while %1 ran").arg(m_narration.subject(created.cause));
    else if (cause && cause->kind == EventKind::PromiseCreated)
        during = tr("through %1").arg(m_narration.subject(created.cause));
    else if (cause)
        during = tr("for %1").arg(m_narration.subject(created.cause));
    QStringList parts{place, during, when};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", ")) + QLatin1Char('.');
}

void Explainer::addChain(SubjectId subject, const LoopState &state, Answers &answers) const
{
    const std::vector<quint64> steps = CauseChain::of(subject, state.cursor, m_reader, m_index, kChainSaid + 1);
    if (steps.size() < 2) // "who asked for it" says as much
        return;
    for (size_t i = 0; i < std::min(steps.size(), kChainSaid); ++i) {
        const QString when = Narration::momentLink(durationText(m_reader.event(steps[i]).time), steps[i]);
        answers.push_back({Topic::Chain, tr("%1: %2").arg(when, m_narration.sentence(steps[i]))});
    }
    if (steps.size() > kChainSaid)
        answers.push_back({Topic::Chain, tr("And so on, further back.")});
}

QString Explainer::freeChoice(const Event &event, quint64 index) const
{
    const auto kind = static_cast<ChoiceKind>(event.detail);
    if (event.kind == EventKind::FreeChoice)
        return kind == ChoiceKind::TimeoutBeforeImmediate
            ? tr("Node may go either way here, from run to run. This run's seed chose; another seed may choose the other.")
            : tr("Node makes no promise about this order. This run's seed drew how long each request takes.");
    if (event.kind != EventKind::TaskBegun)
        return {};
    const std::vector<quint64> &choices = m_index.landmarks(Landmark::FreeChoice);
    auto choice = std::lower_bound(choices.begin(), choices.end(), index);
    for (size_t looked = 0; choice != choices.begin() && looked < kChoicesLookedAt; ++looked) {
        const quint64 at = *--choice;
        const Event chosen = m_reader.event(at);
        if (chosen.detail == static_cast<quint8>(ChoiceKind::IoCompletionOrder)) {
            if (chosen.subject != 0 && chosen.subject == event.cause)
                return tr(
                    "It might as well have come later: requests in flight together finish in any order. %1 let this one finish first.")
                    .arg(Narration::momentLink(tr("This choice"), at));
            continue;
        }
        // Only what the choice let run first was decided by it.
        if (!isPhaseTask(event.detail))
            return {};
        for (auto begun = m_index.next(at + 1, Landmark::TaskBegun); begun && *begun <= index;
             begun = m_index.next(*begun, Landmark::TaskBegun)) {
            if (isPhaseTask(m_reader.event(*begun - 1).detail))
                return {};
        }
        return tr("It might as well have been the other way round: timers of 1 ms and immediates set by the main script may run in either "
                  "order. %1 decided it.")
            .arg(Narration::momentLink(tr("This choice"), at));
    }
    return {};
}

} // namespace loopscope
