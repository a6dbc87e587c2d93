// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingWriter.h"
#include "servers/lab/LabEvents.h"

#include <QString>

#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace loopscope {

class Tracer;

/// What a simulated server puts into its run's recording beside its script's events: what its threads do, and the ways of all requests
/// (EventKind::ThreadStarted to TaskServes). Times are ns of run time. The network, and the clients on it, may be ahead of the script by
/// what the script has not been told yet: such events wait until the script's own have come to their time. All engines of a run use it,
/// one at a time.
class ServerTrace
{
public:
    /// `mostEvents`: the recording ends there, and the run goes on without it; 0: without limit.
    ServerTrace(RecordingWriter &writer, ServerModel model, quint64 mostEvents);

    /// The lane in which the JavaScript of a thread is recorded; nothing for threads above 128, which have none.
    static std::optional<quint16> laneOf(int thread);

    // --- threads ---
    void threadChanged(int thread, ThreadState state, qint64 request, quint64 now);

    // --- requests ---
    /// The measured part begins.
    void measured(quint64 now);
    /// It was meant to be sent at `due`.
    void requestSent(quint64 number, const QString &route, quint64 due, quint64 now);
    void requestStepped(quint64 number, LabStep::Kind kind, quint64 now, int thread, const QString &what);
    void requestAnswered(quint64 number, quint64 now);
    void requestEnded(quint64 number, int status, quint64 now);
    /// How the recording names a request; 0 if it is not under way.
    SubjectId subjectOf(quint64 number) const;

    // --- the script's own events ---
    /// Has a tracer's events come here, and then to `after`; not those that somebody else holds meanwhile.
    void trace(Tracer &tracer, std::function<void(const Event &)> after);
    /// One that was held.
    void record(Event event);
    /// The recording has begun: what there is can be told.
    std::function<void()> onStarted;

    /// Ends the recording if it has come to its limit.
    void look(quint64 now);
    bool isCut() const { return m_isCut; }

private:
    void append(EventKind kind, quint8 detail, SubjectId subject, SubjectId cause, qint64 value, quint64 now, quint16 lane = 0);
    void write(Event event);
    void catchUp(quint64 time);
    void startThread(int thread, quint64 now);
    SubjectId threadSubject(int thread) const;

    RecordingWriter &m_writer;
    const bool m_sharesEngine; ///< threads run in the engine of the main script
    const quint64 m_mostEvents;
    bool m_isCut = false;
    quint64 m_last = 0; ///< time of the event recorded last
    std::deque<Event> m_ahead; ///< of the network, later than that, in the order of time
    std::deque<std::vector<Event>> m_held; ///< by tracer
    std::vector<SubjectId> m_threads; ///< by number - 1; 0: not there
    std::vector<bool> m_hasLane; ///< by number - 1: its lane was told
    std::unordered_map<quint64, SubjectId> m_requests; ///< under way, by number
};

} // namespace loopscope
