// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/LoopState.h"
#include "state/RecordingIndex.h"

#include <QCoreApplication>

#include <vector>

namespace loopscope {

/// One answer of the why panel. In `text` names stand between backquotes, and places as "[line 3](site:7)", the number being a SiteId.
struct Explanation
{
    enum class Topic : quint8 {
        Item, ///< what a waiting thing is
        JustNow, ///< what the event of the moment did
        Because, ///< the rule that made it so
        AskedBy, ///< who scheduled it, where and when
        Next, ///< what runs next, and why that
        Waiting, ///< what waits, and for what: one answer an item
    };
    Topic topic = Topic::JustNow;
    QString text;
};

/// Explains a moment of a recording in plain sentences. Each is made from a template and from what was recorded: where the recording does
/// not tell, nothing is said.
class Explainer
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Explainer)

public:
    /// All must outlive this.
    Explainer(const RecordingReader &reader, const RecordingIndex &index, const EventText &text);

    /// The moment is the state's cursor; the index must hold its event.
    std::vector<Explanation> explain(const LoopState &state) const;
    /// The same about one thing that waits: a task or an I/O request. Empty if it does not wait any more.
    std::vector<Explanation> explainItem(SubjectId subject, const LoopState &state) const;

private:
    QString justNow(const Event &event, quint64 index) const;
    QString rule(const Event &event, const LoopState &state) const;
    QString taskCreatedRule(const Event &event) const;
    QString taskBegunRule(const Event &event) const;
    QString processEventRule(const QString &name) const;
    QString promiseRule(const Event &event) const;
    QString loopRule(const Event &event) const;
    QString askedBy(SubjectId subject, const LoopState &state) const;
    QString next(const LoopState &state) const;
    QString nextByRule(const LoopState &state) const;
    void addWaiting(const LoopState &state, std::vector<Explanation> &answers) const;
    /// True for the evaluation of an ES module, behind which microtasks come before ticks.
    bool isModule(const TaskState &task) const;
    QString waitsFor(const RequestState &request, const LoopState &state) const;
    QString waitsFor(const TaskState &task, const LoopState &state) const;
    QString link(SiteId site) const;
    QString named(SubjectId subject) const;

    const RecordingReader &m_reader;
    const RecordingIndex &m_index;
    const EventText &m_text;
};

} // namespace loopscope
