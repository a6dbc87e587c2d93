// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"
#include "loop/EventLoop.h"
#include "runtime/Core.h"

#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// Sockets, servers, pipes, processes and watchers between js/lib/internal/handles.js and a HandleProvider: what handles tell, and the
/// answers to their requests, become callbacks of the poll phase (or the pending phase, where libuv puts them off); closing ones have
/// theirs in the closing phase.
///
/// A handle is a JavaScript object whose methods C++ calls: onconnection(status, client), onread(count | error, buffer), onmessage(count |
/// error, buffer, address, port), onexit(status, signal), onchange(error, event, name). A request is an object with oncomplete(status,
/// handle, request).
class HandleNatives
{
public:
    HandleNatives(Core &core, IoProvider &provider, EventLoop &loop);
    ~HandleNatives();
    static HandleNatives &current() { return *s_current; }

    void install(QV4::Object *binding);

    /// Takes in what moved up to now; IoNatives::pump().
    std::function<void()> pump;
    /// Something was asked of the provider: look when it moves next.
    std::function<void()> watch;

    /// Handles that are active and referenced, and requests, keep the loop alive.
    bool keepLoopAlive() const { return m_keeping > 0 || !m_requests.empty(); }
    /// A stream waits for what its other end sends.
    bool hasConnections() const;
    /// Something has its turn in the poll phase: runNext() is to be called when it comes.
    std::function<void()> queueTurn;
    /// Takes a transition in, unless it belongs to somebody else.
    bool take(IoTransition &transition);
    void runNext(const std::function<void()> &afterEach);
    /// Type names of what process.getActiveResourcesInfo() lists: requests, and handles that are referenced and open.
    /// Inside of what a handle tells: a part of it is over that Node has in a callback of its own. Ticks and microtasks have their turn,
    /// and what is left is another task. False if the run ends.
    bool splitCallback();
    QStringList activeTypes() const;
    QV4::ReturnedValue activeHandles() const;

private:
    struct Handle
    {
        HandleKind kind = HandleKind::Tcp;
        IoKind ioKind = IoKind::Tcp;
        bool isActive = false;
        bool isReferenced = true;
        bool isClosing = false;
        quint8 recordedState = 0; ///< as HandleActive tells it
        QV4::PersistentValue object;
        QV4::PersistentValue context;
        AsyncOperation operation;
        QString type; ///< of getActiveResourcesInfo
        std::vector<SubjectId> requests; ///< that have not had their callback, in the order they were made
        double bytesRead = 0;
        double bytesWritten = 0;
        QV4::PersistentValue closeCallback;
        SubjectId closeTask = 0;
        SiteId closeSite = 0;
    };
    struct Request
    {
        HandleId handle = 0;
        SubjectId task = 0;
        TaskKind taskKind = TaskKind::IoCallback;
        bool isOver = false;
        bool isRecorded = false; ///< that it was submitted
        std::optional<IoTransition> early; ///< what came before that
        int error = 0;
        QString label;
        QString type;
        QV4::PersistentValue object;
        QV4::PersistentValue context;
        AsyncOperation operation;
    };
    /// What runs next in the poll phase.
    struct Turn
    {
        SubjectId request = 0; ///< 0: what a handle told
        SubjectId task = 0;
        HandleEvent event;
    };
    friend struct HandleFunctions;

    Handle *find(HandleId id);
    HandleId open(HandleKind kind, const QV4::Value &object, const QString &asyncType, const QString &type, SubjectId cause);
    void setActive(HandleId id, bool isActive);
    void setReferenced(HandleId id, bool isReferenced);
    void setContext(HandleId id, const QV4::Value &context);
    void update(HandleId id, Handle &handle);
    void afterSystemCall();
    void name(HandleId id, const QString &label);
    void close(HandleId id, bool isReset, const QV4::Value &callback);
    void finishClose(HandleId id);
    void cancelTurns(HandleId id);

    /// A request that was handed to the provider and neither failed nor is done.
    void keepRequest(SubjectId number, HandleId id, const QString &label, const QV4::Value &object, const char *asyncType,
        const QString &type, quint32 trigger);
    void createTask(SubjectId number, Request &request, TaskKind kind);
    void runRequest(SubjectId number);
    void runPendingRequest(SubjectId number);

    void runEvent(Turn turn, const std::function<void()> &afterEach);
    void tell(HandleId id, SubjectId task, HandleEvent &event);
    SubjectId createEventTask(HandleId id, HandleEvent::Kind kind);
    /// Calls `function` (nothing if it is none) with `object` as its this.
    void callAsTask(SubjectId task, TaskKind kind, SubjectId cause, SiteId site, const AsyncOperation &operation,
        const QV4::PersistentValue &context, const QV4::PersistentValue &object, const QV4::Value &function, const QV4::Value *arguments,
        int count);
    QV4::ReturnedValue property(const QV4::PersistentValue &object, const char *name);
    /// What came to `source`, a server or a pipe that passes handles.
    QV4::ReturnedValue acceptHandle(HandleId source, HandleKind kind, int *error);

    /// The callback that runs now, of a handle or a request.
    struct Callback
    {
        SubjectId task = 0;
        TaskKind kind = TaskKind::IoCallback;
        SubjectId cause = 0; ///< the handle or request
        SiteId site = 0;
        const AsyncOperation &operation;
        const QV4::Value &context;
        const QV4::Value &object;
    };
    void begin(const Callback &callback);
    void end(const Callback &callback, bool threw);

    static thread_local HandleNatives *s_current;
    Core &m_core;
    IoProvider &m_provider;
    EventLoop &m_loop;
    std::unordered_map<HandleId, std::unique_ptr<Handle>> m_handles;
    std::unordered_map<SubjectId, std::unique_ptr<Request>> m_requests;
    std::deque<Turn> m_turns;
    Callback *m_running = nullptr;
    int m_keeping = 0; ///< handles that are active and referenced
};

} // namespace loopscope
