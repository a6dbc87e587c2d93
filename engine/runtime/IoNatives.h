// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"
#include "runtime/Core.h"

#include <deque>
#include <unordered_map>

namespace loopscope {

class HandleNatives;

/// Asynchronous and synchronous I/O between js/lib and an IoProvider: requests, their callbacks, and the poll queue of what has
/// completed.
class IoNatives
{
public:
    IoNatives(Core &core, IoProvider &provider);
    ~IoNatives();
    static IoNatives &current() { return *s_current; }

    void install(QV4::Object *binding);
    /// Handles have their turns in the same poll queue.
    void setHandles(HandleNatives *handles);

    bool hasPending() const { return !m_requests.empty(); }
    /// What stands for the requests under way, as a JavaScript array.
    QV4::ReturnedValue activeRequests() const;
    quint64 nextMoment() const { return m_ready.empty() ? m_provider.nextTransition() : 0; }
    /// Takes in what moved up to `now`: records it, and queues the callbacks of what completed.
    void pump(quint64 now);
    /// Looks when the provider moves next, so that pump() comes in time.
    void watchForTransitions();
    /// Runs the callbacks queued at this moment; `afterEach` drains ticks and microtasks.
    void runReady(const std::function<void()> &afterEach);

    /// The JavaScript error of a failed operation.
    QV4::ReturnedValue errorObject(const IoError &error);

private:
    struct Request
    {
        SubjectId task = 0;
        SubjectId cause = 0;
        SiteId site = 0;
        QV4::PersistentValue callback;
        QV4::PersistentValue context;
        AsyncOperation operation;
        QV4::PersistentValue resource; ///< what stands for it in async_hooks
        IoResult result;
    };
    friend struct IoFunctions;
    /// `person`: the function in whose name it is asked for; its place is the waiting callback's. `resource`, `type`: what stands for the
    /// request in async_hooks.
    void submit(
        IoOperation operation, const QV4::Value &callback, const QV4::Value &person, const QV4::Value &resource, const QString &type);
    void takeIn(quint64 now);
    void runCallback(Request &request);
    QV4::ReturnedValue toJavaScript(const IoValue &value);
    IoOperation operationFrom(const QV4::Value &name, const QV4::Value &arguments);

    static thread_local IoNatives *s_current;
    Core &m_core;
    IoProvider &m_provider;
    std::unordered_map<SubjectId, std::unique_ptr<Request>> m_requests; ///< by request number
    std::deque<SubjectId> m_ready; ///< requests that are over; 0 is the next turn of a handle
    HandleNatives *m_handles = nullptr;
};

} // namespace loopscope
