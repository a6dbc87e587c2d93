// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RandomRun.h"
#include "recording/RecordingWriter.h"
#include "state/StateTimeline.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <random>

using namespace loopscope;

namespace {

Event made(EventKind kind, SubjectId subject = 0, quint8 detail = 0, qint64 value = 0, SiteId site = 0)
{
    Event event;
    event.kind = kind;
    event.subject = subject;
    event.detail = detail;
    event.value = value;
    event.site = site;
    return event;
}

Event made(EventKind kind, SubjectId subject, TaskKind detail, qint64 value = 0, SiteId site = 0)
{
    return made(kind, subject, static_cast<quint8>(detail), value, site);
}

std::vector<SubjectId> idsIn(const LoopState &state, LoopQueue queue)
{
    std::vector<SubjectId> ids;
    for (const TaskState &task : state.waiting(queue))
        ids.push_back(task.id);
    return ids;
}

/// Empty, or the first thing in which the state is not as expected.
QString difference(const LoopState &state, const ExpectedState &expected)
{
    if (state.cursor != expected.cursor || state.time != expected.time || state.iteration != expected.iteration
        || state.phase != expected.phase)
        return QStringLiteral("cursor, time, iteration or phase");
    std::set<SubjectId> ready;
    for (size_t queue = 1; queue < loopQueueCount; ++queue) {
        if (idsIn(state, static_cast<LoopQueue>(queue)) != expected.queues[queue])
            return QStringLiteral("queue %1").arg(queue);
        for (const TaskState &task : state.waiting(static_cast<LoopQueue>(queue))) {
            if (task.ready)
                ready.insert(task.id);
        }
    }
    if (ready != expected.ready)
        return QStringLiteral("ready tasks");
    std::vector<SubjectId> running;
    for (const TaskState &task : state.runningTasks)
        running.push_back(task.id);
    std::vector<SiteId> frames;
    for (const CallFrame &frame : state.stack)
        frames.push_back(frame.function);
    if (running != expected.running || frames != expected.frames)
        return QStringLiteral("stack");
    std::set<SubjectId> unsettled;
    state.unsettledPromises.visit([&](SubjectId id, const PromiseState &) { return unsettled.insert(id).second; });
    std::set<SubjectId> inFlight;
    state.requests.visit([&](SubjectId id, const RequestState &) { return inFlight.insert(id).second; });
    if (unsettled != expected.unsettled || inFlight != expected.inFlight)
        return QStringLiteral("promises or requests");
    for (quint32 thread = 1; thread <= state.poolThreads.size(); ++thread) {
        const auto works = expected.threads.find(thread);
        if (state.poolThreads[thread - 1] != (works != expected.threads.end() ? works->second : 0))
            return QStringLiteral("pool threads");
    }
    return state.totals.consoleTexts == expected.consoleTexts ? QString() : QStringLiteral("console texts");
}

} // namespace

class StateTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path() const { return m_folder.filePath(QStringLiteral("state.lscope")); }

    void write(const std::vector<Event> &events) const
    {
        QString error;
        const auto writer = RecordingWriter::create(path(), &error);
        QVERIFY2(writer, qPrintable(error));
        for (const Event &event : events)
            writer->append(event);
    }

    static LoopState folded(const std::vector<Event> &events)
    {
        LoopState state;
        for (const Event &event : events)
            state.apply(event);
        return state;
    }

private Q_SLOTS:
    void tableBehavesLikeAMap()
    {
        std::mt19937 random(3);
        SharedTable<quint32, quint32> table;
        std::map<quint32, quint32> map;
        std::vector<std::pair<SharedTable<quint32, quint32>, std::map<quint32, quint32>>> copies;
        for (int i = 0; i < 20000; ++i) {
            const quint32 key = random() % 700;
            const quint32 value = random();
            switch (random() % 4) {
            case 0:
                QCOMPARE(table.erase(key), map.erase(key) > 0);
                break;
            case 1:
                if (quint32 *at = table.edit(key); at != nullptr) {
                    *at = value;
                    map.at(key) = value;
                }
                break;
            default:
                table.insert(key, value);
                map[key] = value;
            }
            QCOMPARE(table.size(), map.size());
            const auto found = map.find(key);
            QCOMPARE(table.find(key) != nullptr, found != map.end());
            if (i % 500 == 0)
                copies.emplace_back(table, map);
        }
        for (const auto &[copy, original] : copies) {
            auto entry = original.begin();
            copy.visit(
                [&](quint32 key, quint32 value) { return entry != original.end() && entry->first == key && entry++->second == value; });
            QVERIFY(entry == original.end());
            QCOMPARE(copy.size(), original.size());
            QCOMPARE(copy == table, original == map);
        }
    }

    void timersWaitInTheOrderTheyAreDue()
    {
        LoopState state = folded({made(EventKind::TaskCreated, 1, TaskKind::Timeout, 5, 4), made(EventKind::TimerArmed, 1, 0, 30),
            made(EventKind::TaskCreated, 2, TaskKind::Interval), made(EventKind::TimerArmed, 2, 0, 10),
            made(EventKind::TaskCreated, 3, TaskKind::Timeout), made(EventKind::TimerArmed, 3, 0, 30),
            made(EventKind::TaskReferenced, 3, 0)});
        QCOMPARE(idsIn(state, LoopQueue::Timers), (std::vector<SubjectId>{2, 1, 3}));
        QCOMPARE(state.task(1)->function, 4U);
        QCOMPARE(state.task(1)->scheduledAt, 5U);
        QCOMPARE(*state.task(1)->dueAt, 30U);
        QVERIFY(state.task(1)->referenced && !state.task(3)->referenced);
        // An interval comes back after its run, with what is known about it.
        for (const Event &event : {made(EventKind::TaskReady, 2), made(EventKind::TaskBegun, 2, TaskKind::Interval)})
            state.apply(event);
        QCOMPARE(state.runningTask()->id, 2U);
        QCOMPARE(idsIn(state, LoopQueue::Timers), (std::vector<SubjectId>{1, 3}));
        const quint64 created = state.runningTask()->createdEvent;
        for (const Event &event : {made(EventKind::TaskEnded, 2), made(EventKind::TaskRearmed, 2), made(EventKind::TimerArmed, 2, 0, 30)})
            state.apply(event);
        QCOMPARE(idsIn(state, LoopQueue::Timers), (std::vector<SubjectId>{1, 3, 2}));
        QCOMPARE(state.task(2)->createdEvent, created);
        QCOMPARE(state.task(2)->kind, TaskKind::Interval);
        QVERIFY(!state.task(2)->ready);
        state.apply(made(EventKind::TaskCancelled, 1));
        QCOMPARE(idsIn(state, LoopQueue::Timers), (std::vector<SubjectId>{3, 2}));
        QCOMPARE(state.totals.tasksCancelled, 1U);
    }

    void theSoonestOfManyTimersAreFound()
    {
        std::mt19937 random(7);
        LoopState state;
        std::map<SubjectId, std::pair<quint64, quint64>> timers; // due time and event
        for (int i = 0; i < 20000; ++i) {
            const SubjectId id = 1 + random() % 2000;
            const quint64 due = random() % 500;
            if (!state.waitingTasks.contains(id))
                state.apply(made(EventKind::TaskCreated, id, TaskKind::Timeout));
            if (random() % 3 == 0) {
                state.apply(made(EventKind::TaskCancelled, id));
                timers.erase(id);
            } else {
                timers[id] = {due, state.cursor};
                state.apply(made(EventKind::TimerArmed, id, 0, static_cast<qint64>(due)));
            }
            if (i % 100 != 0)
                continue;
            std::vector<std::pair<std::pair<quint64, quint64>, SubjectId>> inOrder;
            for (const auto &[timer, place] : timers)
                inOrder.emplace_back(place, timer);
            std::sort(inOrder.begin(), inOrder.end());
            std::vector<SubjectId> expected;
            for (const auto &[place, timer] : inOrder)
                expected.push_back(timer);
            QCOMPARE(idsIn(state, LoopQueue::Timers), expected);
            QCOMPARE(state.waitingCount(LoopQueue::Timers), expected.size());
            std::vector<SubjectId> first;
            for (const TaskState &task : state.waiting(LoopQueue::Timers, 5))
                first.push_back(task.id);
            expected.resize(std::min<size_t>(5, expected.size()));
            QCOMPARE(first, expected);
        }
    }

    void inputAndOutputGoThroughPoolAndPoll()
    {
        LoopState state = folded({made(EventKind::IoSubmitted, 1, 1, 8), made(EventKind::TaskCreated, 2, TaskKind::IoCallback),
            made(EventKind::IoSubmitted, 3, 1, 9), made(EventKind::TaskCreated, 4, TaskKind::IoCallback),
            made(EventKind::IoStarted, 1, 0, 2)});
        QCOMPARE(idsIn(state, LoopQueue::Poll), (std::vector<SubjectId>{2, 4}));
        QCOMPARE(state.poolThreads, (std::vector<SubjectId>{0, 1, 0, 0}));
        QCOMPARE(state.poolQueue().size(), 1U);
        QCOMPARE(state.poolQueue()[0].id, 3U);
        QCOMPARE(state.requests.find(3)->label, 9U);
        for (const Event &event : {made(EventKind::IoStarted, 3, 0, 1), made(EventKind::IoCompleted, 3), made(EventKind::TaskReady, 4)})
            state.apply(event);
        QCOMPARE(idsIn(state, LoopQueue::Poll), (std::vector<SubjectId>{4, 2}));
        QVERIFY(state.task(4)->ready && !state.task(2)->ready);
        QCOMPARE(state.poolThreads, (std::vector<SubjectId>{0, 1, 0, 0}));
        QCOMPARE(state.requests.size(), 1U);
    }

    void theStackFollowsTasksAndCalls()
    {
        LoopState state =
            folded({made(EventKind::TaskCreated, 1, TaskKind::Script, 0, 1), made(EventKind::TaskBegun, 1, TaskKind::Script, 0, 1),
                made(EventKind::Statement, 0, 0, 0, 2), made(EventKind::CallEntered, 0, 0, 2, 10), made(EventKind::Statement, 0, 0, 0, 11),
                made(EventKind::CallEntered, 0, 1, 11, 20)});
        QCOMPARE(state.stack.size(), 3U);
        QVERIFY(state.stack[0].isTask && state.stack[2].isResumed);
        QCOMPARE(state.stack[0].statement, 2U);
        QCOMPARE(state.stack[1].calledAt, 2U);
        QCOMPARE(state.currentStatement(), 11U);
        LoopState thrown = state;
        state.apply(made(EventKind::CallLeft, 0, 0, 0, 20));
        QCOMPARE(state.stack.size(), 2U);
        // An error goes through the inner call without leaving it.
        thrown.apply(made(EventKind::CallLeft, 0, 0, 0, 10));
        QCOMPARE(thrown.stack.size(), 1U);
        thrown.apply(made(EventKind::CallLeft, 0, 0, 0, 1)); // the task's own frame stays
        QCOMPARE(thrown.stack.size(), 1U);
        state.apply(made(EventKind::TaskEnded, 1, TaskKind::Script, 1));
        QVERIFY(state.stack.empty() && state.runningTasks.empty());
        QCOMPARE(state.currentStatement(), 0U);
    }

    void promisesAreKeptUntilTheySettle()
    {
        LoopState state = folded({made(EventKind::PromiseCreated, 1, 3, 20), made(EventKind::PromiseCreated, 2, 2, 1),
            made(EventKind::ReactionAdded, 1, 1, 2), made(EventKind::AwaitSuspended, 1, 0, 2, 30),
            made(EventKind::AwaitSuspended, 0, 0, 1, 31), made(EventKind::PromiseAdopted, 2, 0, 1)});
        const PromiseState *first = state.unsettledPromises.find(1);
        const PromiseState *second = state.unsettledPromises.find(2);
        QVERIFY(first != nullptr && second != nullptr);
        QCOMPARE(first->awaiting, 2U);
        QCOMPARE(first->awaitSite, 30U);
        QCOMPARE(first->reactions, 2U); // the handler and the module's await
        QCOMPARE(second->reactions, 1U);
        QCOMPARE(second->adopted, 1U);
        QCOMPARE(state.topLevelAwait, 1U);
        for (const Event &event :
            {made(EventKind::AwaitResumed, 1, 0, 2, 30), made(EventKind::PromiseFulfilled, 1), made(EventKind::AwaitResumed, 0, 0, 1, 31),
                made(EventKind::PromiseRejected, 2, 0, 5), made(EventKind::RejectionUnhandled, 2, 0, 5)})
            state.apply(event);
        QVERIFY(state.unsettledPromises.isEmpty());
        QCOMPARE(state.topLevelAwait, 0U);
        QCOMPARE(*state.unhandledRejections.find(2), 5U);
        QCOMPARE(state.totals.promisesFulfilled, 1U);
        QCOMPARE(state.totals.promisesRejected, 1U);
        state.apply(made(EventKind::RejectionHandled, 2));
        QVERIFY(state.unhandledRejections.isEmpty());
    }

    /// Each loop's state is folded from its own events; all know which loops run.
    void loopsHaveStatesOfTheirOwn()
    {
        const quint16 lane = lanesOfLoop;
        const auto inWorker = [](Event event) {
            event.setPhase(Phase::Poll, lanesOfLoop);
            return event;
        };
        const QTemporaryDir folder;
        QString error;
        auto writer = RecordingWriter::create(folder.filePath(QStringLiteral("loops.lscope")), &error);
        QVERIFY2(writer, qPrintable(error));
        Event started = made(EventKind::LoopStarted, 9, static_cast<quint8>(LoopKind::Worker), writer->defineString(QStringLiteral("w")));
        started.setPhase(Phase::None, lane);
        const std::vector<Event> events{made(EventKind::IterationStarted, 0, 0, 1), started,
            inWorker(made(EventKind::IterationStarted, 0, 0, 5)), made(EventKind::IterationStarted, 0, 0, 2),
            inWorker(made(EventKind::LoopEnded, 9, static_cast<quint8>(RunEnding::Exited), 3)), made(EventKind::RunEnded)};
        for (const Event &event : events)
            writer->append(event);
        writer->finish();
        RecordingReader reader;
        QVERIFY(reader.open(folder.filePath(QStringLiteral("loops.lscope"))));
        StateTimeline timeline(reader);
        timeline.update();
        QCOMPARE(timeline.index().loops().size(), size_t(1));
        for (const quint64 cursor : {6, 4, 5, 3, 2, 1, 0, 4}) { // there and back
            const LoopState worker = timeline.stateAt(cursor, 1);
            const LoopState main = timeline.stateAt(cursor, 0);
            QCOMPARE(worker.cursor, cursor);
            QCOMPARE(worker.iteration, quint64(cursor >= 3 ? 5 : 0));
            QCOMPARE(main.iteration, quint64(cursor >= 4 ? 2 : cursor >= 1 ? 1 : 0));
            QCOMPARE(main.runningLoops.size(), size_t(cursor >= 2 && cursor < 5 ? 1 : 0));
            QCOMPARE(worker.end.has_value(), cursor >= 5);
            QCOMPARE(main.end.has_value(), cursor >= 6);
        }
    }

    void notesEndChoiceAndError()
    {
        Event entered = made(EventKind::PhaseEntered);
        entered.setPhase(Phase::Poll);
        LoopState state = folded({entered, made(EventKind::PollWaitStarted, 0, 0, -1), made(EventKind::FreeChoice, 0, 2, 7),
            made(EventKind::ErrorThrown, 0, 1, 6, 3), made(EventKind::LimitReached, 0, 2, 100)});
        QCOMPARE(state.phase, Phase::Poll);
        QCOMPARE(state.pollWait->timeout, -1);
        QCOMPARE(state.lastChoice->kind, ChoiceKind::IoCompletionOrder);
        QCOMPARE(state.lastChoice->event, 2U);
        QVERIFY(state.lastError->uncaught);
        QCOMPARE(*state.limitReached, LimitKind::Events);
        QVERIFY(!state.end);
        state.apply(made(EventKind::RunEnded, 0, static_cast<quint8>(RunEnding::Uncaught), 1));
        QCOMPARE(state.end->exitCode, 1);
        QCOMPARE(state.end->ending, RunEnding::Uncaught);
        QCOMPARE(state.phase, Phase::None);
        QVERIFY(!state.pollWait);
    }

    void foldsRandomRunsAsAPlainModelDoes()
    {
        for (quint32 seed = 1; seed <= 20; ++seed) {
            const RandomRun run(seed, 3000);
            LoopState state;
            auto expected = run.expected.begin();
            while (expected != run.expected.end() && expected->cursor == 0)
                ++expected;
            for (const Event &event : run.events) {
                state.apply(event);
                for (; expected != run.expected.end() && expected->cursor == state.cursor; ++expected)
                    QVERIFY2(difference(state, *expected).isEmpty(),
                        qPrintable(QStringLiteral("seed %1, cursor %2: %3").arg(seed).arg(state.cursor).arg(difference(state, *expected))));
            }
            QVERIFY(expected == run.expected.end());
            QVERIFY(state.end.has_value());
        }
    }

    void jumpsAndStepsGiveTheSameStates()
    {
        for (quint32 seed = 31; seed <= 34; ++seed) {
            const RandomRun run(seed, 6000);
            write(run.events);
            RecordingReader reader;
            QVERIFY(reader.open(path()));
            StateTimeline timeline(reader);
            QVERIFY(timeline.update());
            QCOMPARE(timeline.eventCount(), static_cast<quint64>(run.events.size()));
            std::vector<LoopState> states(1);
            for (const Event &event : run.events) {
                states.push_back(states.back());
                states.back().apply(event);
            }
            for (size_t cursor = 0; cursor < states.size(); ++cursor)
                QVERIFY(timeline.stateAt(cursor) == states[cursor]);
            for (size_t cursor = states.size(); cursor-- > 0;)
                QVERIFY(timeline.stateAt(cursor) == states[cursor]);
            std::mt19937 random(seed);
            for (int i = 0; i < 1500; ++i) {
                size_t cursor = random() % states.size();
                QVERIFY(timeline.stateAt(cursor) == states[cursor]);
                for (quint32 steps = random() % 5; steps > 0; --steps) {
                    cursor = std::min(states.size() - 1, cursor + random() % 3) - (cursor > 0 ? random() % 2 : 0);
                    QVERIFY(timeline.stateAt(cursor) == states[cursor]);
                }
            }
            QVERIFY(timeline.stateAt(~quint64{0}) == states.back());
            QVERIFY(timeline.newest() == states.back());
        }
    }

    void followsAGrowingRecording()
    {
        const RandomRun run(77, 20000);
        QString error;
        const auto writer = RecordingWriter::create(path(), &error);
        RecordingReader reader;
        QVERIFY(reader.open(path()));
        StateTimeline timeline(reader);
        QVERIFY(!timeline.update());
        LoopState state;
        for (const Event &event : run.events) {
            writer->append(event);
            state.apply(event);
            if (state.cursor % 997 == 0) {
                QVERIFY(timeline.update());
                QVERIFY(!timeline.isBehind());
                QVERIFY(timeline.stateAt(state.cursor) == state);
            }
        }
        while (timeline.update(100))
            QVERIFY(timeline.eventCount() <= run.events.size());
        QVERIFY(timeline.newest() == state);
    }

    void findsLandmarksAndSubjects()
    {
        const RandomRun run(5, 3000);
        write(run.events);
        RecordingReader reader;
        QVERIFY(reader.open(path()));
        StateTimeline timeline(reader);
        timeline.update();
        const RecordingIndex &index = timeline.index();
        const auto isPhase = [](const Event &event) { return event.kind == EventKind::PhaseEntered; };
        quint64 iteration = 0;
        size_t console = 0;
        for (quint64 cursor = 0; cursor <= run.events.size(); ++cursor) {
            QCOMPARE(index.next(cursor, Landmark::PhaseEntered), timeline.nextOf(cursor, isPhase));
            QCOMPARE(index.previous(cursor, Landmark::PhaseEntered), timeline.previousOf(cursor, isPhase));
            QCOMPARE(index.countBefore(cursor, Landmark::ConsoleText), console);
            if (cursor == run.events.size())
                break;
            const Event &event = run.events[cursor];
            iteration = event.kind == EventKind::IterationStarted ? static_cast<quint64>(event.value) : iteration;
            console += event.kind == EventKind::ConsoleText ? 1 : 0;
            QCOMPARE(index.iterationOf(cursor), iteration);
        }
        QCOMPARE(index.next(0, Landmark::Event), std::optional<quint64>(1));
        QCOMPARE(index.next(run.events.size(), Landmark::Event), std::optional<quint64>());
        QCOMPARE(index.previous(0, Landmark::Event), std::optional<quint64>());
        std::map<SubjectId, SubjectHistory> histories;
        for (quint64 i = 0; i < run.events.size(); ++i) {
            const Event &event = run.events[i];
            SubjectHistory &history = histories[event.subject];
            if (event.kind == EventKind::TaskCreated)
                history.created = i;
            if (event.kind == EventKind::TaskBegun && !history.begun)
                history.begun = i;
            if (event.kind == EventKind::TaskEnded || event.kind == EventKind::TaskCancelled)
                history.ended = i;
        }
        for (const auto &[subject, history] : histories) {
            if (subject == 0 || !history.created)
                continue;
            QCOMPARE(index.history(subject).created, history.created);
            QCOMPARE(index.history(subject).begun, history.begun);
            QCOMPARE(index.history(subject).ended, history.ended);
        }
        QVERIFY(!index.history(4000000000U).created);
    }

    void jumpsQuicklyInAMillionEvents()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        constexpr double slowness = 8; // what the sanitizers' own work costs
#else
        constexpr double slowness = 1;
#endif
        // The worst case: a flood, in which more and more microtasks wait, so that every snapshot is large.
        std::vector<Event> events;
        events.push_back(made(EventKind::TaskBegun, 1, TaskKind::Script));
        for (SubjectId id = 2; events.size() < 1000000; ++id) {
            events.push_back(made(EventKind::TaskCreated, id, TaskKind::Microtask));
            if (id % 4 == 0)
                events.push_back(made(EventKind::PromiseCreated, 2000000 + id, 1));
            if (id % 8 == 0) {
                events.push_back(made(EventKind::TaskBegun, id / 8 + 1, TaskKind::Microtask));
                events.push_back(made(EventKind::TaskEnded, id / 8 + 1, TaskKind::Microtask));
            }
        }
        write(events);
        RecordingReader reader;
        QVERIFY(reader.open(path()));
        StateTimeline timeline(reader);
        QElapsedTimer timer;
        timer.start();
        timeline.update();
        qInfo("taking in: %lld ms", timer.elapsed());
        std::mt19937 random(9);
        std::vector<double> jumps;
        std::vector<double> steps;
        for (int i = 0; i < 60; ++i) {
            const quint64 cursor = random() % events.size();
            timer.start();
            QCOMPARE(timeline.stateAt(cursor).cursor, cursor);
            jumps.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            for (quint64 back = 1; back <= std::min<quint64>(cursor, 20); ++back) {
                timer.start();
                QCOMPARE(timeline.stateAt(cursor - back).cursor, cursor - back);
                steps.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            }
        }
        std::sort(jumps.begin(), jumps.end());
        std::sort(steps.begin(), steps.end());
        qInfo("jump: median %.2f ms, most %.2f ms; step back: median %.3f ms, most %.2f ms", jumps[jumps.size() / 2], jumps.back(),
            steps[steps.size() / 2], steps.back());
        // The limit is for a jump; the median is what a busy machine does not disturb.
        QVERIFY2(jumps[jumps.size() / 2] <= 50.0 * slowness, "a jump takes more than 50 ms");
        QVERIFY2(steps[steps.size() / 2] <= 10.0 * slowness, "a step back takes more than 10 ms");
    }
};

QTEST_GUILESS_MAIN(StateTest)
#include "StateTest.moc"
