// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"

#include <QHash>

#include <optional>
#include <vector>

namespace loopscope {

/// Whether a complete recording is well-formed: time does not go back, what begins ends and lies inside what began before it, everything
/// that is spoken of exists, and everything has a cause. What docs/recording-format.md promises of any run, under any rule set.
class RecordingForm
{
public:
    explicit RecordingForm(const RecordingReader &reader);

    /// The first thing that is wrong, in a sentence; empty if nothing is.
    QString firstFault();

private:
    enum class What : quint8 { Task, Promise, Request, Handle };
    enum class Stage : quint8 { Waiting, Ready, Running, Over };
    struct Subject
    {
        What what = What::Task;
        Stage stage = Stage::Waiting;
        TaskKind taskKind = TaskKind::Script;
        SubjectId cause = 0;
        SiteId site = 0;
        bool isRejected = false;
        bool isUnhandled = false;
        qint64 thread = 0; ///< of a request
    };
    struct Call
    {
        SiteId function;
        std::size_t depth; ///< tasks that ran when it was entered
    };
    struct Suspension
    {
        SiteId site;
        qint64 awaited;
    };

    QString check(const Event &event);
    QString checkNumbers(const Event &event) const;
    QString checkCause(const Event &event) const;
    QString checkLoop(const Event &event);
    QString checkTask(const Event &event);
    QString checkTaskStage(const Event &event, Subject &task);
    QString checkTaskEnd(const Event &event, Subject &task);
    QString checkPromise(const Event &event);
    QString checkOrigin(const Event &event);
    QString checkSettling(const Event &event, Subject &promise);
    QString checkAwait(const Event &event);
    QString checkCall(const Event &event);
    QString checkRequest(const Event &event);
    QString checkHandle(const Event &event);
    QString checkEnd() const;

    QString create(const Event &event, What what);
    /// Null if the subject was not created, or is something else.
    Subject *find(qint64 number, What what);

    const RecordingReader &m_reader;
    QHash<SubjectId, Subject> m_subjects;
    std::vector<SubjectId> m_running;
    std::vector<Call> m_calls;
    QHash<SubjectId, Suspension> m_suspended; ///< by the async function's promise
    std::optional<quint64> m_waitSince;
    quint64 m_time = 0;
    qint64 m_iteration = 0;
    Phase m_phase = Phase::None;
};

} // namespace loopscope
