// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/LaneWatch.h"

#include <QTemporaryFile>
#include <QTest>

#include <thread>
#include <unistd.h>

using namespace loopscope;

class LaneBoardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadOnce();
    void anotherProcessSeesTheSame();
    void whatIsNoBoardIsRefused();
    void whoReadsTooSeldomKnowsWhatIsMissing();
    void notesThatAreReadWhileTheyAreWrittenAreWhole();
    void spansHaveNoGaps();
    void ofThreadsThatRunSomeAreReady();
};

void LaneBoardTest::whatIsWrittenIsReadOnce()
{
    const auto board = LaneBoard::make(3);
    board->write(1, {5, 77, LaneNote::Kind::State, ThreadState::Blocked});
    board->write(1, {6, 1'000'000'000'000, LaneNote::Kind::RequestEnded, ThreadState::Running});
    LaneReader reader(*board, 1);
    const std::vector<LaneNote> notes = reader.take();
    QCOMPARE(notes.size(), std::size_t(2));
    QCOMPARE(notes[0].time, 5);
    QCOMPARE(notes[0].request, 77);
    QCOMPARE(notes[0].state, ThreadState::Blocked);
    QCOMPARE(notes[1].request, 1'000'000'000'000);
    QCOMPARE(notes[1].kind, LaneNote::Kind::RequestEnded);
    QVERIFY(reader.take().empty());
    QVERIFY(LaneReader(*board, 0).take().empty());
}

void LaneBoardTest::anotherProcessSeesTheSame()
{
    const auto board = LaneBoard::make(2);
    const auto other = LaneBoard::open(::dup(board->descriptor()));
    QVERIFY(other != nullptr);
    board->setExtras(1.5, 2.5);
    other->write(1, {9, 4, LaneNote::Kind::State, ThreadState::Running});
    QCOMPARE(other->lanes(), 2);
    QCOMPARE(other->ioMilliseconds(), 1.5);
    QCOMPARE(other->cpuMilliseconds(), 2.5);
    QCOMPARE(LaneReader(*board, 1).take().size(), std::size_t(1));
}

void LaneBoardTest::whatIsNoBoardIsRefused()
{
    QVERIFY(LaneBoard::open(-1) == nullptr);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(QByteArray(4096, 'x'));
    file.flush();
    QVERIFY(LaneBoard::open(::dup(file.handle())) == nullptr);
}

void LaneBoardTest::whoReadsTooSeldomKnowsWhatIsMissing()
{
    const auto board = LaneBoard::make(1000); // 256 notes each
    for (int index = 0; index < 1000; ++index)
        board->write(0, {index, index, LaneNote::Kind::State, ThreadState::Running});
    LaneReader reader(*board, 0);
    const std::vector<LaneNote> notes = reader.take();
    QVERIFY(notes.size() >= 250);
    QCOMPARE(static_cast<qint64>(notes.size()) + reader.missed(), 1000);
    QCOMPARE(notes.back().request, 999);
}

void LaneBoardTest::notesThatAreReadWhileTheyAreWrittenAreWhole()
{
    const auto board = LaneBoard::make(1000);
    constexpr qint64 count = 200'000;
    std::thread writer([&board] {
        for (qint64 index = 1; index <= count; ++index)
            board->write(0, {index, index, LaneNote::Kind::State, ThreadState::Running});
    });
    LaneReader reader(*board, 0);
    qint64 read = 0;
    bool areWhole = true;
    for (qint64 last = 0; last < count;) {
        for (const LaneNote &note : reader.take()) {
            areWhole = areWhole && note.time == note.request && note.time > last;
            last = note.time;
            ++read;
        }
    }
    writer.join();
    QVERIFY(areWhole);
    QCOMPARE(read + reader.missed(), count);
}

void LaneBoardTest::spansHaveNoGaps()
{
    const auto board = LaneBoard::make(1);
    const qint64 origin = LaneBoard::now() - 1'000'000'000;
    LaneWatch watch(*board, origin, 10);
    const auto write = [&](qint64 microseconds, LaneNote::Kind kind, qint64 request, ThreadState state) {
        board->write(0, {origin + microseconds * 1000, request, kind, state});
    };
    write(100, LaneNote::Kind::State, 0, ThreadState::Idle);
    write(200, LaneNote::Kind::State, 0, ThreadState::Running);
    write(210, LaneNote::Kind::RequestBegan, 3, ThreadState::Running);
    write(210, LaneNote::Kind::State, 3, ThreadState::Running);
    write(260, LaneNote::Kind::State, 3, ThreadState::Blocked);
    write(900, LaneNote::Kind::State, 3, ThreadState::Running);
    write(950, LaneNote::Kind::RequestEnded, 3, ThreadState::Running);
    write(960, LaneNote::Kind::State, 0, ThreadState::Idle);
    const LabLanes lanes = watch.take();
    QVERIFY(lanes.spans.size() >= 6);
    for (std::size_t index = 1; index < lanes.spans.size(); ++index)
        QCOMPARE(lanes.spans[index].from, lanes.spans[index - 1].to);
    QCOMPARE(lanes.spans.back().to, lanes.time);
    QCOMPARE(lanes.spans.front().thread, 1);
    const LaneWatch::Way *way = watch.way(3);
    QVERIFY(way != nullptr);
    QCOMPARE(qRound(way->began * 1e6), 210);
    QCOMPARE(qRound(way->ended * 1e6), 950);
    QCOMPARE(way->spans.size(), std::size_t(3));
    QCOMPARE(way->spans[1].state, ThreadState::Blocked);
    QCOMPARE(watch.way(2), nullptr);
    QCOMPARE(watch.way(11), nullptr);
}

void LaneBoardTest::ofThreadsThatRunSomeAreReady()
{
    const auto board = LaneBoard::make(6);
    const LaneWatch watch(*board, 0, 0);
    QCOMPARE(watch.threads(), 0);
    for (int lane = 0; lane < 5; ++lane)
        board->lane(lane).state = static_cast<quint8>(lane < 4 ? ThreadState::Running : ThreadState::Blocked);
    const std::array<int, 4> states = watch.states(1.2);
    QCOMPARE(states[static_cast<std::size_t>(ThreadState::Running)], 3);
    QCOMPARE(states[static_cast<std::size_t>(ThreadState::Ready)], 1);
    QCOMPARE(states[static_cast<std::size_t>(ThreadState::Blocked)], 1);
    QCOMPARE(watch.states(9)[static_cast<std::size_t>(ThreadState::Ready)], 4);
    QCOMPARE(watch.threads(), 5);
}

QTEST_GUILESS_MAIN(LaneBoardTest)
#include "LaneBoardTest.moc"
