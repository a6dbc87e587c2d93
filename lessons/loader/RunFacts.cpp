// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/RunFacts.h"

#include <algorithm>

namespace loopscope {

quint64 mostAtOnce(const std::vector<Overlap> &stretches)
{
    std::vector<std::pair<quint64, int>> changes; // an end sorts before a beginning at the same place
    for (const Overlap &stretch : stretches) {
        if (stretch.begin < stretch.end) {
            changes.emplace_back(stretch.begin, 1);
            changes.emplace_back(stretch.end, -1);
        }
    }
    std::sort(changes.begin(), changes.end());
    qint64 now = 0;
    qint64 most = 0;
    for (const auto &[place, change] : changes)
        most = std::max(most, now += change);
    return static_cast<quint64>(most);
}

void RunFacts::addPromise(const Event &event, quint64 index)
{
    if (event.kind == EventKind::PromiseCreated) {
        if (m_words.isNodes(event.subject))
            return;
        m_pending.insert(event.subject);
        m_mostPromises = std::max<quint64>(m_mostPromises, m_pending.size());
        if (event.detail == static_cast<quint8>(PromiseOrigin::AsyncFunction)) {
            m_openCalls.emplace(event.subject, m_asyncCalls.size());
            m_asyncCalls.push_back({static_cast<SiteId>(event.value), {index, never}});
        }
        return;
    }
    m_pending.erase(event.subject);
    if (const auto open = m_openCalls.find(event.subject); open != m_openCalls.end()) {
        m_asyncCalls[open->second].stretch.end = index;
        m_openCalls.erase(open);
    }
}

void RunFacts::addRequest(const Event &event, quint64 index)
{
    if (event.kind == EventKind::IoSubmitted) {
        if (m_words.isNodes(event.subject))
            return;
        m_openRequests[event.subject] = m_requests.size();
        Request request;
        request.id = event.subject;
        request.submitted = index;
        m_requests.push_back(request);
        return;
    }
    const auto open = m_openRequests.find(event.subject);
    if (open == m_openRequests.end())
        return;
    Request &request = m_requests[open->second];
    if (event.kind == EventKind::IoCompleted) {
        request.completed = index;
        m_threadFree[request.thread] = index;
        m_openRequests.erase(open);
    } else {
        request.started = index;
        request.thread = static_cast<quint64>(std::max<qint64>(event.value, 0));
        const auto free = m_threadFree.find(request.thread);
        request.hadToWait = request.thread > 0 && free != m_threadFree.end() && free->second > request.submitted;
    }
}

void RunFacts::add(const Event &event, quint64 index)
{
    if (event.kind == EventKind::LoopStarted) { // in the lane of the loop that starts
        m_workers += event.detail == static_cast<quint8>(LoopKind::Worker) ? 1 : 0;
        m_children += event.detail == static_cast<quint8>(LoopKind::Child) ? 1 : 0;
    }
    m_messages += event.kind == EventKind::MessagePosted && event.site != 0 ? 1 : 0; // others are between the runtime's own parts
    if (event.loop() != 0)
        return;
    switch (event.kind) {
    case EventKind::PromiseCreated:
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
        return addPromise(event, index);
    case EventKind::IoSubmitted:
    case EventKind::IoStarted:
    case EventKind::IoCompleted:
        return addRequest(event, index);
    case EventKind::CallEntered:
        if ((event.detail & (CallResumes | CallSampled)) == 0)
            ++m_calls[event.site];
        return;
    case EventKind::AwaitSuspended:
        ++m_awaits;
        return;
    case EventKind::RequestEnded:
        if (event.value > 0) // the status
            m_answered.insert(event.subject);
        return;
    case EventKind::FreeChoice:
        ++m_freeChoices;
        return;
    default:
        return;
    }
}

} // namespace loopscope
