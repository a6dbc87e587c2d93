// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/RequestBook.h"

#include "servers/simulated/ServerTrace.h"

#include <utility>

namespace loopscope {

void RequestBook::begin(quint64 number, const QString &route, quint64 arrival, quint64 now)
{
    if (!follows(number))
        return;
    const auto [found, isNew] = m_open.try_emplace(number);
    LabRequest &request = found->second.request;
    if (isNew) {
        request.number = static_cast<qint64>(number);
        request.route = route;
        request.arrival = seconds(arrival);
        request.latency = -1;
    }
    const bool isEntered = enter(request, LabStep::Kind::Network, now, 0, {});
    if (m_trace && isNew)
        m_trace->requestSent(number, route, arrival, now);
    else if (m_trace && isEntered)
        m_trace->requestStepped(number, LabStep::Kind::Network, now, 0, {});
}

void RequestBook::closeStep(LabRequest &request, quint64 now)
{
    if (request.steps.empty())
        return;
    LabStep &last = request.steps.back();
    last.to = seconds(now);
    if (last.to <= last.from && last.kind != LabStep::Kind::Running)
        request.steps.pop_back();
}

bool RequestBook::enter(LabRequest &request, LabStep::Kind kind, quint64 now, int thread, const QString &what)
{
    if (!request.steps.empty() && request.steps.back().kind == kind && request.steps.back().thread == thread) {
        const bool isNamed = request.steps.back().what.isEmpty() && !what.isEmpty();
        if (isNamed)
            request.steps.back().what = what;
        return isNamed; // it goes on
    }
    closeStep(request, now);
    request.steps.push_back({kind, seconds(now), seconds(now), thread, what});
    return true;
}

void RequestBook::step(quint64 number, LabStep::Kind kind, quint64 now, int thread, const QString &what)
{
    const auto found = m_open.find(number);
    if (found == m_open.end() || found->second.isAnswered)
        return;
    Entry &entry = found->second;
    const bool isNamed = kind == LabStep::Kind::Waiting && what.isEmpty();
    const QString text = isNamed ? entry.waitsFor : what;
    if (enter(entry.request, kind, now, thread, text) && m_trace)
        m_trace->requestStepped(number, kind, now, thread, text);
}

void RequestBook::nameWait(quint64 number, const QString &what)
{
    if (const auto found = m_open.find(number); found != m_open.end())
        found->second.waitsFor = what;
}

void RequestBook::answer(quint64 number, quint64 now)
{
    const auto found = m_open.find(number);
    if (found == m_open.end())
        return;
    enter(found->second.request, LabStep::Kind::Network, now, 0, {});
    found->second.isAnswered = true;
    if (m_trace)
        m_trace->requestAnswered(number, now);
}

void RequestBook::end(quint64 number, int status, quint64 now)
{
    const auto found = m_open.find(number);
    if (found == m_open.end())
        return;
    LabRequest request = std::move(found->second.request);
    m_open.erase(found);
    closeStep(request, now);
    request.status = status;
    if (status != 0)
        request.latency = seconds(now) - request.arrival;
    if (m_trace)
        m_trace->requestEnded(number, status, now);
    if (onEnded && isTold(number))
        onEnded(std::move(request));
}

void RequestBook::endAll(quint64 now)
{
    while (!m_open.empty())
        end(m_open.begin()->first, 0, now);
}

} // namespace loopscope
