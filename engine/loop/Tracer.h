// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loop/Clock.h"
#include "recording/RecordingWriter.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <utility>
#include <vector>

namespace loopscope {

/// How much of a run is recorded; each level holds those above it. The virtual clock counts statements at every level alike.
enum class DetailLevel : quint8 { Tasks, Calls, Statements };

/// The one place where a run's events are made: knows the time, the phase, who is running and from which line, and appends to the
/// recording.
///
/// Lives on the loop's thread. Only requestAttention() and requestElsewhere() may be called from other threads.
class Tracer
{
public:
    Tracer(Clock &clock, RecordingWriter &writer, DetailLevel level);

    Clock &clock() { return m_clock; }
    RecordingWriter &writer() { return m_writer; }
    const VirtualCosts &costs() const { return m_costs; }
    void setCosts(const VirtualCosts &costs) { m_costs = costs; }
    DetailLevel level() const { return m_level; }

    SubjectId newSubject()
    {
        if (m_othersAt != ~0ULL)
            catchUp(m_clock.now()); // so that numbers are in the order of time, too
        return m_writer.newSubject();
    }

    /// Where this loop's events happen: 0 for the main script's loop; see docs/recording-format.md.
    void setLane(quint16 lane) { m_lane = lane; }
    quint16 lane() const { return m_lane; }

    /// What runs now; 0 between callbacks. Events take it as their cause.
    SubjectId runningTask() const { return m_runningTask; }
    /// Its kind, or that of the task around a process event; that of the script when nothing runs.
    TaskKind runningKind() const;
    /// Site of the statement that ran last in the running task; 0 if none did.
    SiteId currentSite() const { return m_currentSite; }
    void setCurrentSite(SiteId site) { m_currentSite = site; }
    /// The task that ended last with an error, and where it had got to.
    SubjectId throwTask() const { return m_throwTask; }
    SiteId throwSite() const { return m_throwSite; }
    Phase phase() const { return m_phase; }

    void enterPhase(Phase phase);
    void leavePhase();

    /// Appends an event caused by the running task, now.
    void emitEvent(EventKind kind, quint8 detail, SubjectId subject, SiteId site, qint64 value)
    {
        emitCaused(kind, detail, subject, m_runningTask, site, value);
    }
    void emitCaused(EventKind kind, quint8 detail, SubjectId subject, SubjectId cause, SiteId site, qint64 value)
    {
        if (m_count.isCut && (kind < EventKind::CallEntered || kind > EventKind::StatementsCapped))
            sampleCalls();
        Event event;
        event.time = m_clock.now();
        event.value = value;
        event.subject = subject;
        event.cause = cause;
        event.site = site;
        event.kind = kind;
        event.detail = detail;
        event.setPhase(m_phase, m_lane);
        if (event.time >= m_elsewhereAt.load(std::memory_order_relaxed))
            catchUp(event.time);
        append(event);
    }
    /// As emitCaused, for what happened on another thread (`lane`: counted from this loop's) at `time`. On the virtual clock nothing that
    /// was recorded may be later; on the wall clock, what a real thread told a moment too late is recorded as of now.
    void emitElsewhere(quint64 time, quint16 lane, EventKind kind, quint8 detail, SubjectId subject, SubjectId cause, qint64 value);

    /// From now on what is traced goes into `held` and not into the recording: whoever holds it puts it there in its place (simulated
    /// servers, where other things happen at the same time, and where a burst's JavaScript runs before the time that it takes has passed).
    /// setAfterEvent()'s function is called as ever. `moment`: now; nothing that is told from elsewhere is earlier.
    void hold(std::vector<Event> &held, quint64 moment)
    {
        m_held = &held;
        m_lastTime = moment;
    }
    /// Where it goes now; null: into the recording.
    std::vector<Event> *held() const { return m_held; }

    /// What happens on other threads is recorded in its place: before anything is recorded at or after `moment`, `recordElsewhere` is
    /// called with that time. It sets the next moment; ~0 if there is none.
    void setElsewhereAt(quint64 moment)
    {
        m_poolAt = moment;
        m_elsewhereAt.store(std::min(m_poolAt, m_othersAt));
    }
    /// Any thread: have `recordElsewhere` called before the next event.
    void requestElsewhere() { m_elsewhereAt.store(0); }
    std::function<void(quint64)> recordElsewhere;

    /// Other loops of this virtual time are at `moment`: before anything of this one is recorded at or after it, `waitForOthers` is called
    /// with the moment that they have to come to. It sets the next one; ~0 if there is none.
    void setOthersAt(quint64 moment)
    {
        m_othersAt = moment;
        m_elsewhereAt.store(std::min(m_poolAt, m_othersAt));
    }
    quint64 othersAt() const { return m_othersAt; }
    std::function<void(quint64)> waitForOthers;
    /// Lets all that happened elsewhere before `now` be recorded.
    void catchUp(quint64 now);
    /// While one is alive, what happened elsewhere is being recorded: the turn is not given away before that is done.
    class TakingIn
    {
    public:
        explicit TakingIn(Tracer &tracer)
            : m_tracer(tracer)
            , m_outer(std::exchange(tracer.m_isTakingIn, true))
        {
        }
        ~TakingIn() { m_tracer.m_isTakingIn = m_outer; }
        TakingIn(const TakingIn &) = delete;
        TakingIn &operator=(const TakingIn &) = delete;

    private:
        Tracer &m_tracer;
        bool m_outer;
    };

    StringId text(const QString &text) { return m_writer.keepsEvents() && !m_isMuted ? m_writer.defineString(text) : 0; }

    /// Brackets a task. What runs inside names it as its cause. Tasks may nest (process events run inside others).
    void beginTask(SubjectId task, TaskKind kind, SubjectId cause, SiteId functionSite);
    void endTask(SubjectId task, TaskKind kind, bool threw);

    // --- marks put into the person's code ---

    /// A statement of the person's code is about to run in the V4 frame `frame` (an opaque address). The hot path: about 10 ns.
    void statement(SiteId site, const void *frame)
    {
        m_currentSite = site;
        m_clock.work(m_costs.statement);
        if (m_clock.workDone() >= m_attentionAt.load(std::memory_order_relaxed) || m_watchesStatements || !isUnremarkable(frame))
            statementSlowly(site, frame);
    }
    /// A function of the person's code was entered in frame `frame`, called from the frame `parent`.
    void enterFunction(SiteId site, const void *frame, const void *parent);
    /// Which function a statement site belongs to. Set by whoever defines sources.
    std::function<SiteId(SiteId)> functionOfSite;
    /// Whether a function site is a file's own body, which says nothing when it is entered. Set with functionOfSite.
    std::function<bool(SiteId)> isFileBody;

    // --- attention: limits, commands, I/O that moves while JavaScript runs ---

    /// Calls `attend` on the loop's thread at the latest when the work done reaches `moment` on the work scale.
    void setAttentionAt(quint64 moment) { m_attentionAt.store(moment, std::memory_order_relaxed); }
    quint64 attentionAt() const { return m_attentionAt.load(std::memory_order_relaxed); }
    /// Any thread: have `attend` called at the next statement.
    void requestAttention() { m_attentionAt.store(0, std::memory_order_relaxed); }
    std::function<void()> attend;
    /// Called before every statement while setWatchesStatements(true); for breakpoints.
    std::function<void(SiteId)> beforeStatement;
    void setWatchesStatements(bool watches) { m_watchesStatements = watches; }
    /// Called after every event while set; for stepping.
    void setAfterEvent(std::function<void(const Event &)> afterEvent) { m_afterEvent = std::move(afterEvent); }

    /// While one is alive, code can run without a trace: nothing is recorded, and time, numbers and places are put back at the end. For
    /// conditions of breakpoints.
    class Mute
    {
    public:
        explicit Mute(Tracer &tracer);
        ~Mute();
        Mute(const Mute &) = delete;
        Mute &operator=(const Mute &) = delete;

    private:
        Tracer &m_tracer;
        Clock m_clock;
        quint64 m_attentionAt;
        quint64 m_othersAt;
        SubjectId m_nextSubject;
        SiteId m_currentSite;
    };
    bool isMuted() const { return m_isMuted; }

    /// Calls and statements recorded in one callback before StatementsCapped takes their place; 0 is without limit. From there on the call
    /// stack is sampled (CallSampled): now and then, and before every event that is not a call, so that the stack told with one is the real
    /// one.
    void setCallbackCap(quint64 cap) { m_callbackCap = cap; }

private:
    struct CallRecord
    {
        const void *frame;
        SiteId function;
        SiteId callSite;
        bool resumes;
        bool isRecorded; ///< when it was entered
        bool isSampled; ///< told by a sample
    };
    /// What of the running callback was recorded, and what was not since it was told last.
    struct CallbackCount
    {
        quint64 recorded = 0;
        quint64 statementsLeftOut = 0;
        quint64 callsLeftOut = 0;
        bool isCut = false;
        quint64 cutAt = 0;
        quint64 sampleAt = 0; ///< when the call stack is to be sampled next
        std::size_t sampledFloor = 0; ///< what stands below in m_sampled belongs to tasks further out
        std::size_t sampledStanding = 0; ///< how many of m_sampled, from the floor, are calls that have not returned
    };
    struct TaskRecord
    {
        SubjectId task;
        SiteId site;
        std::size_t callDepth;
        TaskKind kind;
        CallbackCount count; ///< of the task around it
    };
    /// A statement in `frame` needs no event: none has, or it runs in the function entered last.
    bool isUnremarkable(const void *frame) const
    {
        return m_level == DetailLevel::Tasks
            || (m_level == DetailLevel::Calls && m_calls.size() > m_callFloor && m_calls.back().frame == frame);
    }
    void append(const Event &event)
    {
        if (m_isMuted)
            return;
        m_lastTime = event.time;
        if (m_held)
            m_held->push_back(event);
        else
            m_writer.append(event);
        if (m_afterEvent)
            m_afterEvent(event);
    }
    void statementSlowly(SiteId site, const void *frame);
    void popCallsTo(std::size_t depth);
    void enterUnannounced(SiteId statement, const void *frame);
    void enterCall(SiteId function, const void *frame, bool resumes, SiteId callSite);
    /// Whether one more call or statement of the running callback is recorded; if not, it is counted as left out.
    bool fitsIntoCallback(quint64 &leftOut);
    /// Before the stack changes: what stands on it is what ran when the time for a sample came.
    void sampleIfDue()
    {
        if (m_count.isCut && m_clock.now() >= m_count.sampleAt)
            sampleCalls();
    }
    /// Tells the calls that stand on the stack and were not recorded when they were entered.
    void sampleCalls();
    void leaveSampledTo(std::size_t size);
    void tellLeftOut();

    Clock &m_clock;
    RecordingWriter &m_writer;
    VirtualCosts m_costs;
    std::atomic<quint64> m_attentionAt = ~0ULL;
    std::atomic<quint64> m_elsewhereAt = ~0ULL; ///< the earlier of the next two; 0 if asked for
    quint64 m_poolAt = ~0ULL;
    quint64 m_othersAt = ~0ULL;
    quint16 m_lane = 0;
    quint64 m_lastTime = 0; ///< of the event recorded last
    DetailLevel m_level;
    Phase m_phase = Phase::None;
    bool m_watchesStatements = false;
    bool m_isMuted = false;
    bool m_isTakingIn = false;
    SubjectId m_runningTask = 0;
    SiteId m_currentSite = 0;
    SubjectId m_throwTask = 0;
    SiteId m_throwSite = 0;
    std::vector<TaskRecord> m_tasks;
    std::vector<CallRecord> m_calls;
    std::vector<SiteId> m_sampled; ///< functions that the last sample told; they are left by the next, or with the call that called them
    std::size_t m_callFloor = 0; ///< calls below belong to tasks further out
    quint64 m_callbackCap = 0;
    CallbackCount m_count;
    std::function<void(const Event &)> m_afterEvent;
    std::vector<Event> *m_held = nullptr; ///< null: the recording
};

} // namespace loopscope
