// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Measures.h"
#include "recording/RecordingReader.h"

#include <memory>

namespace loopscope {

/// What a recorded run measures (docs/lessons.md). Reads the whole recording when it is made: about a microsecond an event. What is Node's
/// own work is left out where names and callbacks are counted. A damaged or endless recording measures what is there; a run that has not
/// ended has no exit code, which no comparison holds for. Not thread-safe.
class RunMeasures : public Measures
{
public:
    /// The reader must outlive this.
    explicit RunMeasures(const RecordingReader &reader);
    ~RunMeasures() override;
    RunMeasures(const RunMeasures &) = delete;
    RunMeasures &operator=(const RunMeasures &) = delete;

    MeasureValue measure(MeasureId id, const QStringList &arguments) const override;

private:
    struct Facts;
    /// Each knows the measures of its group.
    MeasureValue output(MeasureId id, const QStringList &arguments) const;
    MeasureValue callbacks(MeasureId id, const QStringList &arguments) const;
    MeasureValue atOnce(MeasureId id, const QStringList &arguments) const;
    double count(MeasureId id, const QStringList &arguments) const;

    std::unique_ptr<const Facts> m_facts;
};

} // namespace loopscope
