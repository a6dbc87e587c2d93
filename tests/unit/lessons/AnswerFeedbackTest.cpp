// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/AnswerFeedback.h"

#include <QTest>

using namespace loopscope;

namespace {
using Ask = LessonQuestion::Ask;

QStringList split(const QString &names) { return names.split(QLatin1Char(' '), Qt::SkipEmptyParts); }

Misconception wrong(QString Misconception::*field, const char *value, const char *text)
{
    Misconception misconception;
    misconception.*field = QLatin1String(value);
    misconception.text = QLatin1String(text);
    return misconception;
}

Misconception before(const char *first, const char *second, const char *text)
{
    Misconception misconception = wrong(&Misconception::first, first, text);
    misconception.second = QLatin1String(second);
    return misconception;
}
} // namespace

class AnswerFeedbackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orders_data()
    {
        QTest::addColumn<bool>("isQueue");
        QTest::addColumn<QString>("real");
        QTest::addColumn<QString>("given");
        QTest::addColumn<int>("difference");
        QTest::addColumn<QString>("there"); // given/real
        QTest::addColumn<quint64>("event");
        QTest::addColumn<QString>("misconception");
        const auto row = [](const char *name, bool isQueue, const char *real, const char *given, int difference, const char *there,
                             quint64 event, const char *misconception) {
            QTest::newRow(name) << isQueue << QString::fromLatin1(real) << QString::fromLatin1(given) << difference
                                << QString::fromLatin1(there) << event << QString::fromLatin1(misconception);
        };
        row("right", false, "a b c", "a b c", -1, "/", 10, "");
        row("swapped", false, "a b c", "b a c", 0, "b/a", 10, "b first");
        row("later", false, "a b c", "a c b", 1, "c/b", 11, "c first");
        row("two at once: the first of the list is told", false, "a b c", "c b a", 0, "c/a", 10, "b first");
        row("no misconception known", false, "a b c", "c a b", 0, "c/a", 10, "c first");
        row("empty", false, "a b", "", 0, "/a", 10, "");
        row("queue right", true, "a b", "a b", -1, "/", 10, "");
        row("queue empty and right", true, "", "", -1, "/", 10, "");
        row("queue has too much", true, "a", "a x", 1, "x/", 10, "has x");
        row("queue has it rightly", true, "x b", "x", 1, "/b", 11, "lacks b");
        row("queue lacks", true, "a b", "a", 1, "/b", 11, "lacks b");
        row("queue should be empty", true, "", "x", 0, "x/", 10, "has x");
        row("queue in another order", true, "a b", "b a", 0, "b/a", 10, "b first");
    }
    void orders()
    {
        QFETCH(bool, isQueue);
        QFETCH(QString, real);
        QFETCH(QString, given);
        QFETCH(int, difference);
        LessonQuestion question;
        question.ask = isQueue ? Ask::Queue : Ask::Order;
        question.misconceptions = {before("b", "a", "b first"), before("c", "b", "c first"), wrong(&Misconception::has, "x", "has x"),
            wrong(&Misconception::lacks, "b", "lacks b")};
        if (!isQueue)
            question.misconceptions = question.misconceptions.mid(0, 2);
        PredictionTruth truth;
        truth.order = split(real);
        for (qsizetype index = 0; index < std::max<qsizetype>(1, truth.order.size()); ++index)
            truth.events.append(10 + static_cast<quint64>(index));
        PredictionAnswer answer;
        answer.order = split(given);
        const AnswerFeedback feedback = AnswerFeedback::of(question, truth, answer);
        QCOMPARE(feedback.isRight, difference < 0);
        QCOMPARE(feedback.firstDifference, difference);
        QTEST(feedback.given + QLatin1Char('/') + feedback.real, "there");
        QTEST(feedback.event, "event");
        QTEST(feedback.misconception, "misconception");
    }

    void next_data()
    {
        QTest::addColumn<QString>("next");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<int>("difference");
        QTest::addColumn<QString>("misconception");
        QTest::newRow("right") << "a"
                               << "ticks-first" << -1 << "";
        QTest::newRow("callback") << "b"
                                  << "ticks-first" << 0 << "picks b";
        QTest::newRow("rule") << "a"
                              << "timer-due" << 1 << "timers";
        QTest::newRow("both") << "b"
                              << "timer-due" << 0 << "picks b";
        QTest::newRow("unknown") << "c"
                                 << "closing-last" << 0 << "";
        QTest::newRow("nothing") << ""
                                 << "" << 0 << "";
    }
    void next()
    {
        LessonQuestion question;
        question.ask = Ask::Next;
        question.misconceptions = {wrong(&Misconception::picks, "a", "picks a"), wrong(&Misconception::rule, "ticks-first", "ticks"),
            wrong(&Misconception::picks, "b", "picks b"), wrong(&Misconception::rule, "timer-due", "timers")};
        PredictionTruth truth;
        truth.next = QStringLiteral("a");
        truth.rule = QStringLiteral("ticks-first");
        truth.events = {42};
        PredictionAnswer answer;
        QFETCH(QString, next);
        QFETCH(QString, rule);
        answer.next = next;
        answer.rule = rule;
        const AnswerFeedback feedback = AnswerFeedback::of(question, truth, answer);
        QTEST(feedback.firstDifference, "difference");
        QTEST(feedback.misconception, "misconception");
        QCOMPARE(feedback.isRight, feedback.firstDifference < 0);
        QCOMPARE(feedback.event, quint64{42});
    }

    void choices_data()
    {
        QTest::addColumn<int>("choice");
        QTest::addColumn<bool>("isRight");
        QTest::addColumn<QString>("misconception");
        QTest::newRow("right") << 1 << true << "";
        QTest::newRow("wrong") << 0 << false << "M";
        QTest::newRow("wrong with the same text") << 2 << false << "N";
        QTest::newRow("none") << -1 << false << "";
        QTest::newRow("out of the list") << 7 << false << "";
    }
    void choices()
    {
        LessonQuestion question;
        question.ask = Ask::Choice;
        question.choices = {
            {QStringLiteral("A"), {}, QStringLiteral("M")}, {QStringLiteral("B"), {}, {}}, {QStringLiteral("B"), {}, QStringLiteral("N")}};
        PredictionTruth truth;
        truth.choice = 1;
        truth.events = {42};
        PredictionAnswer answer;
        QFETCH(int, choice);
        answer.choice = choice;
        const AnswerFeedback feedback = AnswerFeedback::of(question, truth, answer);
        QTEST(feedback.isRight, "isRight");
        QTEST(feedback.misconception, "misconception");
        QCOMPARE(feedback.real, feedback.isRight ? QString() : QStringLiteral("B"));
    }
};

QTEST_APPLESS_MAIN(AnswerFeedbackTest)
#include "AnswerFeedbackTest.moc"
