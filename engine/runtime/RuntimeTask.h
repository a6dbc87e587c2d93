// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/Core.h"

namespace loopscope {

/// A task that no queue holds: handlers of a process event, or work of the runtime's own between tasks. It begins and ends with this
/// object, inside whatever runs.
class RuntimeTask
{
public:
    /// `function`: site of the handler, or 0.
    RuntimeTask(Tracer &tracer, TaskKind kind, const QString &name, SubjectId cause, SiteId function = 0);
    ~RuntimeTask();
    RuntimeTask(const RuntimeTask &) = delete;
    RuntimeTask &operator=(const RuntimeTask &) = delete;

    void setThrew() { m_threw = true; }

private:
    Tracer &m_tracer;
    SubjectId m_task;
    TaskKind m_kind;
    bool m_threw = false;
};

} // namespace loopscope
