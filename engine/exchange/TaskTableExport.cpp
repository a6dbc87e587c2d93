// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TaskTableExport.h"

#include "analysis/profiler/TaskRuns.h"
#include "state/Names.h"

#include <map>
#include <optional>

namespace loopscope {
namespace {

class TaskTable
{
public:
    TaskTable(const ExportNames &names, TextSink &sink)
        : m_names(names)
        , m_sink(sink)
    {
    }

    void write()
    {
        m_sink << "task,kind,loop,name,function,file,line,column,created (ms),ready (ms),begun (ms),ended (ms),waited (ms),ran (ms),ending,"
                  "cause,caused by\r\n";
        const RecordingReader &reader = m_names.reader();
        for (quint64 i = 0; i < reader.eventCount() && !m_sink.hasFailed(); ++i)
            apply(reader.event(i), i);
        for (const auto &[subject, run] : m_running)
            row(run, "running", &TaskRun::begun);
        for (SubjectId task = 1; task < m_starts.end(); ++task) {
            if (const std::optional<TaskRun> waiting = m_starts.waiting(task))
                row(*waiting, "waiting", &TaskRun::ready);
        }
    }

private:
    void apply(const Event &event, quint64 index)
    {
        if (event.kind == EventKind::TaskBegun) {
            m_running[event.subject] = m_starts.begun(event, index);
        } else if (event.kind == EventKind::TaskEnded) {
            if (auto found = m_running.extract(event.subject)) {
                found.mapped().ended = event.time;
                row(found.mapped(), event.value == 1 ? "threw" : "returned", &TaskRun::ended);
            }
        } else if (event.kind == EventKind::TaskCancelled) {
            if (const std::optional<TaskRun> task = m_starts.waiting(event.subject))
                row(*task, "cancelled", &TaskRun::ready);
        }
        m_starts.add(event, index);
    }

    void time(quint64 nanoseconds, bool isThere)
    {
        if (isThere)
            m_sink.milliseconds(nanoseconds);
        m_sink << ",";
    }

    /// `last`: of its times that in the order of a task's life which is the last that there is.
    void row(const TaskRun &run, QByteArrayView ending, quint64 TaskRun::*last)
    {
        const SitePlace place = m_names.reader().place(run.function);
        m_sink << run.task << "," << taskKindKey(run.kind).latin1() << "," << csvField(m_names.loop(run.loop)) << ","
               << csvField(m_names.subject(run.task)) << "," << csvField(m_names.function(run.function)) << ",";
        if (place.isValid())
            m_sink << csvField(place.source->path) << "," << place.site->line << "," << place.site->column << ",";
        else
            m_sink << ",,,";
        const bool hasEnded = last == &TaskRun::ended;
        const bool hasBegun = hasEnded || last == &TaskRun::begun;
        time(run.created, run.isCreationKnown);
        time(run.ready, run.isCreationKnown);
        time(run.begun, hasBegun);
        time(run.ended, hasEnded);
        time(run.waited(), hasBegun && run.isCreationKnown);
        time(run.ran(), hasEnded);
        m_sink << ending << ",";
        if (run.cause != 0)
            m_sink << run.cause << "," << csvField(m_names.subject(run.cause));
        else
            m_sink << ",";
        m_sink << "\r\n";
    }

    const ExportNames &m_names;
    TextSink &m_sink;
    TaskStarts m_starts;
    std::map<SubjectId, TaskRun> m_running;
};

} // namespace

void writeTaskTable(const ExportNames &names, TextSink &sink) { TaskTable(names, sink).write(); }

} // namespace loopscope
