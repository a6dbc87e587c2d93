// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TaskTableExport.h"

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
            apply(reader.event(i));
        for (const auto &[subject, task] : m_tasks)
            row(subject, task, {}, task.begun ? "running" : "waiting");
    }

private:
    struct Task
    {
        TaskKind kind = TaskKind::Internal;
        quint16 loop = 0;
        SiteId site = 0;
        SubjectId cause = 0;
        std::optional<quint64> created;
        std::optional<quint64> ready{};
        std::optional<quint64> begun{};
    };

    void apply(const Event &event)
    {
        switch (event.kind) {
        case EventKind::TaskCreated:
        case EventKind::TaskRearmed:
            create(event);
            break;
        case EventKind::TimerArmed:
            if (event.value >= 0)
                m_tasks[event.subject].ready = static_cast<quint64>(event.value);
            break;
        case EventKind::TaskReady:
            if (Task &task = m_tasks[event.subject]; task.kind != TaskKind::Timeout && task.kind != TaskKind::Interval)
                task.ready = event.time;
            break;
        case EventKind::TaskBegun:
            begin(event);
            break;
        case EventKind::TaskEnded:
            end(event, event.time, event.value == 1 ? "threw" : "returned");
            break;
        case EventKind::TaskCancelled:
            cancel(event);
            break;
        default:
            break;
        }
    }

    void create(const Event &event)
    {
        const auto running = m_running.find(event.subject);
        Task &task = m_tasks[event.subject];
        // An interval is armed again while it runs, or right after.
        if (running == m_running.end() && task.begun)
            m_running[event.subject] = task;
        task = {.kind = static_cast<TaskKind>(event.detail),
            .loop = event.loop(),
            .site = event.site,
            .cause = event.cause,
            .created = event.time};
    }

    void begin(const Event &event)
    {
        Task &task = m_tasks[event.subject];
        task.kind = static_cast<TaskKind>(event.detail);
        task.loop = event.loop();
        task.site = event.site;
        task.cause = event.cause;
        task.begun = event.time;
    }

    void end(const Event &event, std::optional<quint64> ended, QByteArrayView ending)
    {
        auto &tasks = m_running.count(event.subject) != 0 ? m_running : m_tasks;
        const auto found = tasks.find(event.subject);
        if (found == tasks.end())
            return;
        row(event.subject, found->second, ended, ending);
        tasks.erase(found);
    }

    /// What is cancelled while it runs, ends all the same.
    void cancel(const Event &event)
    {
        const auto found = m_tasks.find(event.subject);
        if (found == m_tasks.end() || found->second.begun)
            return;
        row(event.subject, found->second, {}, "cancelled");
        m_tasks.erase(found);
    }

    void time(std::optional<quint64> nanoseconds)
    {
        if (nanoseconds)
            m_sink.milliseconds(*nanoseconds);
        m_sink << ",";
    }

    static std::optional<quint64> difference(std::optional<quint64> from, std::optional<quint64> to)
    {
        return from && to ? std::optional(*to < *from ? 0 : *to - *from) : std::nullopt;
    }

    void row(SubjectId subject, const Task &task, std::optional<quint64> ended, QByteArrayView ending)
    {
        const SitePlace place = m_names.reader().place(task.site);
        const std::optional<quint64> ready = task.ready ? task.ready : task.created;
        m_sink << subject << "," << taskKindKey(task.kind).latin1() << "," << csvField(m_names.loop(task.loop)) << ","
               << csvField(m_names.subject(subject)) << "," << csvField(m_names.function(task.site)) << ",";
        if (place.isValid())
            m_sink << csvField(place.source->path) << "," << place.site->line << "," << place.site->column << ",";
        else
            m_sink << ",,,";
        time(task.created);
        time(ready);
        time(task.begun);
        time(ended);
        time(difference(ready, task.begun));
        time(difference(task.begun, ended));
        m_sink << ending << ",";
        if (task.cause != 0)
            m_sink << task.cause << "," << csvField(m_names.subject(task.cause));
        else
            m_sink << ",";
        m_sink << "\r\n";
    }

    const ExportNames &m_names;
    TextSink &m_sink;
    std::map<SubjectId, Task> m_tasks; ///< that wait or run
    std::map<SubjectId, Task> m_running; ///< that run, and wait again already
};

} // namespace

void writeTaskTable(const ExportNames &names, TextSink &sink) { TaskTable(names, sink).write(); }

} // namespace loopscope
