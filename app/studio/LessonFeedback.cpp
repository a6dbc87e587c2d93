// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LessonFeedback.h"

#include "lessons/Handout.h"
#include "lessons/TextLook.h"
#include "lessons/loader/AnswerTexts.h"
#include "lessons/loader/Condition.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "state/Explainer.h"
#include "state/StateTimeline.h"

#include <algorithm>

namespace loopscope {

TaskResult::TaskResult(const LessonTask &task, const Measures &run, MeasureSet set)
{
    ConditionProblem problem;
    const auto condition = Condition::parse(task.holds.text, set, &problem);
    if (!condition) { // who read the lesson has told that already
        m_feedback = problem.sentence;
        return;
    }
    m_isRight = condition->holds(run);
    QStringList parts{
        m_isRight ? tr("**✓ That is it.** What was asked holds for this run:") : tr("**✗ Not yet.** What was asked, in this run:")};
    QStringList rows;
    for (const Condition::Part &part : condition->parts(run)) {
        QString row = (part.holds ? tr("* ✓ holds: %1") : tr("* ✗ does not hold: %1")).arg(codeInMarkdown(part.text));
        if (!part.holds && !part.measured.isEmpty())
            row += tr(" (%1)").arg(part.measured.join(QStringLiteral("; ")));
        rows << row;
    }
    parts << rows.join(u'\n');
    for (const Misconception &each : m_isRight ? QList<Misconception>() : task.misconceptions) {
        const auto when = Condition::parse(each.when.text, set, &problem);
        if (when && when->holds(run)) {
            parts << each.text;
            break;
        }
    }
    m_feedback = parts.join(QStringLiteral("\n\n"));
}

QuestionRun::QuestionRun(const LessonQuestion &question, RunSession &session)
    : m_question(question)
    , m_session(session)
{
    QList<LessonProblem> problems;
    if (const auto truth = PredictionTruth::find(question, *session.reader(), QStringLiteral("lesson.json"), problems))
        m_truth = *truth;
    else
        m_problem = tr("This question cannot be asked: %1").arg(problems.isEmpty() ? QString() : problems.constFirst().text());
}

QStringList QuestionRun::items() const
{
    if (m_question.ask != LessonQuestion::Ask::Choice)
        return m_truth.items;
    QStringList texts;
    for (const LessonChoice &choice : m_question.choices)
        texts << choice.text;
    return texts;
}

QStringList QuestionRun::right() const
{
    switch (m_question.ask) {
    case LessonQuestion::Ask::Order:
    case LessonQuestion::Ask::Queue:
        return m_truth.order;
    case LessonQuestion::Ask::Next:
        return {m_truth.next, m_truth.rule};
    case LessonQuestion::Ask::Choice:
        break;
    }
    return {QString::number(m_truth.choice)};
}

int QuestionRun::rightItem() const
{
    if (m_question.ask == LessonQuestion::Ask::Choice)
        return m_truth.choice;
    return static_cast<int>(items().indexOf(m_question.ask == LessonQuestion::Ask::Next ? m_truth.next : m_truth.order.value(0)));
}

bool QuestionRun::isRight(const QStringList &answer) const
{
    return AnswerFeedback::of(m_question, m_truth, answerOf(m_question, answer)).isRight;
}

/// Each as Markdown for a cell of a table.
QStringList QuestionRun::shown(const QStringList &answer) const
{
    QStringList lines;
    if (m_question.ask == LessonQuestion::Ask::Choice)
        return {QString(m_question.choices.value(answer.value(0).toInt()).text).replace(u'|', QStringLiteral("\\|"))};
    for (const QString &each : answer)
        lines << codeInMarkdown(each);
    if (m_question.ask == LessonQuestion::Ask::Next && lines.size() > 1)
        lines[1] = Handout::ruleInWords(answer.at(1));
    return lines;
}

QString QuestionRun::beside(const QStringList &given, const QStringList &real, int difference) const
{
    QString table = tr("|   | you said | the run did |\n|---|---|---|\n");
    for (qsizetype i = 0; i < std::max(given.size(), real.size()); ++i) {
        const QString mark = i == difference  ? tr("**✗ here**")
            : given.value(i) == real.value(i) ? QStringLiteral("✓")
                                              : QStringLiteral("✗");
        table += QStringLiteral("| %1 | %2 | %3 |\n").arg(mark, given.value(i, QStringLiteral("–")), real.value(i, QStringLiteral("–")));
    }
    return table;
}

QString QuestionRun::ruleAt(quint64 event) const
{
    // In the Explainer's words, whose links lead into the same run.
    const Explainer explainer(*m_session.reader(), m_session.timeline()->index(), *m_session.text());
    QStringList sentences;
    for (const Explanation &each : explainer.explain(m_session.timeline()->stateAt(event + 1))) {
        if (each.topic == Explanation::Topic::JustNow || each.topic == Explanation::Topic::Because)
            sentences << each.text;
    }
    return sentences.join(u' ');
}

QString QuestionRun::told() const
{
    QStringList parts{tr("**What the run did**")};
    QStringList lines;
    for (const QString &each : shown(right()))
        lines << QStringLiteral("%1. %2").arg(lines.size() + 1).arg(each);
    parts << (lines.isEmpty() ? tr("Nothing is in it.") : lines.size() == 1 ? lines.constFirst().mid(3) : lines.join(u'\n'));
    const quint64 event = m_truth.events.value(0);
    parts << tr("%1 · [Show that moment](event:%2)").arg(ruleAt(event)).arg(event);
    return parts.join(QStringLiteral("\n\n"));
}

QString QuestionRun::feedback(const QStringList &answer) const
{
    const AnswerFeedback came = AnswerFeedback::of(m_question, m_truth, answerOf(m_question, answer));
    QStringList parts{came.isRight ? tr("**✓ Right.** So it ran:") : tr("**✗ Not so.** Your answer beside the run:")};
    parts << beside(shown(answer), shown(right()), came.firstDifference);
    if (!came.misconception.isEmpty())
        parts << came.misconception;
    const QString link = tr("[Show that moment](event:%1)").arg(came.event);
    parts << (came.isRight ? link : tr("%1 · %2").arg(ruleAt(came.event), link));
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace loopscope
