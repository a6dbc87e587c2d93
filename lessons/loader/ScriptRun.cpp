// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/ScriptRun.h"

#include <algorithm>

namespace loopscope {

namespace {

bool setsLimit(const LessonRun &how)
{
    return how.options.contains(QLatin1String("--max-time")) || how.options.contains(QLatin1String("--max-events"))
        || how.options.contains(QLatin1String("--max-memory"));
}

std::optional<Event> lastEvent(const RecordingReader &reader)
{
    const quint64 count = reader.eventCount();
    return count > 0 ? std::optional(reader.event(count - 1)) : std::nullopt;
}

} // namespace

std::unique_ptr<ScriptRun> ScriptRun::of(const LessonTrial::Setup &setup, LessonProblem *problem)
{
    std::unique_ptr<ScriptRun> run(new ScriptRun);
    run->m_trial.start(setup);
    const bool isThere = run->m_trial.wait();
    *problem = {setup.script, 0, run->m_trial.failure()};
    if (isThere && !setup.scenario.isEmpty()) {
        run->m_lab = LabMeasures::fromReport(run->m_trial.output(), setup.models, &problem->sentence);
        return run->m_lab ? std::move(run) : nullptr;
    }
    const bool isRecorded = setup.scenario.isEmpty() && run->open();
    const std::optional<Event> last = isRecorded ? lastEvent(run->m_reader) : std::nullopt;
    if (!isThere) {
        if (last && last->kind != EventKind::RunEnded) // it was ended from outside
            *problem = run->endless(setup.script, problem->sentence);
        return nullptr;
    }
    if (!isRecorded) {
        problem->sentence = run->m_reader.problem();
        return nullptr;
    }
    if (run->reachedLimit() && !setsLimit(setup.run)) {
        *problem = run->endless(setup.script, run->m_trial.notice());
        return nullptr;
    }
    return run;
}

bool ScriptRun::open()
{
    // Also of a run that was ended from outside, of which the trial gives no recording.
    const std::shared_ptr<QTemporaryDir> folder = m_trial.folder();
    if (!folder || !m_reader.open(folder->filePath(QStringLiteral("run.lscope"))))
        return false;
    m_index.update(m_reader);
    m_words = std::make_unique<EventText>(m_reader, m_index);
    m_moments = std::make_unique<MomentSearch>(m_reader, *m_words);
    m_measures = std::make_unique<RunMeasures>(m_reader);
    return true;
}

/// A server that nobody asks anything is no endless script: it waits, which ends a run in virtual time.
bool ScriptRun::reachedLimit() const
{
    constexpr quint64 near = 100; // what still happens when a run is ended
    const quint64 count = m_reader.eventCount();
    for (quint64 index = count; index-- > count - std::min(count, near);) {
        const Event event = m_reader.event(index);
        if (event.kind == EventKind::LimitReached)
            return event.detail != static_cast<quint8>(LimitKind::Idle);
    }
    return false;
}

/// Where it went on and on: the function that was called last.
LessonProblem ScriptRun::endless(const QString &script, const QString &why) const
{
    for (quint64 index = m_reader.eventCount(); index-- > 0;) {
        const Event event = m_reader.event(index);
        const SitePlace place = event.kind == EventKind::CallEntered ? m_reader.place(event.site) : SitePlace();
        if (!place.isValid())
            continue;
        const QString function = place.functionName();
        return {script, static_cast<int>(place.site->line),
            (function.isEmpty() ? tr("it does not end by itself. %1 Last it was here, in the script itself (%3).")
                                : tr("it does not end by itself. %1 Last it was here, in '%2' (%3)."))
                    .arg(why, function, place.shortPlace())
                + QLatin1Char(' ') + tr("Let it end, or set a limit in 'run' ('--max-events', '--max-time') if that is meant.")};
    }
    return {script, 1, why};
}

} // namespace loopscope
