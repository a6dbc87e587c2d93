// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Lanes of threads: what a stretch of time folds into, at any size, beside a plain sum over all spans.
#include "servers/LaneModel.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

LabSpan span(int thread, ThreadState state, double from, double to, qint64 request = 0) { return {thread, state, from, to, request}; }

double sumOf(const LaneModel::Shares &shares) { return shares.idle + shares.running + shares.ready + shares.blocked; }

} // namespace

class LaneModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsNothingAtFirst();
    void sharesOfAPixel();
    void gapsAreNotKnown();
    void findsWhatAThreadDid();
    void sumsOfALaneAreThoseOfItsSpans();
    void foldsAsAPlainSumDoes_data();
    void foldsAsAPlainSumDoes();
    void portionsMakeNoDifference();
    void lanesOfEndedThreadsAreTakenAgain();
    void brokenSpansAreLeftOut();
};

void LaneModelTest::knowsNothingAtFirst()
{
    const LaneModel model;
    QCOMPARE(model.laneCount(), 0);
    QVERIFY(!model.at(0, 1));
    std::vector<LaneModel::Shares> pixels(4);
    model.fold(0, 0, 1, pixels);
    QCOMPARE(sumOf(pixels[2]), 0.0);
}

void LaneModelTest::sharesOfAPixel()
{
    LaneModel model;
    model.take({ServerModel::ThreadPool, Truth::Simulated, 2,
        {span(1, ThreadState::Running, 0, 0.25, 7), span(1, ThreadState::Blocked, 0.25, 1, 7), span(1, ThreadState::Ready, 1, 1.5, 7),
            span(1, ThreadState::Idle, 1.5, 2)},
        3});
    QCOMPARE(model.left(), 3);
    QCOMPARE(model.toldUpTo(), 2.0);
    std::vector<LaneModel::Shares> pixels(2);
    model.fold(0, 0, 1, pixels);
    QVERIFY(std::abs(pixels[0].running - 0.25) < 1e-5);
    QVERIFY(std::abs(pixels[0].blocked - 0.75) < 1e-5);
    QVERIFY(std::abs(pixels[1].ready - 0.5) < 1e-5);
    QVERIFY(std::abs(pixels[1].idle - 0.5) < 1e-5);
}

void LaneModelTest::gapsAreNotKnown()
{
    LaneModel model;
    model.take(
        {ServerModel::ThreadPool, Truth::Simulated, 3, {span(1, ThreadState::Running, 0, 1), span(1, ThreadState::Running, 2, 3)}, 0});
    std::vector<LaneModel::Shares> pixels(3);
    model.fold(0, 0, 1, pixels);
    QVERIFY(std::abs(sumOf(pixels[0]) - 1) < 1e-5);
    QCOMPARE(sumOf(pixels[1]), 0.0);
    QVERIFY(std::abs(sumOf(pixels[2]) - 1) < 1e-5);
    QVERIFY(!model.at(0, 1.5));
}

void LaneModelTest::sumsOfALaneAreThoseOfItsSpans()
{
    LaneModel model;
    std::array<double, 4> expected{};
    double time = -1;
    for (int i = 0; i < 200; ++i) { // past several sums in between
        const auto state = static_cast<ThreadState>(i % 4);
        const double length = 0.001 * (i % 7 + 1);
        model.take({ServerModel::ThreadPool, Truth::Simulated, time + length, {span(12, state, time, time + length)}, 0, {}});
        expected[static_cast<std::size_t>(state)] += length;
        time += length;
    }
    QCOMPARE(model.threadOf(0), 12);
    const std::array<double, 4> sums = model.secondsByState(0);
    for (std::size_t state = 0; state < sums.size(); ++state)
        QVERIFY2(std::abs(sums[state] - expected[state]) < 1e-4, qPrintable(QString::number(sums[state])));
    QCOMPARE(model.secondsByState(1), (std::array<double, 4>{}));
}

void LaneModelTest::findsWhatAThreadDid()
{
    LaneModel model;
    model.take({ServerModel::ThreadPool, Truth::Simulated, 1,
        {span(2, ThreadState::Running, -1, -0.5, 41), span(2, ThreadState::Blocked, -0.5, 1, 42)}, 0});
    QCOMPARE(model.laneCount(), 1);
    QCOMPARE(model.begin(), -1.0);
    const auto found = model.at(0, 0);
    QVERIFY(found);
    QCOMPARE(found->state, ThreadState::Blocked);
    QCOMPARE(found->request, 42);
    QVERIFY(std::abs(found->from + 0.5) < 1e-5);
    QVERIFY(std::abs(found->to - 1) < 1e-5);
    QVERIFY(!model.at(0, 2));
    QVERIFY(!model.at(1, 0));
}

void LaneModelTest::foldsAsAPlainSumDoes_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("perPixel");
    QTest::newRow("many spans a pixel") << 0.0 << 1.7;
    QTest::newRow("a few spans a pixel") << 3.3 << 0.05;
    QTest::newRow("many pixels a span") << 10.0 << 0.0004;
    QTest::newRow("beyond both ends") << -20.0 << 1.0;
}

void LaneModelTest::foldsAsAPlainSumDoes()
{
    QFETCH(const double, from);
    QFETCH(const double, perPixel);
    QRandomGenerator random(7);
    std::vector<LabSpan> spans;
    double time = 0;
    for (int i = 0; i < 2000; ++i) {
        const double to = time + (1 + random.bounded(40'000)) / 1e6;
        spans.push_back(span(1, static_cast<ThreadState>(random.bounded(4)), time, to));
        time = to;
    }
    LaneModel model;
    model.take({ServerModel::ThreadPool, Truth::Simulated, time, spans, 0});
    std::vector<LaneModel::Shares> pixels(80);
    model.fold(0, from, perPixel, pixels);
    for (std::size_t x = 0; x < pixels.size(); ++x) {
        const double left = from + static_cast<double>(x) * perPixel;
        const double right = left + perPixel;
        std::array<double, 4> sums{};
        for (const LabSpan &each : spans)
            sums[static_cast<std::size_t>(each.state)] += std::max(0.0, std::min(each.to, right) - std::max(each.from, left)) / perPixel;
        const double tolerance = 4e-6 / perPixel + 1e-4; // times are kept in microseconds
        QVERIFY2(std::abs(pixels[x].idle - sums[0]) < tolerance, qPrintable(QString::number(x)));
        QVERIFY(std::abs(pixels[x].running - sums[1]) < tolerance);
        QVERIFY(std::abs(pixels[x].ready - sums[2]) < tolerance);
        QVERIFY(std::abs(pixels[x].blocked - sums[3]) < tolerance);
    }
}

void LaneModelTest::portionsMakeNoDifference()
{
    LaneModel whole;
    LaneModel parts;
    std::vector<LabSpan> spans;
    for (int i = 0; i < 100; ++i)
        spans.push_back(span(1 + i % 3, static_cast<ThreadState>(i % 4), i / 3, i / 3 + 1, i));
    whole.take({ServerModel::Cluster, Truth::Real, 34, spans, 0});
    for (const LabSpan &each : spans)
        parts.take({ServerModel::Cluster, Truth::Real, each.to, {each}, 0});
    QCOMPARE(parts.spanCount(), whole.spanCount());
    for (int lane = 0; lane < 3; ++lane) {
        for (double time = 0.5; time < 33; time += 1) {
            QCOMPARE(parts.at(lane, time)->state, whole.at(lane, time)->state);
            QCOMPARE(parts.at(lane, time)->request, whole.at(lane, time)->request);
        }
    }
}

void LaneModelTest::lanesOfEndedThreadsAreTakenAgain()
{
    LaneModel model;
    LabLanes first{ServerModel::ThreadPerRequest, Truth::Simulated, 1, {}, 0, {}};
    // A thread a request, two at a time; each is told on its own.
    for (int thread = 1; thread <= 20; ++thread) {
        const double from = (thread - 1) / 2 * 0.1;
        first.spans.push_back(span(thread, ThreadState::Running, from, from + 0.02, thread));
        first.spans.push_back(span(thread, ThreadState::Blocked, from + 0.02, from + 0.1, thread));
    }
    model.take(first);
    QCOMPARE(model.laneCount(), 2);
    QVERIFY(model.hasReusedLanes());
    QCOMPARE(model.at(0, 0.05)->request + model.at(1, 0.05)->request, 1 + 2);
    QCOMPARE(model.at(0, 0.95)->request + model.at(1, 0.95)->request, 19 + 20);
    // 19 and 20 live on, 21 is new.
    model.take({ServerModel::ThreadPerRequest, Truth::Simulated, 2,
        {span(19, ThreadState::Idle, 1, 2), span(20, ThreadState::Idle, 1, 2), span(21, ThreadState::Running, 1, 2, 21)}, 0});
    QCOMPARE(model.laneCount(), 3);
    QCOMPARE(model.at(2, 1.5)->request, 21);
}

void LaneModelTest::brokenSpansAreLeftOut()
{
    LaneModel model;
    model.take({ServerModel::Cluster, Truth::Real, 1,
        {span(0, ThreadState::Running, 0, 1), span(-4, ThreadState::Running, 0, 1), span(2'000'000'000, ThreadState::Running, 0, 1),
            span(1, ThreadState::Running, 1, 0)},
        0});
    QCOMPARE(model.laneCount(), 1);
    QCOMPARE(model.spanCount(), std::size_t(1));
}

} // namespace loopscope

QTEST_MAIN(loopscope::LaneModelTest)
#include "LaneModelTest.moc"
