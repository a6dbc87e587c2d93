// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The geometry of the loop view: nothing overlaps, nothing leaves its place, and what does not fit is counted.
#include "loopview/LoopLayout.h"

#include <QTest>

namespace loopscope {

namespace {

constexpr std::array<Phase, 6> kPhases{
    Phase::Timers, Phase::PendingCallbacks, Phase::IdlePrepare, Phase::Poll, Phase::Check, Phase::ClosingCallbacks};

/// Every letter 7 px wide, or 6 in facts: texts of known widths without fonts.
TextWidths widths()
{
    return {[](const QString &text) { return text.size() * 7.0; }, [](const QString &text) { return text.size() * 6.0; }};
}

ChipList chips(int count, const QString &name = QStringLiteral("callback"))
{
    ChipList list;
    list.total = count;
    for (int i = 0; i < count; ++i)
        list.items.push_back({static_cast<SubjectId>(i + 1), 1, name, QStringLiteral(":3"), Hue::Timers, false, {}, {}});
    return list;
}

LoopContents contents(int waiting)
{
    LoopContents contents;
    for (std::size_t i = 0; i < kPhases.size(); ++i) {
        contents.stations.at(i).phase = kPhases.at(i);
        contents.stations.at(i).note = QStringLiteral("–");
        contents.stations.at(i).queue = chips(waiting);
    }
    for (int i = 0; i < 4; ++i)
        contents.threads.push_back({0, QStringLiteral("thread"), {}, {}, false});
    contents.ticks = chips(waiting);
    contents.microtasks = chips(waiting);
    for (int i = 0; i < waiting; ++i)
        contents.frames.push_back({1, QStringLiteral("frame"), QStringLiteral(":1"), Hue::Script, i == 0});
    contents.isEmpty = false;
    return contents;
}

bool overlap(const QRectF &one, const QRectF &other)
{
    const QRectF common = one.intersected(other);
    return common.width() > 0.5 && common.height() > 0.5;
}

} // namespace

class LoopLayoutTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stationsStandClockwise();
    void nothingOverlaps_data();
    void nothingOverlaps();
    void signsStandBeforeTheWords();
    void stationsKeepTheirPlace();
    void chipsStayInsideAndTheRestIsCounted();
    void longNamesAreCutToTheRoom();
    void lowViewsKeepTheStack();
    void placesGiveWayToTheOneFact();
    void deepStacksAreCounted();
    void poolLineCountsWhatDoesNotFit();
    void pointsFindTheirItems();
    void changesAreMarked();
};

void LoopLayoutTest::stationsStandClockwise()
{
    const LoopLayout layout = LoopLayout::compute(contents(0), QSizeF(700, 560), 1, widths());
    const auto centre = [&](std::size_t i) { return layout.stations.at(i).card.center(); };
    QVERIFY(centre(0).x() < centre(1).x() && centre(1).x() < centre(2).x());
    QVERIFY(centre(3).x() > centre(4).x() && centre(4).x() > centre(5).x());
    QCOMPARE(centre(0).y(), centre(2).y());
    QVERIFY(centre(3).y() > centre(2).y());
    QVERIFY(layout.pool.top() > centre(3).y());
    QVERIFY(layout.track.contains(layout.thread));
    // The track runs through the stations' heads.
    QVERIFY(layout.stations.at(0).title.top() < layout.track.top() && layout.track.top() < layout.stations.at(0).title.bottom());
}

void LoopLayoutTest::nothingOverlaps_data()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<qreal>("scale");
    QTest::addColumn<int>("waiting");
    for (const int waiting : {0, 1, 5, 60}) {
        QTest::addRow("small, %d", waiting) << QSizeF(520, 460) << 1.0 << waiting;
        QTest::addRow("laptop, %d", waiting) << QSizeF(700, 600) << 1.0 << waiting;
        QTest::addRow("4K, %d", waiting) << QSizeF(2100, 1800) << 1.0 << waiting;
        QTest::addRow("small projector, %d", waiting) << QSizeF(690, 500) << 1.5 << waiting;
        QTest::addRow("projector, %d", waiting) << QSizeF(1300, 1100) << 1.8 << waiting;
    }
}

void LoopLayoutTest::nothingOverlaps()
{
    QFETCH(const QSizeF, size);
    QFETCH(const qreal, scale);
    QFETCH(const int, waiting);
    LoopContents shown = contents(waiting);
    shown.poolQueue = chips(waiting);
    shown.kernel = chips(waiting);
    const LoopLayout layout = LoopLayout::compute(shown, size, scale, widths());
    std::vector<QRectF> areas{layout.thread, layout.pool};
    for (const StationBox &station : layout.stations)
        areas.push_back(station.card);
    const QRectF view(QPointF(0, 0), size);
    for (std::size_t i = 0; i < areas.size(); ++i) {
        QVERIFY2(view.contains(areas.at(i)), qPrintable(QString::number(i)));
        for (std::size_t j = i + 1; j < areas.size(); ++j)
            QVERIFY2(!overlap(areas.at(i), areas.at(j)), qPrintable(QStringLiteral("%1 and %2").arg(i).arg(j)));
    }
    for (const ColumnBox *column : {&layout.ticks, &layout.microtasks, &layout.stack})
        QVERIFY(layout.thread.contains(column->body));
}

void LoopLayoutTest::signsStandBeforeTheWords()
{
    LoopContents shown = contents(2);
    for (LoopStation &station : shown.stations)
        station.title = QStringLiteral("closing callbacks");
    const LoopLayout wide = LoopLayout::compute(shown, QSizeF(1100, 700), 1, widths());
    for (std::size_t i = 0; i < wide.stations.size(); ++i) {
        const StationBox &box = wide.stations.at(i);
        // Pending callbacks and idle, prepare are of no kind.
        QCOMPARE(box.sign.isEmpty(), hueOf(shown.stations.at(i).phase) == Hue::Structure);
        if (!box.sign.isEmpty())
            QVERIFY(box.card.contains(box.sign) && box.sign.right() < box.title.left());
    }
    for (const ColumnBox *box : {&wide.ticks, &wide.microtasks})
        QVERIFY(!box->sign.isEmpty() && box->sign.right() < box->head.left());
    // Words go first.
    const LoopLayout narrow = LoopLayout::compute(shown, QSizeF(430, 460), 1.5, widths());
    for (const StationBox &box : narrow.stations)
        QVERIFY(box.sign.isEmpty());
}

void LoopLayoutTest::stationsKeepTheirPlace()
{
    const LoopLayout before = LoopLayout::compute(contents(0), QSizeF(700, 600), 1, widths());
    const LoopLayout after = LoopLayout::compute(contents(7), QSizeF(700, 600), 1, widths());
    for (std::size_t i = 0; i < before.stations.size(); ++i)
        QCOMPARE(after.stations.at(i).card.topLeft(), before.stations.at(i).card.topLeft());
    QCOMPARE(after.thread, before.thread);
}

void LoopLayoutTest::chipsStayInsideAndTheRestIsCounted()
{
    LoopContents shown = contents(40);
    shown.stations.at(0).queue.total = 1'000'000; // of which 40 are named
    const LoopLayout layout = LoopLayout::compute(shown, QSizeF(700, 600), 1, widths());
    for (std::size_t i = 0; i < layout.stations.size(); ++i) {
        const StationBox &station = layout.stations.at(i);
        QVERIFY(!station.queue.items.empty());
        for (std::size_t k = 0; k < station.queue.items.size(); ++k) {
            QVERIFY(station.card.contains(station.queue.items.at(k).rect));
            for (std::size_t l = k + 1; l < station.queue.items.size(); ++l)
                QVERIFY(!overlap(station.queue.items.at(k).rect, station.queue.items.at(l).rect));
        }
        QVERIFY(station.card.contains(station.queue.more));
        QCOMPARE(station.queue.hidden + static_cast<qsizetype>(station.queue.items.size()), shown.stations.at(i).queue.total);
    }
}

void LoopLayoutTest::longNamesAreCutToTheRoom()
{
    LoopContents shown = contents(0);
    shown.ticks = chips(1, QString(300, QLatin1Char('n')));
    const LoopLayout layout = LoopLayout::compute(shown, QSizeF(700, 600), 1, widths());
    QCOMPARE(layout.ticks.queue.items.size(), std::size_t(1));
    const ItemBox &chip = layout.ticks.queue.items.front();
    QVERIFY(layout.ticks.body.contains(chip.rect));
    QVERIFY(chip.rect.contains(chip.name));
    QVERIFY(chip.rect.contains(chip.fact));
    QVERIFY(chip.fact.width() >= 12); // ":3" is not what gives way
}

void LoopLayoutTest::lowViewsKeepTheStack()
{
    const LoopLayout layout = LoopLayout::compute(contents(4), {690, 500}, 1.5, widths());
    QVERIFY(layout.isTight);
    QVERIFY(layout.frames.size() >= 2);
}

void LoopLayoutTest::placesGiveWayToTheOneFact()
{
    LoopContents contents;
    LoopItem item;
    item.name = QStringLiteral("a rather long name");
    item.fact = QStringLiteral(":12345 · in 424.5 ms");
    item.shortFact = QStringLiteral("in 424.5 ms");
    contents.stations.at(0).queue = {{item}, 1};
    const LoopLayout narrow = LoopLayout::compute(contents, {620, 560}, 1, widths());
    QVERIFY(narrow.stations.at(0).queue.items.front().hasShortFact);
    const LoopLayout wide = LoopLayout::compute(contents, {1800, 900}, 1, widths());
    QVERIFY(!wide.stations.at(0).queue.items.front().hasShortFact);
}

void LoopLayoutTest::deepStacksAreCounted()
{
    const LoopLayout layout = LoopLayout::compute(contents(50), QSizeF(700, 600), 1, widths());
    QVERIFY(!layout.frames.empty());
    QCOMPARE(layout.hiddenFrames + static_cast<qsizetype>(layout.frames.size()), 50);
    QCOMPARE(layout.frames.front().index, std::size_t(0));
    QVERIFY(layout.thread.contains(layout.frames.back().rect));
    QVERIFY(layout.thread.contains(layout.stack.queue.more));
}

void LoopLayoutTest::poolLineCountsWhatDoesNotFit()
{
    LoopContents shown = contents(0);
    shown.poolQueue = chips(30);
    const LoopLayout layout = LoopLayout::compute(shown, QSizeF(700, 600), 1, widths());
    QVERIFY(!layout.poolQueue.queue.items.empty());
    QCOMPARE(layout.poolQueue.queue.hidden + static_cast<qsizetype>(layout.poolQueue.queue.items.size()), 30);
    QVERIFY(layout.pool.contains(layout.poolQueue.queue.more));
}

void LoopLayoutTest::pointsFindTheirItems()
{
    const LoopLayout layout = LoopLayout::compute(contents(2), QSizeF(900, 700), 1, widths());
    const auto hit = layout.at(layout.stations.at(4).queue.items.at(1).rect.center());
    QCOMPARE(hit.place, LoopLayout::Place::Station);
    QCOMPARE(hit.station, std::size_t(4));
    QCOMPARE(hit.index, std::optional<std::size_t>(1));
    const auto head = layout.at(layout.stations.at(0).title.center());
    QCOMPARE(head.place, LoopLayout::Place::Station);
    QVERIFY(!head.index);
    QCOMPARE(layout.at(layout.frames.at(1).rect.center()).place, LoopLayout::Place::Frame);
    QCOMPARE(layout.at(layout.ticks.queue.items.at(0).rect.center()).place, LoopLayout::Place::Tick);
    QCOMPARE(layout.at(layout.threads.at(3).bar.center()).index, std::optional<std::size_t>(3));
    QCOMPARE(layout.at(QPointF(1, 1)).place, LoopLayout::Place::Nothing);
}

void LoopLayoutTest::changesAreMarked()
{
    LoopContents before = contents(1);
    LoopContents after = contents(2);
    after.threads.at(2).subject = 9;
    markChanges(after, before);
    QVERIFY(!after.ticks.items.at(0).changed);
    QVERIFY(after.ticks.items.at(1).changed);
    QVERIFY(after.threads.at(2).changed);
    QVERIFY(!after.threads.at(0).changed);
    // Of a queue that named only its first items, those that slide into sight did not change.
    before.ticks.total = 100;
    LoopContents again = contents(2);
    markChanges(again, before);
    QVERIFY(!again.ticks.items.at(1).changed);
}

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::LoopLayoutTest)
#include "LoopLayoutTest.moc"
