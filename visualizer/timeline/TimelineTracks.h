// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "timeline/EventTimes.h"
#include "timeline/LaneTracks.h"
#include "timeline/SpanTrack.h"

#include <QHash>

#include <array>
#include <vector>

namespace loopscope {

class NodesWork;

/// What the timeline shows, from top to bottom. Each has one or more rows of spans.
enum class TrackGroup : quint8 {
    Served, ///< clients' requests of a server, each from its sending to its end
    Threads, ///< of a simulated server, by number: what they do; idle ones nothing
    Iterations,
    Phases, ///< visits in which anything happened; what happened in none is in the recording only
    Callbacks, ///< tasks that the loop itself runs
    Microtasks, ///< what runs between them: ticks and microtasks
    Calls, ///< by depth: what the tasks call, and tasks that run inside others
    Timers, ///< each from its creation to its firing; marked: cancelled
    Requests, ///< I/O from its submission to its callback
    Pool, ///< by thread: what it works on
    Loops, ///< beside the main one, each from its start to its end
    Marks, ///< console lines, errors, performance marks; the category is a MarkCategory
    // Drawn on rows of others:
    PollWaits, ///< in Phases
    RequestWork, ///< in Requests, row by row: from the beginning of the work to its end
    LoopTasks, ///< in Loops, row by row: tasks that run there, without those inside of them
    ThreadTasks, ///< in Threads, likewise
};
constexpr std::size_t trackGroupCount = 16;
constexpr std::size_t ownRowGroupCount = 12;

enum class MarkCategory : quint8 { Output, ErrorOutput, Error, Mark };

/// The fold of a recording's events into rows of spans. Grows with the recording; any sequence of events can be added, also one from a
/// damaged file. Spans are kept as numbers of events; names are looked up in the recording when they are shown. Widget-free.
///
/// Memory: a span is 8.3 to 10 bytes (SpanTrack), a time 1 to 2 (EventTimes). An event begins at most two spans, and most begin none: the
/// recordings measured take 2.5 to 5.5 bytes an event, a sixth of the file at most.
class TimelineTracks
{
public:
    static constexpr std::size_t mostCallRows = 64; ///< deeper calls are not kept
    static constexpr std::size_t mostPoolRows = 64;
    static constexpr std::size_t mostThreadRows = 1024; ///< threads of higher numbers are not kept
    static constexpr std::size_t mostLoopRows = 32; ///< loops that run beside more than these are not kept

    /// Takes in event number eventCount(). Events beyond 2^32 are passed over.
    void add(const Event &event);
    void clear();
    /// What is Node's own work, and drawn in grey from here on; must know the events that are added. Null: nothing is.
    void setNodesWork(const NodesWork *work) { m_nodesWork = work; }

    quint64 eventCount() const { return m_times.count(); }
    const EventTimes &times() const { return m_times; }
    const std::vector<SpanTrack> &rows(TrackGroup group) const;
    /// True if calls were too deep to be kept.
    bool hasDeeperCalls() const { return m_hasDeeperCalls; }
    std::size_t bytes() const;

private:
    struct Frame
    {
        SubjectId task = 0; ///< 0 for a call
        SiteId function = 0;
        TrackGroup group = TrackGroup::Calls;
        std::size_t row = 0;
        quint64 beganAt = 0; ///< ns
    };
    struct Request
    {
        int lane = 0;
        bool hasCallback = false;
        bool isAtWork = false;
        int thread = 0; ///< of the pool, from 1
        quint64 startedAt = 0; ///< ns
    };

    struct OtherLoop
    {
        std::size_t row = 0;
        TrackGroup tasksIn = TrackGroup::LoopTasks; ///< or ThreadTasks: it is a server's thread, and has no row among loops
        int tasks = 0; ///< that run, one inside the other
        quint64 startedAt = 0; ///< ns
        quint64 taskBeganAt = 0; ///< ns
    };

    void addLoopEvent(const Event &event);
    void addOtherLoopEvent(const Event &event);
    void startLoop(const Event &event);
    void endLoop(const OtherLoop &loop);
    void addTaskEvent(const Event &event);
    void addCallEvent(const Event &event);
    void addRequestEvent(const Event &event);
    void addNote(const Event &event);
    void addServerEvent(const Event &event);
    void endThreadSpan(std::size_t thread);

    SpanTrack &row(TrackGroup group, std::size_t number = 0);
    void showPhase();
    void endPhase(quint64 last);
    void push(const Event &event, SubjectId task, TrackGroup base, int category);
    void popTo(std::size_t size);
    void armTimer(SubjectId timer);
    void endTimer(SubjectId timer, bool isCancelled);
    void endRequest(SubjectId id);

    std::array<std::vector<SpanTrack>, trackGroupCount> m_rows; ///< but those of timers and requests
    LaneTracks m_timers;
    LaneTracks m_requests;
    LaneTracks m_served;
    EventTimes m_times;

    quint64 m_event = 0; ///< the one that is taken in
    quint64 m_time = 0; ///< its time, ns
    quint64 m_iterationSince = 0; ///< ns
    quint64 m_waitSince = 0; ///< ns
    quint64 m_phaseEntered = 0; ///< event
    quint64 m_phaseSince = 0; ///< ns
    Phase m_phase = Phase::None; ///< entered and not left
    bool m_isPhaseShown = false;
    std::vector<Frame> m_stack;
    QHash<SubjectId, int> m_armed; ///< row of every timer that waits
    QHash<SubjectId, Request> m_inFlight;
    QHash<SubjectId, SubjectId> m_callbacks; ///< request of every callback that waits
    QHash<quint16, OtherLoop> m_loops; ///< that run and have a row
    quint32 m_loopRowsTaken = 0; ///< a bit a row
    QHash<SubjectId, quint32> m_threads; ///< number - 1
    std::vector<quint64> m_threadSince; ///< by number - 1: ns, begin of the span under way
    QHash<SubjectId, int> m_clientRequests; ///< row of those under way
    bool m_hasDeeperCalls = false;
    const NodesWork *m_nodesWork = nullptr;
};

} // namespace loopscope
