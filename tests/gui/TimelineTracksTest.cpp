// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// From events to spans, from spans to rectangles, and the axis between: all without a window.
#include "timeline/TimelineTracks.h"
#include "SampleRecording.h"
#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"
#include "theme/Palette.h"
#include "timeline/SpanText.h"
#include "timeline/TimelineCoordinates.h"
#include "timeline/TimelineDrawList.h"
#include "timeline/TimelineSearch.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <memory>

namespace loopscope {

class TimelineTracksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theSampleHasItsSpans();
    void spansSayWhatTheyAre();
    void nestedTasksAreCalls();
    void anErrorLeavesSeveralCallsAtOnce();
    void deepCallsAreCut();
    void cancelledTimersAreMarked();
    void loopsHaveRows();
    void serverThreadsHaveRows();
    void emptyPhasesTakeNoSpan();
    void anySequenceCanBeAdded();
    void axisGoesThereAndBack();
    void axisStaysInside();
    void ticksAreRound_data();
    void ticksAreRound();
    void columnsHoldTheirEvents_data();
    void columnsHoldTheirEvents();
    void rectanglesStandWhereTheSpansAre();
    void manySpansBecomeFewRectangles();
    void aColumnHasTheColourThatTakesMost();
    void pointsHitSpans();
    void rowsFoldAndUnfold();
    void searchFindsNames();
    void matchesAreMarked();

private:
    static Event make(EventKind kind, SubjectId subject, TaskKind task = TaskKind::Script, SiteId site = 0, quint64 time = 0);

    QTemporaryDir m_folder;
    RecordingReader m_reader;
    std::unique_ptr<StateTimeline> m_timeline;
    std::unique_ptr<EventText> m_text;
    TimelineTracks m_tracks; ///< of the sample
};

void TimelineTracksTest::initTestCase()
{
    const QString path = m_folder.filePath(QStringLiteral("sample.lscope"));
    QVERIFY(SampleRecording::write(path));
    QVERIFY(m_reader.open(path));
    m_timeline = std::make_unique<StateTimeline>(m_reader);
    m_timeline->update();
    m_text = std::make_unique<EventText>(m_reader, m_timeline->index());
    for (quint64 i = 0; i < m_reader.eventCount(); ++i)
        m_tracks.add(m_reader.event(i));
}

Event TimelineTracksTest::make(EventKind kind, SubjectId subject, TaskKind task, SiteId site, quint64 time)
{
    Event event;
    event.kind = kind;
    event.subject = subject;
    event.detail = static_cast<quint8>(task);
    event.site = site;
    event.time = time;
    return event;
}

void TimelineTracksTest::theSampleHasItsSpans()
{
    const auto only = [this](TrackGroup group) -> const SpanTrack & { return m_tracks.rows(group).front(); };
    QCOMPARE(m_tracks.eventCount(), SampleRecording::eventCount());
    QCOMPARE(only(TrackGroup::Iterations).count(), std::size_t(3));
    QCOMPARE(only(TrackGroup::Callbacks).count(), std::size_t(4)); // script, later, show, ping
    QCOMPARE(only(TrackGroup::Microtasks).count(), std::size_t(2)); // tick, react
    QCOMPARE(only(TrackGroup::Calls).count(), std::size_t(5));
    QCOMPARE(only(TrackGroup::Timers).count(), std::size_t(1));
    QCOMPARE(only(TrackGroup::Requests).count(), std::size_t(1));
    QCOMPARE(only(TrackGroup::Pool).count(), std::size_t(1));
    QCOMPARE(only(TrackGroup::PollWaits).count(), std::size_t(1));
    QCOMPARE(only(TrackGroup::Marks).count(), std::size_t(3));
    // The timer waits from its creation to the beginning of its run, the request until its callback begins.
    const SpanTrack &timer = only(TrackGroup::Timers);
    QCOMPARE(m_reader.event(timer.begin(0)).kind, EventKind::TaskCreated);
    QCOMPARE(m_reader.event(*timer.last(0)).kind, EventKind::TaskBegun);
    QVERIFY(!timer.isMarked(0));
    QCOMPARE(m_reader.event(*only(TrackGroup::Requests).last(0)).kind, EventKind::TaskBegun);
    QCOMPARE(m_reader.event(*only(TrackGroup::Pool).last(0)).kind, EventKind::IoCompleted);
    for (const TrackGroup group : {TrackGroup::Iterations, TrackGroup::Callbacks, TrackGroup::Microtasks, TrackGroup::Calls})
        QVERIFY(!only(group).hasOpen());
}

void TimelineTracksTest::spansSayWhatTheyAre()
{
    const SpanText text(m_reader, *m_text, m_tracks);
    QCOMPARE(text.name({TrackGroup::Callbacks, 0, 1}), QStringLiteral("later"));
    QCOMPARE(text.name({TrackGroup::Iterations, 0, 2}), QStringLiteral("3"));
    QCOMPARE(text.name({TrackGroup::Calls, 0, 0}), QStringLiteral("tick"));
    QCOMPARE(text.name({TrackGroup::Timers, 0, 0}), QStringLiteral("ping"));
    QCOMPARE(text.name({TrackGroup::Requests, 0, 0}), QStringLiteral("readFile lobby.json"));
    QCOMPARE(text.name({TrackGroup::Pool, 0, 0}), QStringLiteral("readFile lobby.json"));
    QCOMPARE(text.name({TrackGroup::Marks, 0, 0}), QStringLiteral("end of script"));
    const QString timer = text.describe({TrackGroup::Timers, 0, 0});
    QVERIFY2(timer.contains(QStringLiteral("timeout ping waited")) && timer.contains(QStringLiteral("sample.js:3")), qPrintable(timer));
    QVERIFY(text.subject({TrackGroup::Timers, 0, 0}) != 0);
    QVERIFY(text.site({TrackGroup::Calls, 0, 0}) != 0);
    QVERIFY(text.duration({TrackGroup::Timers, 0, 0}) > 19'000'000);
}

void TimelineTracksTest::nestedTasksAreCalls()
{
    TimelineTracks tracks;
    tracks.add(make(EventKind::TaskBegun, 1, TaskKind::Script));
    tracks.add(make(EventKind::CallEntered, 0, {}, 5));
    tracks.add(make(EventKind::TaskBegun, 2, TaskKind::ModuleEvaluation));
    tracks.add(make(EventKind::CallEntered, 0, {}, 6));
    tracks.add(make(EventKind::TaskEnded, 2, TaskKind::ModuleEvaluation));
    tracks.add(make(EventKind::TaskEnded, 1));
    QCOMPARE(tracks.rows(TrackGroup::Callbacks).front().count(), std::size_t(1));
    const std::vector<SpanTrack> &calls = tracks.rows(TrackGroup::Calls);
    QCOMPARE(calls.size(), std::size_t(3));
    QCOMPARE(calls[0].last(0), std::optional<quint64>(5)); // the script's end ends its calls
    QCOMPARE(calls[1].last(0), std::optional<quint64>(4));
    QCOMPARE(calls[2].last(0), std::optional<quint64>(4));
}

void TimelineTracksTest::anErrorLeavesSeveralCallsAtOnce()
{
    TimelineTracks tracks;
    tracks.add(make(EventKind::TaskBegun, 1));
    for (const SiteId function : {5U, 6U, 7U})
        tracks.add(make(EventKind::CallEntered, 0, {}, function));
    tracks.add(make(EventKind::CallLeft, 0, {}, 5));
    tracks.add(make(EventKind::CallEntered, 0, {}, 8));
    const std::vector<SpanTrack> &calls = tracks.rows(TrackGroup::Calls);
    QCOMPARE(calls[0].count(), std::size_t(2));
    QVERIFY(calls[0].isOpen(1));
    for (const SpanTrack &row : calls)
        QCOMPARE(row.last(0), std::optional<quint64>(4));
}

void TimelineTracksTest::deepCallsAreCut()
{
    TimelineTracks tracks;
    tracks.add(make(EventKind::TaskBegun, 1));
    for (int i = 0; i < 1000; ++i)
        tracks.add(make(EventKind::CallEntered, 0, {}, 5));
    QVERIFY(tracks.hasDeeperCalls());
    QCOMPARE(tracks.rows(TrackGroup::Calls).size(), TimelineTracks::mostCallRows);
    for (int i = 0; i < 1000; ++i)
        tracks.add(make(EventKind::CallLeft, 0, {}, 5));
    for (const SpanTrack &row : tracks.rows(TrackGroup::Calls))
        QVERIFY(!row.hasOpen());
}

void TimelineTracksTest::cancelledTimersAreMarked()
{
    TimelineTracks tracks;
    tracks.add(make(EventKind::TaskCreated, 1, TaskKind::Timeout));
    tracks.add(make(EventKind::TaskCreated, 2, TaskKind::Interval));
    tracks.add(make(EventKind::TaskCancelled, 1));
    tracks.add(make(EventKind::TaskBegun, 2, TaskKind::Interval));
    tracks.add(make(EventKind::TaskRearmed, 2, TaskKind::Interval));
    tracks.add(make(EventKind::TaskEnded, 2, TaskKind::Interval));
    const std::vector<SpanTrack> &timers = tracks.rows(TrackGroup::Timers);
    QVERIFY(timers[0].isMarked(0));
    QVERIFY(!timers[1].isMarked(0));
    // Armed again it waits in the first row that is free.
    QCOMPARE(timers[0].count(), std::size_t(2));
    QVERIFY(timers[0].isOpen(1));
}

/// One row a loop, with what runs in it; the row of one that has ended is the next one's.
void TimelineTracksTest::loopsHaveRows()
{
    TimelineTracks tracks;
    const auto add = [&](quint16 loop, EventKind kind, SubjectId subject) {
        Event event = make(kind, subject, TaskKind::Immediate);
        if (kind == EventKind::LoopStarted)
            event.detail = static_cast<quint8>(LoopKind::Worker);
        event.setPhase(Phase::Check, static_cast<quint16>(loop * lanesOfLoop));
        tracks.add(event);
    };
    add(1, EventKind::LoopStarted, 1);
    add(2, EventKind::LoopStarted, 2);
    add(2, EventKind::TaskBegun, 3);
    add(2, EventKind::TaskBegun, 4); // inside of it
    add(2, EventKind::TaskEnded, 4);
    add(2, EventKind::TaskEnded, 3);
    add(1, EventKind::LoopEnded, 1);
    add(3, EventKind::LoopStarted, 5);
    add(0, EventKind::RunEnded, 0);
    const std::vector<SpanTrack> &loops = tracks.rows(TrackGroup::Loops);
    QCOMPARE(loops.size(), std::size_t(2));
    QCOMPARE(loops[0].count(), std::size_t(2));
    QCOMPARE(loops[0].last(0), std::optional<quint64>(6));
    QCOMPARE(loops[0].begin(1), quint64(7));
    QVERIFY(!loops[0].hasOpen() && !loops[1].hasOpen());
    const SpanTrack &tasks = tracks.rows(TrackGroup::LoopTasks)[1];
    QCOMPARE(tasks.count(), std::size_t(1));
    QCOMPARE(tasks.begin(0), quint64(2));
    QCOMPARE(tasks.last(0), std::optional<quint64>(5));
    TimelineRows rows;
    rows.compute(tracks, 10, 0, 0);
    QVERIFY(rows.find(TrackGroup::Loops, 1) != nullptr);
    QCOMPARE(rows.find(TrackGroup::LoopTasks, 1), rows.find(TrackGroup::Loops, 1));
}

/// One row a thread of a server, by its number: what it does, but being idle, and the tasks that it runs; and the clients' requests.
void TimelineTracksTest::serverThreadsHaveRows()
{
    TimelineTracks tracks;
    const auto add = [&](int thread, EventKind kind, SubjectId subject, quint8 detail = 0, qint64 value = 0) {
        Event event = make(kind, subject);
        event.detail = detail;
        event.value = value;
        event.setPhase(Phase::None, static_cast<quint16>((thread - 1) * lanesOfLoop));
        tracks.add(event);
    };
    const auto change = [&](int thread, SubjectId subject, ThreadActivity activity) {
        add(thread, EventKind::ThreadChanged, subject, static_cast<quint8>(activity));
    };
    add(2, EventKind::LoopStarted, 1, static_cast<quint8>(LoopKind::Thread));
    add(2, EventKind::ThreadStarted, 2, 0, 2);
    change(2, 2, ThreadActivity::Idle);
    add(1, EventKind::RequestSent, 3, 0, 1);
    change(2, 2, ThreadActivity::Running);
    add(2, EventKind::TaskBegun, 4, static_cast<quint8>(TaskKind::IoCallback));
    change(2, 2, ThreadActivity::Ready); // interrupted
    change(2, 2, ThreadActivity::Running);
    add(2, EventKind::TaskEnded, 4, static_cast<quint8>(TaskKind::IoCallback));
    change(2, 2, ThreadActivity::Blocked);
    add(1, EventKind::RequestEnded, 3, 0, 200);
    add(2, EventKind::ThreadEnded, 2);
    add(2, EventKind::ThreadStarted, 5, 0, 2); // another one with its number
    change(2, 5, ThreadActivity::Running);
    add(1, EventKind::RunEnded, 0);
    const std::vector<SpanTrack> &threads = tracks.rows(TrackGroup::Threads);
    QCOMPARE(threads.size(), std::size_t(2));
    QCOMPARE(threads[0].count(), std::size_t(0));
    QCOMPARE(threads[1].count(), std::size_t(5));
    QCOMPARE(threads[1].begin(0), quint64(4));
    QCOMPARE(threads[1].last(3), std::optional<quint64>(11));
    QVERIFY(!threads[1].hasOpen());
    const SpanTrack &tasks = tracks.rows(TrackGroup::ThreadTasks)[1];
    QCOMPARE(tasks.count(), std::size_t(1));
    QCOMPARE(tasks.begin(0), quint64(5));
    QCOMPARE(tasks.last(0), std::optional<quint64>(8));
    QVERIFY(tracks.rows(TrackGroup::Loops).empty());
    const SpanTrack &requests = tracks.rows(TrackGroup::Served)[0];
    QCOMPARE(requests.begin(0), quint64(3));
    QCOMPARE(requests.last(0), std::optional<quint64>(10));
    TimelineRows rows;
    rows.compute(tracks, 10, 0, 0);
    QVERIFY(rows.find(TrackGroup::Threads, 1) != nullptr);
    QCOMPARE(rows.find(TrackGroup::ThreadTasks, 1), rows.find(TrackGroup::Threads, 1));
}

void TimelineTracksTest::emptyPhasesTakeNoSpan()
{
    TimelineTracks tracks;
    const auto enter = [&](Phase phase) {
        Event event = make(EventKind::PhaseEntered, 0);
        event.setPhase(phase);
        tracks.add(event);
    };
    enter(Phase::Timers);
    enter(Phase::Poll);
    tracks.add(make(EventKind::TaskBegun, 1, TaskKind::IoCallback));
    tracks.add(make(EventKind::TaskEnded, 1, TaskKind::IoCallback));
    enter(Phase::Check);
    tracks.add(make(EventKind::IterationStarted, 0));
    const SpanTrack &phases = tracks.rows(TrackGroup::Phases).front();
    QCOMPARE(phases.count(), std::size_t(1));
    QCOMPARE(phases.begin(0), quint64(1));
    QCOMPARE(phases.last(0), std::optional<quint64>(3));
    QCOMPARE(phases.category(0), static_cast<int>(Hue::Poll));
}

void TimelineTracksTest::anySequenceCanBeAdded()
{
    QRandomGenerator random(3);
    TimelineTracks tracks;
    for (int i = 0; i < 200'000; ++i) {
        Event event;
        event.time = random.bounded(1000U);
        event.kind = static_cast<EventKind>(random.bounded(90U));
        event.detail = static_cast<quint8>(random.bounded(20U));
        event.subject = random.bounded(40U);
        event.cause = random.bounded(40U);
        event.site = random.bounded(5U);
        event.value = static_cast<int>(random.bounded(100U)) - 10;
        event.setPhase(static_cast<Phase>(random.bounded(7U)));
        tracks.add(event);
    }
    // Whatever came: rows do not overlap and go forward.
    for (std::size_t group = 0; group < trackGroupCount; ++group) {
        for (const SpanTrack &row : tracks.rows(static_cast<TrackGroup>(group))) {
            for (std::size_t i = 0; i + 1 < row.count(); ++i)
                QVERIFY(row.begin(i) <= *row.last(i) && *row.last(i) <= row.begin(i + 1));
        }
    }
}

void TimelineTracksTest::axisGoesThereAndBack()
{
    TimelineCoordinates axis;
    axis.setExtent(1e9);
    axis.setWidth(1000);
    axis.setShortest(100);
    QVERIFY(axis.showsWhole());
    QCOMPARE(axis.toPixel(5e8), 500.0);
    axis.zoom(10, 300);
    QCOMPARE(axis.length(), 1e8);
    QVERIFY(std::abs(axis.toValue(300) - 3e8) < 1); // stays under the mouse
    QRandomGenerator random(5);
    for (int i = 0; i < 1000; ++i) {
        axis.zoom(0.5 + random.bounded(2.0), random.bounded(1000));
        axis.pan(random.bounded(400) - 200);
        const double value = axis.from() + random.bounded(1.0) * axis.length();
        QVERIFY(std::abs(axis.toValue(axis.toPixel(value)) - value) <= 1e-6 * axis.extent());
    }
    axis.show(2e8, 1e6);
    QVERIFY(!axis.bringIn(2.005e8));
    QVERIFY(axis.bringIn(7e8));
    QVERIFY(axis.from() < 7e8 && axis.to() > 7e8);
    QCOMPARE(axis.length(), 1e6);
}

void TimelineTracksTest::axisStaysInside()
{
    TimelineCoordinates axis;
    axis.setExtent(1000);
    axis.setWidth(100);
    axis.setShortest(10);
    axis.zoom(1e9, 50);
    QCOMPARE(axis.length(), 10.0);
    axis.pan(1e9);
    QCOMPARE(axis.to(), 1000.0);
    axis.pan(-1e9);
    QCOMPARE(axis.from(), 0.0);
    axis.zoom(1e-9, 50);
    QVERIFY(axis.showsWhole());
    axis.setExtent(5000);
    QVERIFY(axis.showsWhole()); // who sees everything goes on seeing everything
    axis.show(100, 50);
    axis.setExtent(9000);
    QCOMPARE(axis.from(), 100.0);
    axis.setExtent(3); // shorter than the shortest
    QVERIFY(axis.showsWhole());
}

void TimelineTracksTest::ticksAreRound_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("length");
    QTest::addColumn<double>("distance");
    QTest::addColumn<double>("first");
    QTest::newRow("whole") << 0.0 << 1000.0 << 100.0 << 0.0;
    QTest::newRow("part") << 130.0 << 400.0 << 50.0 << 150.0;
    QTest::newRow("close") << 101.5 << 20.0 << 2.0 << 102.0;
    QTest::newRow("closest") << 101.5 << 5.0 << 1.0 << 102.0;
}

void TimelineTracksTest::ticksAreRound()
{
    QFETCH(double, from);
    QFETCH(double, length);
    TimelineCoordinates axis;
    axis.setExtent(1000);
    axis.setWidth(1000);
    axis.show(from, length);
    QTEST(axis.ticks(90).distance, "distance");
    QTEST(axis.ticks(90).first, "first");
}

void TimelineTracksTest::columnsHoldTheirEvents_data()
{
    QTest::addColumn<bool>("inTime");
    QTest::newRow("time") << true;
    QTest::newRow("events") << false;
}

void TimelineTracksTest::columnsHoldTheirEvents()
{
    QFETCH(bool, inTime);
    QRandomGenerator random(31);
    EventTimes times;
    quint64 now = 0;
    for (int i = 0; i < 3000; ++i)
        times.add(now += random.bounded(10U) == 0 ? random.bounded(5000U) : 0);
    for (int round = 0; round < 50; ++round) {
        TimelineCoordinates axis;
        axis.setExtent(inTime ? static_cast<double>(now) * 1.02 : 3000);
        axis.setWidth(200 + random.bounded(300));
        axis.setShortest(1);
        axis.zoom(1 + random.bounded(50.0), random.bounded(200));
        PixelColumns columns;
        columns.compute(axis, inTime ? TimelineAxis::Time : TimelineAxis::Events, times);
        for (quint64 event = 0; event < 3000; ++event) {
            const double pixel = axis.toPixel(static_cast<double>(inTime ? times.at(event) : event));
            const int column = columns.columnOf(event);
            if (pixel < 0)
                QCOMPARE(column, -1);
            else if (pixel < columns.width())
                QVERIFY2(std::abs(pixel - column - 0.5) <= 1.5 + 1e-6, qPrintable(QStringLiteral("%1 in %2").arg(pixel).arg(column)));
            else
                QVERIFY(column >= columns.width() - 1);
            if (column >= 0 && column < columns.width())
                QVERIFY(columns.edge(column) <= event && event < columns.edge(column + 1));
        }
    }
}

namespace {

/// Everything on a sheet of that width, as the timeline draws it.
struct Drawing
{
    TimelineCoordinates axis;
    PixelColumns columns;
    TimelineRows rows;
    TimelineDrawList list;

    Drawing(const TimelineTracks &tracks, TimelineAxis kind, int width, const SpanMatches *matches = nullptr)
    {
        axis.setExtent(
            kind == TimelineAxis::Events ? static_cast<double>(tracks.eventCount()) : static_cast<double>(tracks.times().last()));
        axis.setWidth(width);
        columns.compute(axis, kind, tracks.times());
        rows.compute(tracks, 10, 0, 0);
        TimelineDrawListBuilder builder(tracks, columns, list);
        builder.setColumnTime(axis.length() / width);
        builder.setMatches(matches);
        builder.addRows(rows, 0, rows.height());
    }
    std::vector<QRect> inRow(TrackGroup group) const
    {
        std::vector<QRect> found;
        for (const std::vector<QRect> &each : list.rects) {
            for (const QRect &rect : each) {
                if (rect.top() == rows.find(group, 0)->top)
                    found.push_back(rect);
            }
        }
        return found;
    }
};

/// Short callbacks, one after the other, every fourth a timer's and twice as long.
TimelineTracks manyCallbacks(int count)
{
    TimelineTracks tracks;
    quint64 time = 0;
    for (int i = 0; i < count; ++i) {
        Event event;
        event.kind = EventKind::TaskBegun;
        event.subject = static_cast<SubjectId>(i + 1);
        event.detail = static_cast<quint8>(i % 4 == 0 ? TaskKind::Timeout : TaskKind::Immediate);
        event.time = time;
        tracks.add(event);
        event.kind = EventKind::TaskEnded;
        event.time = time += i % 4 == 0 ? 20 : 100;
        tracks.add(event);
    }
    return tracks;
}

} // namespace

void TimelineTracksTest::rectanglesStandWhereTheSpansAre()
{
    const int width = static_cast<int>(SampleRecording::eventCount()) * 10;
    const Drawing drawing(m_tracks, TimelineAxis::Events, width);
    // Every event is ten pixels wide, so the script's span is where its events are.
    const SpanTrack &callbacks = m_tracks.rows(TrackGroup::Callbacks).front();
    const auto left = static_cast<int>(callbacks.begin(0)) * 10;
    const auto right = static_cast<int>(*callbacks.last(0) + 1) * 10;
    const std::vector<QRect> rects = drawing.inRow(TrackGroup::Callbacks);
    QCOMPARE(rects.size(), std::size_t(4));
    QVERIFY(std::any_of(rects.begin(), rects.end(), [&](const QRect &rect) { return rect.left() == left && rect.right() + 2 == right; }));
    QVERIFY(!drawing.list.labels.empty());
    for (const std::vector<QRect> &each : drawing.list.rects) {
        for (const QRect &rect : each)
            QVERIFY(rect.left() >= 0 && rect.right() < width && rect.width() > 0);
    }
}

void TimelineTracksTest::manySpansBecomeFewRectangles()
{
    const TimelineTracks tracks = manyCallbacks(300'000);
    for (const TimelineAxis kind : {TimelineAxis::Time, TimelineAxis::Events}) {
        const Drawing drawing(tracks, kind, 1000);
        QVERIFY2(drawing.list.rectCount() <= 510, qPrintable(QString::number(drawing.list.rectCount())));
        int covered = 0;
        for (const QRect &rect : drawing.inRow(TrackGroup::Callbacks))
            covered += rect.width();
        QCOMPARE(covered, 1000); // no column is left out and none drawn twice
    }
}

void TimelineTracksTest::aColumnHasTheColourThatTakesMost()
{
    const TimelineTracks tracks = manyCallbacks(300'000);
    const Drawing drawing(tracks, TimelineAxis::Time, 1000);
    QVERIFY(!drawing.list.rects[TimelineInk::index(TimelineInk::Solid, static_cast<int>(Hue::Check))].empty());
    for (std::size_t shade = 0; shade < TimelineInk::ShadeCount; ++shade)
        QVERIFY(drawing.list.rects[TimelineInk::index(static_cast<TimelineInk::Shade>(shade), static_cast<int>(Hue::Timers))].empty());
}

void TimelineTracksTest::pointsHitSpans()
{
    for (const TimelineAxis kind : {TimelineAxis::Time, TimelineAxis::Events}) {
        const Drawing drawing(m_tracks, kind, 900);
        // Every label stands on its own span.
        QVERIFY(!drawing.list.labels.empty());
        for (const SpanLabel &label : drawing.list.labels) {
            if (label.span.group == TrackGroup::PollWaits)
                continue; // lies on its phase
            const auto hit = spanAt(m_tracks, drawing.columns, drawing.rows, label.room.center());
            QVERIFY(hit.has_value());
            QCOMPARE(*hit, label.span);
        }
        QCOMPARE(spanAt(m_tracks, drawing.columns, drawing.rows, {5, drawing.rows.height() + 50}), std::nullopt);
        QCOMPARE(spanAt(m_tracks, drawing.columns, drawing.rows, {2000, 5}), std::nullopt);
    }
    const auto script = spanBeginningWith(m_tracks, m_tracks.rows(TrackGroup::Callbacks).front().begin(0));
    QCOMPARE(script, std::optional<SpanRef>({TrackGroup::Callbacks, 0, 0}));
    QCOMPARE(spanBeginningWith(m_tracks, 0), std::nullopt);
}

void TimelineTracksTest::rowsFoldAndUnfold()
{
    TimelineTracks tracks;
    for (SubjectId timer = 1; timer <= 10; ++timer)
        tracks.add(make(EventKind::TaskCreated, timer, TaskKind::Timeout));
    TimelineRows rows;
    QVERIFY(rows.compute(tracks, 10, 2, 4));
    QVERIFY(!rows.compute(tracks, 10, 2, 4));
    const auto block = [&] {
        return *std::find_if(
            rows.blocks().begin(), rows.blocks().end(), [](const TimelineBlock &b) { return b.group == TrackGroup::Timers; });
    };
    QVERIFY(block().canUnfold);
    QCOMPARE(block().hiddenRows, 8);
    QVERIFY(rows.find(TrackGroup::Timers, 5) == nullptr);
    rows.setUnfolded(TrackGroup::Timers, true);
    QVERIFY(rows.compute(tracks, 10, 2, 4));
    QCOMPARE(block().hiddenRows, 0);
    QVERIFY(rows.find(TrackGroup::Timers, 5) != nullptr);
    for (const TimelineRow &row : rows.rows())
        QCOMPARE(rows.rowAt(row.top + 5), &row);
}

void TimelineTracksTest::searchFindsNames()
{
    TimelineSearch search;
    search.setSource(&m_reader, m_text.get());
    const quint64 end = m_reader.eventCount();
    search.setText(QStringLiteral("PING"));
    while (search.lookedAt() < end)
        search.lookOn(end, 7);
    // The timer, its run, its call, what it prints.
    QCOMPARE(search.matches().size(), std::size_t(4));
    QCOMPARE(search.next(search.matches().back()), std::optional<quint64>(search.matches().front()));
    QCOMPARE(search.next(0), std::optional<quint64>(search.matches().front()));
    QCOMPARE(search.previous(0), std::optional<quint64>(search.matches().back()));
    QVERIFY(std::is_sorted(search.matches().begin(), search.matches().end()));
    search.setText(QStringLiteral("lobby"));
    search.lookOn(end, end);
    QCOMPARE(search.matches().size(), std::size_t(2)); // the request, and the thread that works on it
    for (const quint32 match : search.matches())
        QVERIFY(spanBeginningWith(m_tracks, match).has_value());
    search.setText(QStringLiteral("no such name"));
    search.lookOn(end, end);
    QCOMPARE(search.next(0), std::nullopt);
    search.setText({});
    QVERIFY(!search.lookOn(end, end));
}

void TimelineTracksTest::matchesAreMarked()
{
    const TimelineTracks tracks = manyCallbacks(300'000);
    const SpanMatches matches{0, 300'000, 599'998};
    const Drawing drawing(tracks, TimelineAxis::Events, 1000, &matches);
    QCOMPARE(drawing.list.found.size(), std::size_t(3));
    QCOMPARE(drawing.list.found[1].left(), 500);
    // All the rest is dim.
    int solid = 0;
    for (const QRect &rect : drawing.list.rects[TimelineInk::index(TimelineInk::Solid, static_cast<int>(Hue::Check))])
        solid += rect.width();
    QVERIFY(solid <= 6);
}

} // namespace loopscope

QTEST_APPLESS_MAIN(loopscope::TimelineTracksTest)
#include "TimelineTracksTest.moc"
