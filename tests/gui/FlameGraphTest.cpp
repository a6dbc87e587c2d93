// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The geometry of flame graphs, without a window.
#include "profile/FlameGraph.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

namespace loopscope {

class FlameGraphTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void longestStandsLeft();
    void calleesStandBelowTheirCaller();
    void unfinishedCallersAreAsLongAsTheirCallees();
    void timelessNodesHaveNoFrame();
    void keysGoFromFrameToFrame();
    void narrowFramesAreFolded_data();
    void narrowFramesAreFolded();
    void boxesStayInTheWindow();
    void nothingGivesNothing();
    void manyFramesGiveFewBoxes();
    void callsStandAtTheirTime();
};

namespace {

/// all 100: a 30 (c 30), b 60 (d 10, e 50)
std::vector<FlameNode> sample() { return {{0, 100}, {0, 30}, {0, 60}, {1, 30}, {2, 10}, {2, 50}}; }

std::vector<quint32> nodesOf(const std::vector<FlameFrame> &row)
{
    std::vector<quint32> nodes;
    for (const FlameFrame &frame : row)
        nodes.push_back(frame.node);
    return nodes;
}

FlameWindow windowOf(const FlameGraph &graph, int width) { return {0, static_cast<double>(graph.length()), width, 0, graph.rowCount()}; }

} // namespace

void FlameGraphTest::longestStandsLeft()
{
    const FlameGraph graph = FlameGraph::merged(sample());
    QCOMPARE(graph.length(), quint64(100));
    QCOMPARE(graph.rowCount(), 3);
    QCOMPARE(nodesOf(graph.row(1)), (std::vector<quint32>{2, 1}));
    QCOMPARE(nodesOf(graph.row(2)), (std::vector<quint32>{5, 4, 3}));
    QCOMPARE(graph.row(1)[1].start, quint64(60));
}

void FlameGraphTest::calleesStandBelowTheirCaller()
{
    QRandomGenerator random(7);
    std::vector<FlameNode> nodes{{0, 0}};
    for (quint32 i = 1; i < 2000; ++i)
        nodes.push_back({random.bounded(i), 1 + random.bounded(50U)});
    for (std::size_t node = nodes.size(); node-- > 1;)
        nodes[nodes[node].parent].total += nodes[node].total;
    const FlameGraph graph = FlameGraph::merged(nodes);
    std::size_t frames = 1;
    for (int row = 1; row < graph.rowCount(); ++row) {
        frames += graph.row(row).size();
        for (std::size_t i = 0; i < graph.row(row).size(); ++i) {
            const FlameFrame &frame = graph.row(row)[i];
            const std::optional<FlamePlace> caller = graph.callerOf({row, i});
            QVERIFY(caller);
            QCOMPARE(graph.frame(*caller).node, nodes[frame.node].parent);
            QVERIFY(graph.frame(*caller).end() >= frame.end());
            QVERIFY(i == 0 || graph.row(row)[i - 1].end() <= frame.start);
        }
    }
    QCOMPARE(frames, nodes.size());
}

void FlameGraphTest::unfinishedCallersAreAsLongAsTheirCallees()
{
    const FlameGraph graph = FlameGraph::merged({{0, 0}, {0, 5}, {1, 40}, {0, 20}});
    QCOMPARE(graph.length(), quint64(60));
    QCOMPARE(graph.row(1)[0].length, quint64(40));
}

void FlameGraphTest::timelessNodesHaveNoFrame()
{
    const FlameGraph graph = FlameGraph::merged({{0, 10}, {0, 0}, {0, 10}});
    QCOMPARE(nodesOf(graph.row(1)), (std::vector<quint32>{2}));
}

void FlameGraphTest::keysGoFromFrameToFrame()
{
    const FlameGraph graph = FlameGraph::merged(sample());
    const FlamePlace b{1, 0};
    QCOMPARE(graph.longestCalleeOf({0, 0}), std::optional(b));
    QCOMPARE(graph.longestCalleeOf(b), std::optional(FlamePlace{2, 0}));
    QCOMPARE(graph.longestCalleeOf({2, 0}), std::optional<FlamePlace>());
    QCOMPARE(graph.beside(b, 1), std::optional(FlamePlace{1, 1}));
    QCOMPARE(graph.beside(b, -1), std::optional<FlamePlace>());
    QCOMPARE(graph.beside({1, 1}, 1), std::optional<FlamePlace>());
    QCOMPARE(graph.at(1, 59), std::optional(b));
    QCOMPARE(graph.at(1, 60), std::optional(FlamePlace{1, 1}));
    QCOMPARE(graph.at(1, 90), std::optional<FlamePlace>()); // what the root takes itself
    QCOMPARE(graph.at(3, 0), std::optional<FlamePlace>());
}

void FlameGraphTest::narrowFramesAreFolded_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<std::size_t>("whole");
    QTest::addColumn<std::size_t>("folded");
    // 1000 frames of 1 ns beside one of 1000 ns.
    QTest::newRow("all too narrow") << 100 << std::size_t(1) << std::size_t(1);
    QTest::newRow("just wide enough") << 4000 << std::size_t(1001) << std::size_t(0);
}

void FlameGraphTest::narrowFramesAreFolded()
{
    QFETCH(int, width);
    std::vector<FlameNode> nodes{{0, 2000}, {0, 1000}};
    nodes.resize(1002, {0, 1});
    const FlameGraph graph = FlameGraph::merged(nodes);
    FlameWindow window = windowOf(graph, width);
    window.firstRow = 1;
    const std::vector<FlameBox> boxes = flameBoxes(graph, window);
    const auto folded = std::count_if(boxes.begin(), boxes.end(), [](const FlameBox &box) { return box.isFolded; });
    QTEST(static_cast<std::size_t>(folded), "folded");
    QTEST(boxes.size() - static_cast<std::size_t>(folded), "whole");
    QCOMPARE(boxes.back().right, static_cast<double>(width));
}

void FlameGraphTest::boxesStayInTheWindow()
{
    const FlameGraph graph = FlameGraph::merged(sample());
    const std::vector<FlameBox> boxes = flameBoxes(graph, {55, 10, 1000, 1, 3});
    QCOMPARE(boxes.size(), std::size_t(4)); // b and a, d and c: e ends at 50
    for (const FlameBox &box : boxes)
        QVERIFY(box.left >= 0 && box.left < box.right && box.right <= 1000);
    QCOMPARE(boxes[0].right, 500.0);
    QCOMPARE(boxes[1].left, 500.0);
}

void FlameGraphTest::nothingGivesNothing()
{
    QCOMPARE(FlameGraph::merged({}).rowCount(), 0);
    QVERIFY(flameBoxes(FlameGraph(), {0, 1, 100, 0, 10}).empty());
    const FlameGraph graph = FlameGraph::merged(sample());
    QVERIFY(flameBoxes(graph, {0, 100, 0, 0, 3}).empty());
    QVERIFY(flameBoxes(graph, {0, 0, 100, 0, 3}).empty());
    QVERIFY(flameBoxes(graph, {0, 100, 100, 5, 9}).empty());
}

void FlameGraphTest::manyFramesGiveFewBoxes()
{
    FlameGraph graph;
    for (quint64 i = 0; i < 3'000'000; ++i) {
        graph.begin(0, 3 * i, 0, 0);
        graph.end(0, 3 * i + 2);
    }
    QElapsedTimer timer;
    timer.start();
    const std::vector<FlameBox> boxes = flameBoxes(graph, windowOf(graph, 2560));
    QVERIFY2(timer.elapsed() < 100, "the work must depend on pixels, not on frames");
    QVERIFY(boxes.size() <= 1280);
    QVERIFY(std::all_of(boxes.begin(), boxes.end(), [](const FlameBox &box) { return box.isFolded; }));
}

void FlameGraphTest::callsStandAtTheirTime()
{
    FlameGraph graph;
    graph.begin(0, 10, 1, 3);
    graph.begin(1, 10, 2, 4);
    graph.end(1, 10); // took no time
    graph.begin(1, 15, 3, 5);
    graph.end(1, 20);
    graph.end(0, 30);
    graph.begin(0, 50, 1, 7);
    graph.reach(0, 90); // goes on
    QCOMPARE(graph.length(), quint64(90));
    QCOMPARE(nodesOf(graph.row(0)), (std::vector<quint32>{1, 1}));
    QCOMPARE(nodesOf(graph.row(1)), (std::vector<quint32>{3}));
    QCOMPARE(graph.row(0)[0].length, quint64(20));
    QCOMPARE(graph.row(0)[1].end(), quint64(90));
    QCOMPARE(graph.row(1)[0].event, quint32(5));
    QCOMPARE(graph.callerOf({1, 0}), std::optional(FlamePlace{0, 0}));
    QCOMPARE(graph.at(0, 40), std::optional<FlamePlace>()); // nothing ran
}

} // namespace loopscope

QTEST_MAIN(loopscope::FlameGraphTest)
#include "FlameGraphTest.moc"
