// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/LabMeasures.h"
#include "lessons/loader/LessonTrial.h"
#include "lessons/loader/MomentSearch.h"
#include "lessons/loader/RunMeasures.h"

#include <QCoreApplication>
#include <QString>

#include <memory>
#include <optional>

namespace loopscope {

/// A script of a lesson that was run, or served in the server lab, with all that can be asked about it: for programs that wait for it. Used
/// in the thread that made it.
class ScriptRun
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ScriptRun)

public:
    /// Null, with the reason in `problem`, if it cannot be run or does not end by itself; the place of the latter is where it was going on.
    /// It may end at a limit that `setup.run` sets itself.
    static std::unique_ptr<ScriptRun> of(const LessonTrial::Setup &setup, LessonProblem *problem);
    /// What conditions about it ask.
    static MeasureSet setOf(const LessonTask &task) { return task.scenario.isEmpty() ? MeasureSet::Run : MeasureSet::Lab; }

    const Measures &measures() const { return m_lab ? static_cast<const Measures &>(*m_lab) : *m_measures; }

    // Of a script that was run:

    const QByteArray &output() const { return m_trial.output(); }
    int exitCode() const { return m_trial.exitCode(); }
    const RecordingReader &reader() const { return m_reader; }
    const MomentSearch &moments() const { return *m_moments; }

private:
    ScriptRun() = default;
    bool open();
    bool reachedLimit() const;
    LessonProblem endless(const QString &script, const QString &why) const;

    LessonTrial m_trial;
    RecordingReader m_reader;
    RecordingIndex m_index;
    std::unique_ptr<EventText> m_words;
    std::unique_ptr<MomentSearch> m_moments;
    std::unique_ptr<RunMeasures> m_measures;
    std::optional<LabMeasures> m_lab;
};

} // namespace loopscope
