// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QString>

#include <functional>
#include <memory>

namespace loopscope {

class Tracer;
class RecordingReader;

/// The gate the script waits at: obeys the window's commands (JSON lines over a local socket). Makes the loop's thread wait while paused.
///
/// A thread of its own reads the socket; everything else runs on the loop's thread, inside Tracer's hooks (attend, beforeStatement,
/// afterEvent).
class ControlGate
{
public:
    /// Connects to the window's socket. Null, with a sentence in `error`, if it cannot.
    static std::unique_ptr<ControlGate> connectTo(const QString &socketName, QString *error);
    ~ControlGate();

    /// Hooks into the tracer. `lineOfSite` gives path and line of a site, for breakpoints; `stop` ends the run (may throw nothing, sets
    /// flags).
    void attach(Tracer &tracer, std::function<bool(SiteId, QString *path, quint32 *line)> placeOfSite, std::function<void()> stop);
    /// Waits for the first command (a run under control starts paused).
    void waitAtStart();
    /// Called by the tracer's attend hook: obeys pause and stop requests that arrived.
    void attend();
    void ended(int exitCode);

private:
    ControlGate();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace loopscope
