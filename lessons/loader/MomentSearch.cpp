// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/MomentSearch.h"

#include "lessons/loader/LessonWords.h"
#include "lessons/loader/NamePattern.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

using Of = MomentSearch::Of;

/// What an event of a moment is in a recording, and whose name is meant.
struct MomentEvent
{
    const char *word;
    EventKind kind;
    EventKind other; ///< stands for the same
    Of of;
};
constexpr std::array momentEvents = {MomentEvent{"created", EventKind::TaskCreated, EventKind::TaskCreated, Of::Task},
    MomentEvent{"ready", EventKind::TaskReady, EventKind::TaskReady, Of::Task},
    MomentEvent{"begun", EventKind::TaskBegun, EventKind::TaskBegun, Of::Task},
    MomentEvent{"ended", EventKind::TaskEnded, EventKind::TaskEnded, Of::Task},
    MomentEvent{"cancelled", EventKind::TaskCancelled, EventKind::TaskCancelled, Of::Task},
    MomentEvent{"settled", EventKind::PromiseFulfilled, EventKind::PromiseRejected, Of::Promise},
    MomentEvent{"suspended", EventKind::AwaitSuspended, EventKind::AwaitSuspended, Of::Await},
    MomentEvent{"resumed", EventKind::AwaitResumed, EventKind::AwaitResumed, Of::Await},
    MomentEvent{"submitted", EventKind::IoSubmitted, EventKind::IoSubmitted, Of::Request},
    MomentEvent{"started", EventKind::IoStarted, EventKind::IoStarted, Of::Request},
    MomentEvent{"completed", EventKind::IoCompleted, EventKind::IoCompleted, Of::Request},
    MomentEvent{"entered", EventKind::CallEntered, EventKind::CallEntered, Of::Call},
    MomentEvent{"waits", EventKind::PollWaitStarted, EventKind::PollWaitStarted, Of::Nothing},
    MomentEvent{"iteration", EventKind::IterationStarted, EventKind::IterationStarted, Of::Nothing},
    MomentEvent{"run-ended", EventKind::RunEnded, EventKind::RunEnded, Of::Nothing}};

bool fitsName(const QString &wanted, const QString &name) { return wanted.isEmpty() || NamePattern(wanted).fits(name); }

} // namespace

const QStringList &MomentSearch::events() { return lessonwords::events(); }

QString MomentSearch::promiseMaker(SubjectId promise) const
{
    const auto created = m_words.index().history(promise).created;
    if (!created)
        return {};
    const Event event = m_reader.event(*created);
    const bool isOfAsync = event.detail == static_cast<quint8>(PromiseOrigin::AsyncFunction);
    return m_words.functionName(isOfAsync ? static_cast<SiteId>(event.value) : event.site);
}

bool MomentSearch::fits(const LessonMoment &moment, Of of, const Event &event) const
{
    switch (of) {
    case Of::Task: {
        // Not all of these events tell the kind; the creation of each task does.
        const auto created = m_words.index().history(event.subject).created;
        const auto kind = static_cast<TaskKind>(created ? m_reader.event(*created).detail : event.detail);
        return !m_words.isNodes(event.subject) && (moment.task.isEmpty() || lessonwords::wordOf(kind) == moment.task)
            && fitsName(moment.name, m_words.subjectName(event.subject));
    }
    case Of::Promise:
        return !m_words.isNodes(event.subject) && fitsName(moment.name, promiseMaker(event.subject));
    case Of::Await:
        return fitsName(moment.name, m_words.functionName(event.site));
    case Of::Request:
        return !m_words.isNodes(event.subject) && fitsName(moment.name, m_words.subjectName(event.subject));
    case Of::Call:
        return (event.detail & (CallResumes | CallSampled)) == 0 && fitsName(moment.name, m_words.functionName(event.site));
    case Of::Nothing:
        break;
    }
    return true;
}

std::optional<quint64> MomentSearch::find(const LessonMoment &moment) const
{
    int left = moment.nth;
    if (moment.event == QLatin1String("printed")) {
        for (const OutputLines::Line &line : m_lines.all()) {
            if (fitsName(moment.name, line.text) && --left == 0)
                return line.event;
        }
        return std::nullopt;
    }
    const auto phase = moment.event == QLatin1String("entered") ? lessonwords::phaseOf(moment.phase) : std::nullopt;
    const auto *const known = std::find_if(
        momentEvents.begin(), momentEvents.end(), [&](const MomentEvent &each) { return moment.event == QLatin1String(each.word); });
    if (known == momentEvents.end())
        return std::nullopt;
    for (quint64 index = 0; index < m_reader.eventCount(); ++index) {
        const Event event = m_reader.event(index);
        if (event.loop() != 0)
            continue;
        const bool isIt = phase ? event.kind == EventKind::PhaseEntered && event.phase() == *phase
                                : (event.kind == known->kind || event.kind == known->other) && fits(moment, known->of, event);
        if (isIt && --left == 0)
            return index;
    }
    return std::nullopt;
}

} // namespace loopscope
