// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/Forecast.h"
#include "state/Narration.h"
#include "state/RecordingIndex.h"
#include "state/RuleBook.h"

#include <QCoreApplication>

#include <vector>

namespace loopscope {

/// One answer of the why panel. `text` is marked up as Narration says.
struct Explanation
{
    enum class Topic : quint8 {
        Item, ///< what a waiting thing is
        JustNow, ///< what the event of the moment did
        Because, ///< the rule that made it so
        Mechanism, ///< how Node, libuv, V8 and ECMAScript do that
        FreeChoice, ///< Node may go another way here
        AskedBy, ///< who scheduled it, where and when
        Chain, ///< the whole way from the script to here: one answer a step, the latest first
        Next, ///< what runs next, and why that
        Waiting, ///< what waits, and for what: one answer an item
    };
    Topic topic = Topic::JustNow;
    QString text;
};

/// Explains a moment of a recording in plain sentences. Each is made from a template and from what was recorded: where the recording does
/// not tell, nothing is said. The work is bounded, however big the recording and whatever waits.
class Explainer
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Explainer)

public:
    enum class Depth : quint8 {
        Rule, ///< what a beginner needs
        Mechanism, ///< and how it is done
    };

    /// All must outlive this.
    Explainer(const RecordingReader &reader, const RecordingIndex &index, const EventText &text);

    /// The moment is the state's cursor; the index must hold its event.
    std::vector<Explanation> explain(const LoopState &state, Depth depth = Depth::Rule) const;
    /// The same about one thing: a task or an I/O request that waits or runs, or a promise. Empty if it is none of these (any more).
    std::vector<Explanation> explainItem(SubjectId subject, const LoopState &state, Depth depth = Depth::Rule) const;
    /// What comes next by the rules, whatever the recording holds after the state's cursor.
    Forecast forecast(const LoopState &state) const;

private:
    using Answers = std::vector<Explanation>;

    static void say(Answers &answers, Explanation::Topic topic, const QString &text);
    static void sayRule(Answers &answers, const Rule &rule, Depth depth);
    Rule rule(const Event &event, const LoopState &state) const;
    /// The task that the moment is about: the event's own, else the one that runs; 0 if there is none.
    SubjectId taskOf(const Event &event, const LoopState &state) const;
    QString askedBy(SubjectId subject, const LoopState &state) const;
    void addChain(SubjectId subject, const LoopState &state, Answers &answers) const;
    /// Says so if Node may also have taken another way to this event.
    QString freeChoice(const Event &event, quint64 index) const;

    // ExplainerNext.cpp
    QString next(const LoopState &state) const;
    std::optional<quint64> nextInLoop(const LoopState &state, EventKind kind) const;
    QString nextCallback(const LoopState &state) const;
    QString nextUnrecorded(const LoopState &state) const;
    bool recoversFromError(const LoopState &state) const;
    bool drainsMicrotasks(const LoopState &state) const;
    QString forecastText(const Forecast &forecast, const LoopState &state) const;
    QString turnOf(quint64 index, const LoopState &state) const;
    QString upcoming(quint64 index) const;

    // ExplainerItems.cpp
    void addWaiting(const LoopState &state, Answers &answers) const;
    void explainTask(const TaskState &task, const LoopState &state, Depth depth, Answers &answers) const;
    void explainHandle(const HandleState &handle, const LoopState &state, Depth depth, Answers &answers) const;
    void explainLoop(const RunningLoop &loop, const LoopState &state, Depth depth, Answers &answers) const;
    void explainRequest(const RequestState &request, const LoopState &state, Depth depth, Answers &answers) const;
    void explainPromise(SubjectId promise, const Event &created, const LoopState &state, Depth depth, Answers &answers) const;
    QString waitsFor(const RequestState &request, const LoopState &state) const;
    QString waitsFor(const TaskState &task, const LoopState &state) const;
    QString waitsFor(const PromiseState &promise, const Event &created) const;
    /// True for the evaluation of an ES module, behind which microtasks come before ticks.
    bool isModule(const TaskState &task) const;

    const RecordingReader &m_reader;
    const RecordingIndex &m_index;
    const EventText &m_text;
    Narration m_narration;
};

} // namespace loopscope
