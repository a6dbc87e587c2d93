// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Times, spans and their sums against the plainest way to say the same, over random input with fixed seeds.
#include "timeline/EventTimes.h"
#include "timeline/LaneTracks.h"
#include "timeline/SpanTrack.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

namespace loopscope {

class TimelineSpansTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timesAreExact_data();
    void timesAreExact();
    void timesBackwardsStandStill();
    void sumsEqualAPlainLoop_data();
    void sumsEqualAPlainLoop();
    void spansAreFoundAsByAPlainLoop();
    void longSpansKeepTheirEnds();
    void durationsAreRoughlyKept();
    void anOpenSpanEndsLater();
    void aSpanIsSmall();
    void overlappingSpansGetRowsOfTheirOwn();
    void whoFindsNoRowJoinsTheCrowd();
};

namespace {

struct PlainSpan
{
    quint64 begin;
    quint64 last;
    quint64 duration;
    int category;
};

std::vector<PlainSpan> randomSpans(int count, quint32 seed)
{
    QRandomGenerator random(seed);
    std::vector<PlainSpan> spans;
    quint64 at = 0;
    for (int i = 0; i < count; ++i) {
        at += random.bounded(4U);
        // Now and then a span too long for 16 bits.
        const quint64 length = random.bounded(500U) == 0 ? 100'000U + random.bounded(1000U) : random.bounded(30U);
        spans.push_back({at, at + length, random.bounded(100U), static_cast<int>(random.bounded(8U))});
        at += length + 1;
    }
    return spans;
}

SpanTrack trackOf(const std::vector<PlainSpan> &spans)
{
    SpanTrack track;
    for (const PlainSpan &span : spans) {
        track.open(span.begin, span.category);
        track.close(span.last, span.duration);
    }
    return track;
}

} // namespace

void TimelineSpansTest::timesAreExact_data()
{
    QTest::addColumn<quint32>("longest");
    QTest::newRow("virtual time: small steps") << 40U;
    QTest::newRow("many at one moment") << 2U;
    QTest::newRow("wall clock: long steps") << 3'000'000'000U;
}

void TimelineSpansTest::timesAreExact()
{
    QFETCH(quint32, longest);
    QRandomGenerator random(7);
    EventTimes times;
    std::vector<quint64> plain;
    quint64 now = 0;
    for (int i = 0; i < 5000; ++i) {
        now += random.bounded(longest);
        times.add(now);
        plain.push_back(now);
    }
    QCOMPARE(times.count(), quint64(5000));
    QCOMPARE(times.last(), now);
    for (std::size_t i = 0; i < plain.size(); ++i)
        QCOMPARE(times.at(i), plain[i]);
    for (int i = 0; i < 5000; ++i) {
        const quint64 asked = random.generate64() % (now + 10);
        const auto expected = static_cast<quint64>(std::lower_bound(plain.begin(), plain.end(), asked) - plain.begin());
        QCOMPARE(times.firstFrom(asked), expected);
    }
    for (const quint64 asked : plain)
        QCOMPARE(times.firstFrom(asked), static_cast<quint64>(std::lower_bound(plain.begin(), plain.end(), asked) - plain.begin()));
}

void TimelineSpansTest::timesBackwardsStandStill()
{
    EventTimes times;
    for (const quint64 time : {5, 9, 3, 10})
        times.add(time);
    QCOMPARE(times.at(2), quint64(9));
    QCOMPARE(times.at(3), quint64(10));
}

void TimelineSpansTest::sumsEqualAPlainLoop_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 31, 32, 33, 511, 512, 513, 20'000})
        QTest::addRow("%d spans", count) << count;
}

void TimelineSpansTest::sumsEqualAPlainLoop()
{
    QFETCH(int, count);
    const std::vector<PlainSpan> spans = randomSpans(count, 11);
    const SpanTrack track = trackOf(spans);
    QRandomGenerator random(13);
    for (int i = 0; i < 400; ++i) {
        const std::size_t first = random.bounded(count + 1);
        const std::size_t end = random.bounded(count + 2);
        SpanSums plain;
        for (std::size_t k = first; k < std::min<std::size_t>(end, spans.size()); ++k)
            plain.add(spans[k].category, static_cast<float>(spans[k].last - spans[k].begin + 1), static_cast<float>(spans[k].duration));
        const SpanSums sums = track.sums(first, end);
        for (std::size_t category = 0; category < plain.events.size(); ++category) {
            QVERIFY(std::abs(sums.events[category] - plain.events[category]) <= 1e-4F * plain.events[category]);
            QVERIFY(std::abs(sums.time[category] - plain.time[category]) <= 1e-4F * plain.time[category]);
        }
    }
}

void TimelineSpansTest::spansAreFoundAsByAPlainLoop()
{
    const std::vector<PlainSpan> spans = randomSpans(3000, 17);
    const SpanTrack track = trackOf(spans);
    QRandomGenerator random(19);
    for (int i = 0; i < 5000; ++i) {
        const quint64 event = random.generate64() % (spans.back().last + 5);
        const auto ending = std::find_if(spans.begin(), spans.end(), [&](const PlainSpan &span) { return span.last >= event; });
        QCOMPARE(track.firstEndingFrom(event), static_cast<std::size_t>(ending - spans.begin()));
        const auto beginning = std::find_if(spans.begin(), spans.end(), [&](const PlainSpan &span) { return span.begin >= event; });
        const auto expected = static_cast<std::size_t>(beginning - spans.begin());
        QCOMPARE(track.firstBeginningFrom(event), expected);
        const std::size_t from = random.bounded(static_cast<quint32>(expected + 1));
        QCOMPARE(track.firstBeginningFrom(event, from), expected);
    }
}

void TimelineSpansTest::longSpansKeepTheirEnds()
{
    const std::vector<PlainSpan> spans = randomSpans(5000, 23);
    const SpanTrack track = trackOf(spans);
    QVERIFY(std::any_of(spans.begin(), spans.end(), [](const PlainSpan &span) { return span.last - span.begin > 0xffff; }));
    for (std::size_t i = 0; i < spans.size(); ++i) {
        QCOMPARE(track.begin(i), spans[i].begin);
        QCOMPARE(track.last(i), std::optional(spans[i].last));
        QCOMPARE(track.category(i), spans[i].category);
    }
}

void TimelineSpansTest::durationsAreRoughlyKept()
{
    SpanTrack track;
    QRandomGenerator random(29);
    for (unsigned bits = 0; bits < 63; ++bits) {
        const quint64 duration = (quint64(1) << bits) + (random.generate64() & ((quint64(1) << bits) - 1));
        track.open(bits, 0);
        track.close(bits, duration);
        const auto kept = static_cast<double>(track.roughDuration(bits));
        QVERIFY2(std::abs(kept / static_cast<double>(duration) - 1) < 0.016, qPrintable(QString::number(duration)));
        if (duration < 128)
            QCOMPARE(track.roughDuration(bits), duration);
    }
}

void TimelineSpansTest::anOpenSpanEndsLater()
{
    SpanTrack track;
    track.close(3, 1); // nothing to close
    QVERIFY(track.isEmpty());
    track.open(5, 2);
    QVERIFY(track.isOpen(0));
    QCOMPARE(track.last(0), std::nullopt);
    QCOMPARE(track.firstEndingFrom(1000), std::size_t(0));
    QCOMPARE(SpanSums::largest(track.sums(0, 1).events), -1);
    track.close(9, 40, true);
    QCOMPARE(track.last(0), std::optional<quint64>(9));
    QVERIFY(track.isMarked(0));
    QCOMPARE(SpanSums::largest(track.sums(0, 1).events), 2);
    QCOMPARE(track.firstEndingFrom(10), std::size_t(1));
}

void TimelineSpansTest::aSpanIsSmall()
{
    SpanTrack track;
    for (quint64 i = 0; i < 100'000; ++i) {
        track.open(2 * i, 3);
        track.close(2 * i + 1, 20);
    }
    QVERIFY2(track.bytes() < 100'000 * 9, qPrintable(QString::number(track.bytes())));
}

void TimelineSpansTest::overlappingSpansGetRowsOfTheirOwn()
{
    LaneTracks lanes;
    QCOMPARE(lanes.open(1, 10, 0), 0);
    QCOMPARE(lanes.open(2, 20, 0), 1);
    lanes.close(0, 3, 30);
    QCOMPARE(lanes.open(4, 40, 0), 0);
    QCOMPARE(lanes.open(5, 50, 0), 2);
    lanes.close(1, 6, 60, true);
    QCOMPARE(lanes.tracks().size(), std::size_t(3));
    QCOMPARE(lanes.tracks()[0].count(), std::size_t(2));
    QCOMPARE(lanes.tracks()[1].roughDuration(0), quint64(40));
    QVERIFY(lanes.tracks()[1].isMarked(0));
}

void TimelineSpansTest::whoFindsNoRowJoinsTheCrowd()
{
    LaneTracks lanes;
    for (int i = 0; i < LaneTracks::mostLanes; ++i)
        QCOMPARE(lanes.open(static_cast<quint64>(i), 0, 0), i);
    QCOMPARE(lanes.open(100, 0, 0), LaneTracks::crowd);
    QCOMPARE(lanes.open(101, 0, 0), LaneTracks::crowd);
    lanes.close(LaneTracks::crowd, 102, 0);
    const SpanTrack &crowd = lanes.tracks()[LaneTracks::crowd];
    QVERIFY(crowd.isOpen(0));
    lanes.close(LaneTracks::crowd, 103, 0);
    QCOMPARE(crowd.count(), std::size_t(1));
    QCOMPARE(crowd.last(0), std::optional<quint64>(103));
    lanes.close(LaneTracks::crowd, 104, 0); // damage: one too many
    QCOMPARE(crowd.count(), std::size_t(1));
}

} // namespace loopscope

QTEST_APPLESS_MAIN(loopscope::TimelineSpansTest)
#include "TimelineSpansTest.moc"
