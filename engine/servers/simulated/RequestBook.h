// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"
#include "servers/lab/ToldRequests.h"

#include <QString>

#include <functional>
#include <map>

namespace loopscope {

class ServerTrace;

/// The ways of requests that are told: those around the one that is followed, and some in any case; step by step. Times are ns of run time,
/// told in their order. A request is in one step at a time: the next one ends it.
class RequestBook
{
public:
    /// Requests before and after the one that is followed that are told, too.
    static constexpr quint64 around = 10;

    void setOrigin(quint64 moment) { m_origin = moment; }
    /// 0: none.
    void follow(quint64 number) { m_followed = number; }
    bool follows(quint64 number) const { return m_trace || isTold(number); }
    /// The ways of all requests are told.
    void followAll() { m_followsAll = true; }
    /// `trace` puts the ways of all requests into the recording. Before the first one.
    void setTrace(ServerTrace &trace) { m_trace = &trace; }

    /// It was meant to be made at `arrival`, and is on its way from `now` on.
    void begin(quint64 number, const QString &route, quint64 arrival, quint64 now);
    void step(quint64 number, LabStep::Kind kind, quint64 now, int thread = 0, const QString &what = {});
    /// What it asked for last, and waits for if it waits next.
    void nameWait(quint64 number, const QString &what);
    /// Its answer is on the way; what its thread does from now on is no step of it.
    void answer(quint64 number, quint64 now);
    /// `status` 0: it had no answer.
    void end(quint64 number, int status, quint64 now);

    /// All that are under way are told as they are.
    void endAll(quint64 now);

    std::function<void(LabRequest &&)> onEnded;

private:
    bool isTold(quint64 number) const
    {
        return m_followsAll || isAlwaysTold(number) || (m_followed != 0 && number + around >= m_followed && number <= m_followed + around);
    }
    double seconds(quint64 moment) const { return (static_cast<double>(moment) - static_cast<double>(m_origin)) / 1e9; }
    struct Entry
    {
        LabRequest request;
        bool isAnswered = false;
        QString waitsFor;
    };
    void closeStep(LabRequest &request, quint64 now);
    /// False if that says nothing new.
    bool enter(LabRequest &request, LabStep::Kind kind, quint64 now, int thread, const QString &what);

    ServerTrace *m_trace = nullptr;
    quint64 m_origin = 0;
    quint64 m_followed = 0;
    bool m_followsAll = false;
    std::map<quint64, Entry> m_open;
};

} // namespace loopscope
