// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the loop view gets from one moment to the next: what moves, appears and vanishes, and from where to where.
#include "loopview/LoopTransition.h"

#include <QTest>

#include <algorithm>

namespace loopscope {

using Kind = LoopTransition::Move::Kind;
using Place = LoopLayout::Place;

namespace {

const QSizeF kSize(900, 700);

LoopItem chip(SubjectId subject, const QString &name = QStringLiteral("callback"))
{
    LoopItem item;
    item.subject = subject;
    item.name = name;
    return item;
}

void add(ChipList &list, SubjectId subject)
{
    list.items.push_back(chip(subject));
    ++list.total;
}

/// Four idle threads and a script that runs as task 1.
LoopContents moment()
{
    LoopContents contents;
    contents.isEmpty = false;
    for (int i = 0; i < 4; ++i)
        contents.threads.push_back({});
    LoopFrame frame;
    frame.subject = 1;
    frame.name = QStringLiteral("script");
    frame.current = true;
    contents.frames.push_back(frame);
    return contents;
}

LoopLayout layoutOf(const LoopContents &contents, QSizeF size = kSize)
{
    const TextWidths widths{[](const QString &text) { return text.size() * 7.0; }, [](const QString &text) { return text.size() * 6.0; }};
    return LoopLayout::compute(contents, size, 1, widths);
}

LoopTransition between(const LoopContents &before, const LoopContents &now)
{
    return LoopTransition::between(before, layoutOf(before), now, layoutOf(now));
}

std::vector<LoopTransition::Move> movesBetween(const LoopContents &before, const LoopContents &now) { return between(before, now).moves(); }

constexpr std::size_t kTimers = 0;

} // namespace

class LoopTransitionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingMovesWhereNothingChanged();
    void whatIsNewComesFromTheCodeThatMadeIt();
    void whatStartsToRunMovesToTheStack();
    void requestsMoveToTheirThread();
    void whatIsGoneFades();
    void othersCloseTheGap();
    void whatSlidesIntoALongQueueDoesNotAppear();
    void whatIsPushedOutOfSightDoesNotVanish();
    void otherSizesDoNotMove();
    void theWayLeadsFromTheOneToTheOther();
};

void LoopTransitionTest::nothingMovesWhereNothingChanged()
{
    LoopContents now = moment();
    add(now.stations.at(kTimers).queue, 2);
    QVERIFY(between(now, now).isEmpty());
    QVERIFY(between(LoopContents(), now).isEmpty());
}

void LoopTransitionTest::whatIsNewComesFromTheCodeThatMadeIt()
{
    const LoopContents before = moment();
    LoopContents now = before;
    add(now.stations.at(kTimers).queue, 2);
    const LoopTransition transition = between(before, now);
    QCOMPARE(transition.moves().size(), std::size_t(1));
    const LoopTransition::Move &move = transition.moves().front();
    QCOMPARE(move.kind, Kind::Appears);
    QCOMPARE(move.place, Place::Station);
    QCOMPARE(move.from.topLeft(), layoutOf(before).frames.front().rect.topLeft());
    QCOMPARE(move.to, layoutOf(now).stations.at(kTimers).queue.items.front().rect);
    QVERIFY(transition.isMoving(Place::Station, kTimers, 0));
    QVERIFY(!transition.isMoving(Place::Frame, 0, 0));
}

void LoopTransitionTest::whatStartsToRunMovesToTheStack()
{
    LoopContents before = moment();
    before.frames.clear();
    add(before.stations.at(kTimers).queue, 2);
    LoopContents now = moment();
    now.frames.front().subject = 2;
    const LoopTransition transition = between(before, now);
    QCOMPARE(transition.moves().size(), std::size_t(1));
    const LoopTransition::Move &move = transition.moves().front();
    QCOMPARE(move.kind, Kind::Moves);
    QCOMPARE(move.place, Place::Frame);
    QCOMPARE(move.from, layoutOf(before).stations.at(kTimers).queue.items.front().rect);
    QCOMPARE(move.to, layoutOf(now).frames.front().rect);
}

void LoopTransitionTest::requestsMoveToTheirThread()
{
    LoopContents before = moment();
    add(before.poolQueue, 5);
    LoopContents now = moment();
    now.threads.at(2).subject = 5;
    const LoopTransition transition = between(before, now);
    QCOMPARE(transition.moves().size(), std::size_t(1));
    QCOMPARE(transition.moves().front().kind, Kind::Moves);
    QCOMPARE(transition.moves().front().place, Place::Thread);
    QCOMPARE(transition.moves().front().index, std::size_t(2));
}

void LoopTransitionTest::whatIsGoneFades()
{
    LoopContents before = moment();
    add(before.ticks, 7);
    const LoopTransition transition = between(before, moment());
    QCOMPARE(transition.moves().size(), std::size_t(1));
    const LoopTransition::Move &move = transition.moves().front();
    QCOMPARE(move.kind, Kind::Vanishes);
    QCOMPARE(move.opacityAt(0), 1.0);
    QCOMPARE(move.opacityAt(1), 0.0);
    QVERIFY(!transition.isMoving(Place::Tick, 0, 0)); // nothing of the end is on its way
}

void LoopTransitionTest::othersCloseTheGap()
{
    LoopContents before = moment();
    for (const SubjectId subject : {2U, 3U, 4U})
        add(before.microtasks, subject);
    LoopContents now = moment();
    for (const SubjectId subject : {3U, 4U})
        add(now.microtasks, subject);
    const auto moves = movesBetween(before, now);
    const auto count = [&](Kind kind) {
        return std::count_if(moves.begin(), moves.end(), [kind](const LoopTransition::Move &move) { return move.kind == kind; });
    };
    QCOMPARE(count(Kind::Moves), 2);
    QCOMPARE(count(Kind::Vanishes), 1);
    QCOMPARE(count(Kind::Appears), 0);
}

void LoopTransitionTest::whatSlidesIntoALongQueueDoesNotAppear()
{
    LoopContents before = moment();
    for (SubjectId subject = 100; subject < 160; ++subject)
        add(before.microtasks, subject);
    before.microtasks.total = 4213;
    LoopContents now = moment();
    for (SubjectId subject = 101; subject < 161; ++subject)
        add(now.microtasks, subject);
    now.microtasks.total = 4212;
    for (const LoopTransition::Move &move : movesBetween(before, now))
        QVERIFY(move.kind != Kind::Appears);
}

void LoopTransitionTest::whatIsPushedOutOfSightDoesNotVanish()
{
    LoopContents before = moment();
    for (SubjectId subject = 100; subject < 150; ++subject)
        add(before.stations.at(kTimers).queue, subject);
    LoopContents now = moment();
    add(now.stations.at(kTimers).queue, 99); // due before them all
    for (SubjectId subject = 100; subject < 150; ++subject)
        add(now.stations.at(kTimers).queue, subject);
    for (const LoopTransition::Move &move : movesBetween(before, now))
        QVERIFY(move.kind != Kind::Vanishes);
}

void LoopTransitionTest::otherSizesDoNotMove()
{
    const LoopContents before = moment();
    LoopContents now = before;
    add(now.ticks, 2);
    QVERIFY(LoopTransition::between(before, layoutOf(before, QSizeF(700, 600)), now, layoutOf(now)).isEmpty());
}

void LoopTransitionTest::theWayLeadsFromTheOneToTheOther()
{
    LoopTransition::Move move;
    move.from = QRectF(0, 0, 10, 10);
    move.to = QRectF(100, 50, 30, 10);
    QCOMPARE(move.rectAt(0), move.from);
    QCOMPARE(move.rectAt(1), move.to);
    QCOMPARE(move.rectAt(0.5), QRectF(50, 25, 20, 10));
    QCOMPARE(move.opacityAt(0.5), 1.0);
}

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::LoopTransitionTest)
#include "LoopTransitionTest.moc"
