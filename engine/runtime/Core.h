// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loop/EventLoop.h"
#include "loop/Tracer.h"
#include "runtime/AsyncHooks.h"
#include "runtime/JobQueue.h"
#include "runtime/SourceMaps.h"
#include "runtime/V4.h"

#include <array>
#include <functional>
#include <memory>

namespace loopscope {

/// What every native function of a run shares: the engine, the queues, the tracer and the loop. One a thread; native functions reach theirs
/// with Core::current(), because V4 gives them no room for a pointer of their own.
class Core
{
public:
    Core(QJSEngine &engine, Tracer &tracer);
    ~Core();
    Core(const Core &) = delete;
    Core &operator=(const Core &) = delete;

    static Core &current() { return *s_current; }

    QV4::ExecutionEngine *v4() const { return m_v4; }
    QJSEngine &engine() { return m_engine; }
    Tracer &tracer() { return m_tracer; }
    SourceMaps &sources() { return m_sources; }

    JobQueue &ticks() { return m_ticks; }
    JobQueue &microtasks() { return m_microtasks; }

    /// The async context (AsyncLocalStorage) that new tasks take with them.
    const QV4::Value &asyncContext() const { return *m_asyncContext.valueRef(); }
    void setAsyncContext(const QV4::Value &context)
    {
        if (m_asyncContext.valueRef()->rawValue() == context.rawValue())
            return;
        m_asyncContext.set(m_v4, context);
        if (m_contextListener)
            m_contextListener(context);
    }
    /// Called with each context that takes the place of another one: for whoever wants to know for whom callbacks run.
    void setContextListener(std::function<void(const QV4::Value &)> listener) { m_contextListener = std::move(listener); }

    /// Node's async ids and hooks.
    AsyncHooks &asyncHooks() { return m_asyncHooks; }

    /// Site of the function behind a callback (through bound functions); 0 for Node's own and V4's own.
    SiteId siteOf(const QV4::Value &callback);
    /// The same of what a microtask is to run: of an await the await, of what `catch` or `finally` was given that.
    SiteId siteOfJob(const QV4::Heap::LoopscopeJob &job);
    /// The statement that calls into the runtime now. The tracer's current site is that of the statement that ran last, which may be one of
    /// a function that has returned. Costs some 20 ns, or a look at V4's lines where it differs.
    SiteId callingSite();
    /// V4 does not export the classes of bound functions and proxies; they are known by the tables that one of each has.
    bool isBoundFunction(const QV4::Object &object) const { return object.vtable() == m_boundFunctionTable; }
    /// Proxies.cpp gives them tables of ours, which have theirs as parents.
    bool isProxy(const QV4::Object &object) const
    {
        const auto isTable = [this](const QV4::VTable *table) { return table && (table == m_proxyTable || table == m_functionProxyTable); };
        return isTable(object.vtable()) || isTable(object.vtable()->parent);
    }

    /// Gives a task or promise the name of its function in the recording; for functions without a site.
    /// False if that has none.
    bool nameSubject(SubjectId subject, const QV4::Value &callback);

    /// Calls `function`; false if it threw, with the error in `result`. Throws nothing itself.
    bool call(const QV4::Value &function, const QV4::Value &thisObject, const QV4::Value *arguments, int count, QV4::Value *result);

    /// An error nobody caught: the process's handlers decide. Ends the run if they do not handle it.
    void reportUncaught(const QV4::Value &error, bool fromPromise);
    /// If set, is asked first, with a line that tells of the error; true: nothing comes of it, as it ends no more than a thread.
    std::function<bool(const QString &reason)> containUncaught;

    bool isStopping() const { return m_stopping; }
    /// Ends the run: nothing of JavaScript runs any more, not even catch and finally.
    void stop(RunEnding ending, int exitCode);
    RunEnding ending() const { return m_ending; }
    int exitCode() const { return m_exitCode; }

    /// Functions of the JavaScript side that C++ calls, by name; set once at start.
    void setHook(const QString &name, const QV4::Value &function);
    bool callHook(const char *name, const QV4::Value *arguments, int count, QV4::Value *result);

    /// For natives: as callHook, with what it gives or throws.
    QV4::ReturnedValue callHookOrThrow(const char *name, const QV4::Value *arguments, int count);
    /// Throws Node's error for a callback that is no function.
    QV4::ReturnedValue refuseCallback(const QV4::Value &callback) { return callHookOrThrow("invalidCallback", &callback, 1); }

    // --- draining (Node's task_queues.js) ---
    /// Ticks, then microtasks, until both are empty and no rejection is left to look at. False if a tick threw.
    bool processTicksAndRejections();
    /// Node's hasTickScheduled: ticks wait, or one threw and what it was drained with was left behind.
    bool hasTickScheduled() const { return m_tickThrew || !m_ticks.isEmpty(); }
    void runNextTicks();
    void runMicrotasks();
    /// Microtasks run between ticks, not from a callback's end alone.
    bool isProcessingTicks() const { return m_processingTicks; }
    void setHasRejections(bool has) { m_hasRejections = has; }
    /// Node's process._exiting: new ticks are refused in silence.
    void setExiting(bool exiting) { m_exiting = exiting; }
    bool isExiting() const { return m_exiting; }

private:
    bool runTick();
    SiteId lookUpSite(const QV4::FunctionObject &function);
    SiteId siteOfCode(const QV4::Function *code);
    /// The same, and for a file's body the body.
    SiteId siteOfFrame(const QV4::Function *code);
    void runPromiseJob(QV4::Heap::LoopscopeJob *job);
    void runQueuedMicrotask(QV4::Heap::LoopscopeJob *job);

    static thread_local Core *s_current;
    QJSEngine &m_engine;
    QV4::ExecutionEngine *m_v4;
    Tracer &m_tracer;
    SourceMaps m_sources;
    JobQueue m_ticks;
    JobQueue m_microtasks;
    QV4::PersistentValue m_asyncContext;
    std::function<void(const QV4::Value &)> m_contextListener;
    AsyncHooks m_asyncHooks;
    QHash<QString, QV4::PersistentValue> m_hooks;
    QHash<const QV4::Function *, SiteId> m_siteOfFunction;
    QHash<const QV4::Function *, SiteId> m_siteOfFrame;
    QHash<std::pair<const QV4::Function *, int>, SiteId> m_statementOfLine; ///< by line of the lowered code
    struct RecentSite
    {
        const QV4::Function *code = nullptr;
        SiteId site = 0;
    };
    /// In front of the table: a callback's site is asked for several times in a row.
    std::array<RecentSite, 64> m_recentSites;
    const QV4::VTable *m_boundFunctionTable = nullptr;
    const QV4::VTable *m_proxyTable = nullptr;
    const QV4::VTable *m_functionProxyTable = nullptr; ///< of proxies for functions
    bool m_stopping = false;
    bool m_exiting = false;
    bool m_hasRejections = false;
    bool m_tickThrew = false;
    bool m_processingTicks = false;
    bool m_drainingMicrotasks = false;
    RunEnding m_ending = RunEnding::Finished;
    int m_exitCode = 0;
};

} // namespace loopscope
