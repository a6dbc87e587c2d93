// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The model of an answer: an order, a queue with a border, one of several.
#include "lessons/AnswerChips.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace loopscope {

using Kind = AnswerChips::Kind;

class AnswerChipsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mixedIsNeverTheGivenOrder_data();
    void mixedIsNeverTheGivenOrder();
    void orderIsMovedStepByStep();
    void queueHasABorder();
    void dropDecidesTheSide_data();
    void dropDecidesTheSide();
    void oneIsChosen();
};

void AnswerChipsTest::mixedIsNeverTheGivenOrder_data()
{
    QTest::addColumn<QStringList>("items");
    QTest::newRow("two") << QStringList{QStringLiteral("a"), QStringLiteral("b")};
    QTest::newRow("four") << QStringList{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"), QStringLiteral("4")};
    QStringList many;
    for (int i = 0; i < 40; ++i)
        many << QStringLiteral("line %1").arg(i);
    QTest::newRow("forty") << many;
}

void AnswerChipsTest::mixedIsNeverTheGivenOrder()
{
    QFETCH(const QStringList, items);
    AnswerChips chips;
    chips.ask(Kind::Order, items, true);
    const QStringList first = chips.items();
    QVERIFY(first != items);
    QVERIFY(std::is_permutation(first.begin(), first.end(), items.begin(), items.end()));
    chips.ask(Kind::Order, items, true);
    QCOMPARE(chips.items(), first); // coming back does not shuffle anew
    chips.ask(Kind::Order, items, false);
    QCOMPARE(chips.items(), items);
}

void AnswerChipsTest::orderIsMovedStepByStep()
{
    AnswerChips chips;
    chips.ask(Kind::Order, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, false);
    QSignalSpy changes(&chips, &AnswerChips::changed);
    chips.moveCurrent(1);
    QCOMPARE(chips.answer().join(QString()), QStringLiteral("bac"));
    QCOMPARE(chips.current(), 1); // the keyboard stays with the chip
    chips.moveCurrent(1);
    chips.moveCurrent(1); // at the end: nothing
    QCOMPARE(chips.answer().join(QString()), QStringLiteral("bca"));
    QCOMPARE(changes.count(), 2);
    chips.place(2, 0);
    QCOMPARE(chips.answer().join(QString()), QStringLiteral("abc"));
    QVERIFY(chips.isReady());
}

void AnswerChipsTest::queueHasABorder()
{
    AnswerChips chips;
    chips.ask(Kind::Queue, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, false);
    QCOMPARE(chips.answer(), QStringList());
    QVERIFY(chips.isReady()); // an empty queue is an answer
    chips.toggle(1);
    QCOMPARE(chips.answer().join(QString()), QStringLiteral("b"));
    chips.setCurrent(1);
    chips.moveCurrent(-1); // "a" crosses the border first, and only then passes "b"
    QCOMPARE(chips.answer().join(QString()), QStringLiteral("ba"));
    chips.moveCurrent(-1);
    QCOMPARE(chips.answer().join(QString()), QStringLiteral("ab"));
    chips.setCurrent(1);
    chips.moveCurrent(1);
    QCOMPARE(chips.answer().join(QString()), QStringLiteral("a"));
    chips.toggle(0);
    QCOMPARE(chips.answer(), QStringList());
    QCOMPARE(chips.count(), 3);
}

void AnswerChipsTest::dropDecidesTheSide_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<bool>("isIn");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("all");
    QTest::newRow("in, first") << 2 << 0 << true << QStringLiteral("cab") << QStringLiteral("cabd");
    QTest::newRow("in, last") << 3 << 2 << true << QStringLiteral("abd") << QStringLiteral("abdc");
    QTest::newRow("out") << 0 << 1 << false << QStringLiteral("b") << QStringLiteral("bacd");
    QTest::newRow("beyond the border") << 0 << 3 << true << QStringLiteral("ba") << QStringLiteral("bacd");
    QTest::newRow("no such chip") << 9 << 0 << true << QStringLiteral("ab") << QStringLiteral("abcd");
}

void AnswerChipsTest::dropDecidesTheSide()
{
    QFETCH(const int, from);
    QFETCH(const int, to);
    QFETCH(const bool, isIn);
    AnswerChips chips;
    chips.ask(Kind::Queue, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")}, false);
    chips.toggle(0);
    chips.toggle(1);
    chips.place(from, to, isIn);
    QTEST(chips.answer().join(QString()), "answer");
    QTEST(chips.items().join(QString()), "all");
}

void AnswerChipsTest::oneIsChosen()
{
    AnswerChips chips;
    chips.ask(Kind::One, {QStringLiteral("a"), QStringLiteral("b")}, false);
    QVERIFY(!chips.isReady());
    QCOMPARE(chips.answer(), QStringList());
    chips.toggle(1);
    QCOMPARE(chips.answer(), QStringList{QStringLiteral("b")});
    chips.toggle(0);
    QCOMPARE(chips.answer(), QStringList{QStringLiteral("a")});
    chips.moveCurrent(1);
    QCOMPARE(chips.items().join(QString()), QStringLiteral("ab")); // those stand where they stand
}

} // namespace loopscope

QTEST_APPLESS_MAIN(loopscope::AnswerChipsTest)
#include "AnswerChipsTest.moc"
