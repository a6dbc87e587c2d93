// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace loopscope {

class Tracer;

/// The variables of a statement that the script is about to run. For the duration of a call.
class StatementValues
{
public:
    StatementValues() = default;
    StatementValues(const StatementValues &) = delete;
    StatementValues &operator=(const StatementValues &) = delete;
    virtual ~StatementValues() = default;

    struct Value
    {
        QString name;
        QString text; ///< one bounded line; made without running any code of the program's
    };
    virtual std::vector<Value> describe() = 0;
    /// Whether an expression gives a true value, with the variables by their names. It leaves no trace in the recording. `problem` says in
    /// a sentence why that cannot be told.
    virtual bool holds(const QString &condition, QString *problem) = 0;
};

/// The gate the script waits at, on the runner's side: obeys the window's commands and makes the loop's thread wait while paused.
///
/// One JSON object a line, over the local (AF_UNIX stream) socket that the window's QLocalServer listens at. From the window:
///
///     {"command":"pause"}                                  pause before the next statement
///     {"command":"continue"}                               run until a breakpoint, a pause or the end
///     {"command":"stop"}                                   end the run
///     {"command":"run-until","event":N,"like":R}
///         pause as soon as N events are recorded (at once if they are already), or behind the first event that is not the same in the
///         recording R, a path (left out, or not readable: only then)
///     {"command":"run-until-kind","kinds":[K,...],"details":[D,...],"subject":S}
///         pause right after the next event of one of these kinds (EventKind), with one of these details (left out or empty: any) and of
///         this subject (left out or 0: any)
///     {"command":"breakpoints","lines":[{"path":P,"line":L,"condition":C},...]}
///         replaces all; P is the source's path or its last part, C an expression of JavaScript (left out or empty: always)
///
/// To the window:
///
///     {"state":"connected","pid":N}
///     {"state":"paused","events":N,"reason":"start"|"step"|"difference"|"breakpoint"|"pause"}
///         N events are recorded
///     {"values":[{"name":N,"text":T},...],"site":S,"problem":P}
///         follows "paused" where a statement of the person's is about to run: its variables, the nearest first. P says why a condition
///         could not be told (left out if none failed)
///     {"state":"running"}
///     {"state":"ended","exitCode":N}
///
/// Lines that are not understood are ignored. If the window goes away, the run ends as if it had said stop.
///
/// A thread of its own reads the socket; everything else runs on the loop's thread, inside Tracer's hooks (attend, beforeStatement,
/// afterEvent). The gate installs beforeStatement while there are breakpoints and afterEvent while it steps, so a run that only has a
/// window costs nothing extra. `attend` belongs to the runtime, which calls the gate's from it.
class ControlGate
{
public:
    /// Connects to the window's socket: an absolute path, or a name in QDir::tempPath() as QLocalServer has it. Null, with a sentence in
    /// `error`, if it cannot.
    static std::unique_ptr<ControlGate> connectTo(const QString &socketName, QString *error);
    ~ControlGate();

    ControlGate(const ControlGate &) = delete;
    ControlGate &operator=(const ControlGate &) = delete;

    /// Hooks into the tracer, which must outlive the gate or be taken away with detach(). `placeOfSite` gives path and line of a site, for
    /// breakpoints; `stop` ends the run: it is called on the loop's thread, once, and must only set flags.
    void attach(Tracer &tracer, std::function<bool(SiteId, QString *path, quint32 *line)> placeOfSite, std::function<void()> stop);
    /// Takes the hooks out of the tracer again.
    void detach();
    /// Calls `wake`, on another thread, whenever a command came, until detach(): for a loop that waits for more than commands.
    void setWaker(std::function<void()> wake);
    /// Brackets Tracer::statement() where the values of a statement can be told behind it: pauses at the statement are put off until then.
    /// leaveStatement() gives true if stopAt() must follow.
    void enterStatement();
    bool leaveStatement();
    /// Waits if the statement is to be paused at, and tells the window the values.
    void stopAt(SiteId site, StatementValues &values);
    /// Waits for the first command (a run under control starts paused).
    void waitAtStart();
    /// Called by the runtime's attend hook: obeys the commands that arrived. Costs one atomic load if there are none, so it may be called
    /// at every turn of the loop too. Call it after Tracer::setAttentionAt, which may have overwritten a request.
    void attend();
    /// Waits up to `nanoseconds` of real time, for the poll phase on the wall clock. True if it waited in full; false if commands came,
    /// which have been obeyed (a pause may have taken any time): look at the clock and the stop flag again.
    bool waitInterruptibly(quint64 nanoseconds);
    /// True once the window said stop or went away.
    bool stopRequested() const;
    void ended(int exitCode);

private:
    ControlGate();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace loopscope
