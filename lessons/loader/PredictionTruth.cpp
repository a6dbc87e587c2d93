// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/PredictionTruth.h"

#include "lessons/loader/Condition.h"
#include "lessons/loader/LessonWords.h"
#include "lessons/loader/MomentSearch.h"
#include "lessons/loader/RunMeasures.h"
#include "servers/lab/NearName.h"
#include "state/StateTimeline.h"

#include <algorithm>

namespace loopscope {

namespace {

QString tr(const char *text) { return PredictionTruth::tr(text); }

/// Why a callback of this kind is the next: what Node does before it goes on. Null of what no rule of lessons is about.
QString ruleOf(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Script:
    case TaskKind::ModuleEvaluation:
        return QStringLiteral("script-first");
    case TaskKind::Tick:
        return QStringLiteral("ticks-first");
    case TaskKind::Microtask:
    case TaskKind::PromiseReaction:
    case TaskKind::AwaitContinuation:
    case TaskKind::ThenableJob:
        return QStringLiteral("microtasks-first");
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return QStringLiteral("timer-due");
    case TaskKind::IoCallback:
    case TaskKind::PendingCallback:
        return QStringLiteral("poll-finished-io");
    case TaskKind::Immediate:
        return QStringLiteral("check-after-poll");
    case TaskKind::CloseCallback:
        return QStringLiteral("closing-last");
    case TaskKind::ProcessEvent:
    case TaskKind::Internal:
        break;
    }
    return {};
}

class TruthFinder
{
public:
    TruthFinder(const LessonQuestion &question, const RecordingReader &reader, const QString &file, QList<LessonProblem> &problems)
        : m_question(question)
        , m_reader(reader)
        , m_file(file)
        , m_problems(problems)
    {
        m_index.update(reader);
    }

    std::optional<PredictionTruth> find()
    {
        if (m_reader.eventCount() == 0)
            return fail(m_question.line, tr("the run of the script was not recorded."));
        switch (m_question.ask) {
        case LessonQuestion::Ask::Order:
            return findOrder();
        case LessonQuestion::Ask::Queue:
            return findQueue();
        case LessonQuestion::Ask::Next:
            return findNext();
        case LessonQuestion::Ask::Choice:
            return findChoice();
        }
        return std::nullopt;
    }

private:
    std::nullopt_t fail(int line, const QString &sentence)
    {
        m_problems.append({m_file, line, sentence});
        return std::nullopt;
    }

    std::optional<PredictionTruth> findOrder();
    std::optional<PredictionTruth> findQueue();
    std::optional<PredictionTruth> findNext();
    std::optional<PredictionTruth> findChoice();
    std::optional<quint64> moment();
    QStringList namesInQueue(const LoopState &state) const;

    const LessonQuestion &m_question;
    const RecordingReader &m_reader;
    QString m_file;
    QList<LessonProblem> &m_problems;
    RecordingIndex m_index;
    EventText m_words{m_reader, m_index};
};

std::optional<PredictionTruth> TruthFinder::findOrder()
{
    const OutputLines lines(m_reader);
    const QStringList printed = lines.texts();
    PredictionTruth truth;
    truth.items = m_question.items.isEmpty() ? printed : m_question.items;
    if (truth.items.size() < 2)
        return fail(m_question.line, tr("the script prints fewer than two lines, so that there is no order to ask about."));
    constexpr qsizetype most = 100; // nobody puts more in order; and each is looked for among all
    if (truth.items.size() > most)
        return fail(m_question.line, tr("the script prints %1 lines; name those to be put in order as 'items'.").arg(truth.items.size()));
    bool isDecided = true;
    for (qsizetype index = 0; index < truth.items.size(); ++index) {
        const QString &item = truth.items[index];
        const auto times = printed.count(item);
        if (times == 1 || truth.items.indexOf(item) < index)
            continue;
        isDecided = false;
        fail(m_question.line,
            times == 0 ? tr("the run never prints '%1'.%2").arg(item, nearNameQuestion(item, printed))
                       : tr("the run prints '%1' %2 times, so that its place is not decided; print other lines, or name 'items'.")
                             .arg(item)
                             .arg(times));
    }
    if (!isDecided)
        return std::nullopt;
    for (const OutputLines::Line &line : lines.all()) {
        if (truth.items.contains(line.text)) {
            truth.order.append(line.text);
            truth.events.append(line.event);
        }
    }
    return truth;
}

std::optional<quint64> TruthFinder::moment()
{
    const auto found = MomentSearch(m_reader, m_words).find(m_question.at);
    if (!found)
        fail(m_question.at.line, tr("the moment does not come in this run: %1.").arg(m_question.at.event));
    return found;
}

QStringList TruthFinder::namesInQueue(const LoopState &state) const
{
    QStringList names;
    if (const auto queue = lessonwords::queueOf(m_question.queue)) {
        for (const TaskState &task : state.waiting(*queue)) {
            if (!m_words.isNodes(task.id))
                names.append(m_words.subjectName(task.id));
        }
        return names;
    }
    // The stack, the running call first. The frame of a callback stands for the call of its function.
    for (std::size_t index = state.stack.size(); index-- > 0;) {
        const CallFrame &frame = state.stack[index];
        const bool isShown = frame.isTask && index + 1 < state.stack.size() && state.stack[index + 1].task == frame.task;
        if (!isShown)
            names.append(frame.isTask ? m_words.subjectName(frame.task) : m_words.functionName(frame.function));
    }
    return names;
}

std::optional<PredictionTruth> TruthFinder::findQueue()
{
    const auto at = moment();
    if (!at)
        return std::nullopt;
    LoopState state;
    for (quint64 index = 0; index <= *at; ++index)
        state.apply(m_reader.event(index));
    PredictionTruth truth;
    truth.items = m_question.items;
    for (const QString &name : namesInQueue(state)) {
        if (!truth.items.contains(name))
            continue;
        if (truth.order.contains(name))
            return fail(m_question.line, tr("'%1' is there more than once at this moment; call the functions otherwise.").arg(name));
        truth.order.append(name);
        truth.events.append(*at);
    }
    if (truth.events.isEmpty())
        truth.events.append(*at);
    return truth;
}

std::optional<PredictionTruth> TruthFinder::findNext()
{
    const auto at = moment();
    if (!at)
        return std::nullopt;
    for (quint64 index = *at + 1; index < m_reader.eventCount(); ++index) {
        const Event event = m_reader.event(index);
        if (event.kind != EventKind::TaskBegun || event.loop() != 0 || m_words.isNodes(event.subject))
            continue;
        const QString name = m_words.subjectName(event.subject);
        const QString rule = ruleOf(static_cast<TaskKind>(event.detail));
        // Callbacks of Node's own functions count where the question names them.
        if (!m_question.items.contains(name) && (event.site == 0 || rule.isNull()))
            continue;
        if (!m_question.items.contains(name))
            return fail(m_question.line, tr("'%1' runs next, and is none of the items.").arg(name));
        if (rule.isNull())
            return fail(m_question.line, tr("'%1' runs next, and there is no rule for what it is; ask about another moment.").arg(name));
        PredictionTruth truth;
        truth.items = m_question.items;
        truth.next = name;
        truth.rule = rule;
        truth.events.append(index);
        return truth;
    }
    return fail(m_question.line, tr("no callback runs after this moment."));
}

std::optional<PredictionTruth> TruthFinder::findChoice()
{
    const RunMeasures measures(m_reader);
    PredictionTruth truth;
    QStringList holding;
    for (qsizetype index = 0; index < m_question.choices.size(); ++index) {
        const ConditionText &text = m_question.choices[index].holds;
        ConditionProblem problem;
        const auto condition = Condition::parse(text.text, MeasureSet::Run, &problem);
        if (!condition)
            return fail(text.line, tr("in the condition, column %1: %2").arg(problem.column).arg(problem.sentence));
        if (!condition->holds(measures))
            continue;
        truth.choice = static_cast<int>(index);
        holding.append(QStringLiteral("'%1'").arg(text.text));
    }
    if (holding.size() > 1)
        return fail(m_question.line,
            tr("%1 hold for the run, and it must be exactly one: %2.").arg(holding.size()).arg(holding.join(QLatin1String(", "))));
    if (holding.isEmpty()) {
        for (const LessonChoice &choice : m_question.choices) {
            ConditionProblem problem;
            QStringList measured;
            const auto condition = Condition::parse(choice.holds.text, MeasureSet::Run, &problem);
            for (const Condition::Part &part : condition->parts(measures))
                measured += part.measured;
            fail(choice.holds.line, tr("none of the choices holds for the run; here %1.").arg(measured.join(QLatin1String(", "))));
        }
        return std::nullopt;
    }
    truth.events.append(m_reader.eventCount() - 1);
    return truth;
}

} // namespace

std::optional<PredictionTruth> PredictionTruth::find(
    const LessonQuestion &question, const RecordingReader &reader, const QString &file, QList<LessonProblem> &problems)
{
    return TruthFinder(question, reader, file, problems).find();
}

} // namespace loopscope
