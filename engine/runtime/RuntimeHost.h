// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "control/ControlGate.h"
#include "io/GuardedFileSystem.h"
#include "io/IoProvider.h"
#include "io/OverlayFileSystem.h"
#include "io/Permissions.h"
#include "io/RandomSource.h"
#include "loop/EventLoop.h"
#include "runtime/Core.h"
#include "runtime/FunctionKinds.h"
#include "runtime/HandleNatives.h"
#include "runtime/HttpNatives.h"
#include "runtime/IoNatives.h"
#include "runtime/LoopNatives.h"
#include "runtime/LoopThread.h"
#include "runtime/Promises.h"
#include "runtime/Runtime.h"
#include "runtime/TimerNatives.h"
#include "script/ScriptCompiler.h"

#include <QJSEngine>

#include <memory>

namespace loopscope {

/// The parts of one run, wired together: what the loop calls (LoopClient), what limits the run, what native functions reach.
class RuntimeHost : public LoopClient
{
public:
    /// `start`: of a loop beside the main one.
    RuntimeHost(const RunOptions &options, RecordingWriter &writer, ControlGate *gate, const LoopStart *start = nullptr);
    ~RuntimeHost() override;
    static RuntimeHost &current() { return *s_current; }

    const RunOptions &options() const { return m_options; }
    Core &core() { return m_core; }
    Tracer &tracer() { return m_tracer; }
    Clock &clock() { return m_clock; }
    EventLoop &loop() { return m_loop; }
    const Permissions &permissions() const { return m_permissions; }
    FileSystem &files() { return m_overlay ? static_cast<FileSystem &>(*m_overlay) : *m_realFiles; }
    OverlayFileSystem *overlay() { return m_overlay.get(); }
    const std::shared_ptr<OverlayFileSystem> &sharedFiles() const { return m_overlay; }
    /// Of simulated I/O in virtual time, where one loop runs at a time; null otherwise.
    std::shared_ptr<SimulatedNetwork> sharedNetwork() const { return m_clock.isVirtual() ? m_network : nullptr; }
    ScriptCompiler &compiler() { return m_compiler; }
    ControlGate *gate() { return m_gate; }
    LoopNatives &loops() { return m_loops; }
    IoProvider &provider() { return *m_provider; }
    IoNatives &io() { return m_ioNatives; }
    /// Null: this is the main loop.
    const LoopStart *ownStart() const { return m_ownStart; }
    /// A window watches, and wants to see variables where the run stops.
    bool namesValues() const { return m_gate && m_options.detail == DetailLevel::Statements; }
    /// The variables whose values a statement gives; see CompiledScript::valueNames.
    QStringList valueNames(SiteId site) const { return m_valueNames.value(site); }

    /// Loads the runtime's JavaScript. False, with a sentence on stderr, if the build is broken.
    bool start();
    /// After start(): runs the script and turns the loop until it ends; core() has its exit code then.
    void spin();
    /// Has attend() come in time for everything that is known to happen.
    void scheduleAttention();
    /// Another loop, or the end of all, says so.
    void endAsAsked();
    /// Loads the main script, as a task of its own. `kind` Module: the module loader goes on asynchronously.
    void runMain();

    QStringList unmetChanges() const;

    /// ms since the epoch, of the run's clock. Reading a clock costs virtual time.
    double epochNow();
    /// Run time (ns) when the loop began to turn; nothing before that.
    std::optional<quint64> loopStart() const { return m_loopStart; }
    /// How long (ns) the loop has waited in its poll phases.
    quint64 idleTime() const { return m_idleTime; }
    void runLoop();
    double now();
    /// The same as epochNow() for the run's own files: costs nothing, and has fractions.
    double moment() const;

    /// Standard streams: write, and record as console text.
    /// 0, or in real time, in which nothing is held back, the negative errno of a stream that takes nothing any more.
    int write(int stream, const QByteArray &bytes);
    /// Says at the end of a recording what was written in memory, and what was refused.
    void recordWrittenFiles();
    void flush();

    /// Compiles and evaluates a file; gives the inner function (see docs/architecture.md). Throws a JavaScript SyntaxError.
    QV4::ReturnedValue compile(const QString &path, ScriptKind kind, const QByteArray &text);
    /// What eval does with a text. `context`: where its names are looked up and declared; `importer`: the function behind import().
    QV4::ReturnedValue evaluate(
        const QString &text, bool isStrict, const QV4::Value &importer, QV4::ExecutionContext *context, const QV4::Value *thisObject);

    /// A script of node:vm, compiled: its number, for runContextScript(). Throws a JavaScript SyntaxError, and gives 0.
    int compileContextScript(const QString &path, const QString &text);
    const std::vector<ContextName> &contextNames(int script) const;
    /// Runs it. `marks`: what its code finds first, by the names that evalScope() gives; see compileContextScript for `script`.
    /// `deadline`: run time in ns at which it is interrupted, which `wasInterrupted` tells; 0 is never.
    QV4::ReturnedValue runContextScript(int script, const QV4::Value &importer, const QV4::Value &marks, QV4::ExecutionContext *context,
        const QV4::Value *thisObject, quint64 deadline, bool *wasInterrupted);

    // LoopClient
    void leaveCallbackScope() override { m_core.runNextTicks(); }
    void runNextTicks() override { m_core.runNextTicks(); }
    bool fire(Timer &timer) override { return m_timers.fire(timer); }
    bool run(Immediate &immediate) override { return m_timers.run(immediate); }
    void runNativeImmediates() override
    {
        m_core.asyncHooks().runDestroyHooks();
        if (m_core.hasTickScheduled())
            m_core.processTicksAndRejections();
    }
    bool isStopping() const override { return m_core.isStopping(); }
    bool hasPendingIo() const override { return m_ioNatives.hasPending() || m_handleNatives.keepLoopAlive() || m_loops.hasReferences(); }
    quint64 nextIoMoment() override;
    void runIoCallbacks() override;
    void waitUntil(quint64 moment) override;

private:
    struct EvalText
    {
        QQmlRefPointer<QV4::ExecutableCompilationUnit> unit;
        QV4::Function *function = nullptr;
        QString prefix; ///< of the marks' names
        std::vector<ContextName> contextNames; ///< of a script of node:vm
    };

    const EvalText *compileEval(const QString &text, bool isStrict);
    std::optional<EvalText> compileEvalText(const QString &path, const QString &text, ScriptKind kind);
    QV4::ReturnedValue runEvalText(const EvalText &compiled, const QV4::Value &importer, const QV4::Value &more,
        QV4::ExecutionContext *context, const QV4::Value *thisObject);
    CompileError explainRefusal(
        const QString &path, const QByteArray &text, ScriptKind kind, const std::vector<LineOrigin> &origins, const QJSValue &refusal);
    void prepare(QV4::ExecutableCompilationUnit &unit, const QString &code, const QString &helpers);
    void attend();
    NetworkAccess networkAccess();
    std::unique_ptr<IoProvider> makeProvider();
    void joinCompanion();
    std::shared_ptr<LoopThread> startProcess(RunCompanion &companion, ServerHook *server, int process, quint64 moment);
    void shareProcessors();
    void waitVirtually(quint64 moment);
    void stopAtLimit(LimitKind kind, const QString &sentence, qint64 limit);
    quint64 usedMemory() const;
    quint64 callbackCap() const;
    void defineMetadata(const QJsonArray &written);
    QJsonObject changesObject() const;

    static thread_local RuntimeHost *s_current;
    RunOptions m_options;
    ControlGate *m_gate;
    bool m_engineLimitsAreSet; ///< before the engine is made, which reads them
    Clock m_clock;
    Tracer m_tracer;
    QJSEngine m_engine;
    Core m_core;
    FunctionKinds m_functionKinds;
    Permissions m_permissions;
    RandomSource m_randomSource;
    std::unique_ptr<FileSystem> m_realFiles; ///< of real I/O
    std::shared_ptr<OverlayFileSystem> m_overlay; ///< of simulated I/O; all loops of a run have the same
    std::shared_ptr<SimulatedNetwork> m_network; ///< of simulated I/O; in virtual time all loops of a run have the same
    RunCompanion *m_companion; ///< takes part in this loop; null: none
    std::unique_ptr<IoProvider> m_provider;
    EventLoop m_loop;
    Promises m_promises;
    TimerNatives m_timers;
    IoNatives m_ioNatives;
    HttpNatives m_httpNatives;
    HandleNatives m_handleNatives;
    const LoopStart *m_ownStart;
    LoopNatives m_loops;
    quint64 m_sharedSince = 0; ///< work done when processors were shared last
    ScriptCompiler m_compiler;
    bool m_hasPolled = false; ///< the provider has looked at the system in this poll phase
    QByteArray m_output[3];
    int m_outputError[3] = {}; ///< of the last flush(), negative
    QHash<SiteId, QStringList> m_valueNames;
    QHash<QString, EvalText> m_evalTexts;
    std::vector<QQmlRefPointer<QV4::ExecutableCompilationUnit>> m_evalUnits;
    int m_evalCount = 0;
    std::vector<EvalText> m_contextScripts; ///< by number - 1
    quint64 m_scriptDeadline = ~0ULL; ///< run time in ns at which a script of node:vm is interrupted
    std::optional<quint64> m_loopStart;
    quint64 m_idleTime = 0;
    std::optional<quint64> m_idleSince; ///< in virtual time: nothing but unreferenced timers has been ahead since then
    quint64 m_attentions = 0;
    quint64 m_stopAfterEvents = 0; ///< 0 is without limit
    quint64 m_stopAfterNanoseconds = 0; ///< --max-time; 0 is without limit
};

} // namespace loopscope
