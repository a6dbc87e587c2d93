// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/Verdict.h"

#include <QCoreApplication>

#include <optional>
#include <vector>

namespace loopscope {

/// The result of one run at one point of a sweep.
struct SweepPoint
{
    double value = 0; ///< of what is swept
    LabResult result; ///< without its histogram: a sweep has many
};

/// A run of a sweep that gave no result.
struct SweepProblem
{
    double value = 0;
    LabProblem problem;
};

/// One scenario at several values of one knob, or the part of it that one shard has run. Saved as a JSON object with these members.
struct SweepReport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::SweepReport)

public:
    QString version; ///< of Loopscope
    QString machine;
    QString date; ///< ISO 8601, UTC
    Scenario scenario;
    LabControls::Knob over = LabControls::Knob::Clients;
    std::vector<double> values; ///< of the whole sweep, ascending
    std::vector<LabRunName> runs; ///< at each of them
    int shard = 1; ///< from 1
    int shards = 1;
    std::vector<SweepPoint> points;
    std::vector<SweepProblem> problems;

    /// A run of the sweep, by its place among the values and among the runs.
    struct Job
    {
        double value = 0;
        LabRunName run;
    };
    /// Those of this shard: every shards-th of all, so that cheap and dear ones are spread evenly.
    std::vector<Job> jobs() const;
    /// Of these, the ones without a result: all, or what is left of a sweep that was stopped.
    std::vector<Job> jobsLeft() const;
    /// The scenario of one value.
    Scenario scenarioAt(double value) const;
    /// What is wrong, as with the scenario at one of the values, in a sentence; null if it can be run.
    QString problem() const;
    /// Results of one run, by ascending value.
    std::vector<SweepPoint> pointsOf(const LabRunName &run) const;

    QJsonObject toJson() const;
    QString write(const QString &file) const; ///< null, or the sentence why it cannot be written
    static std::optional<SweepReport> read(const QString &file, QString *problem);
    /// One report of all shards. Nothing, with a sentence, if they are of different sweeps, or if some are missing or there twice; names
    /// them. `names`: of the parts, for sentences.
    static std::optional<SweepReport> merged(const std::vector<SweepReport> &parts, const QStringList &names, QString *problem);

    /// From `from` to `to`, both included, each about the same factor above the one before: four digits, or whole numbers where the knob is
    /// a number of things; each once. From 0, where nothing is a multiple, in equal steps.
    static std::vector<double> geometric(double from, double to, int steps, bool isWhole);
};

/// What a sweep says about one server model.
struct SweepBend
{
    LabRunName run;
    double bestThroughput = 0;
    std::optional<double> levelsOff; ///< the first value with all but a twentieth of the best throughput, if more of it did not help
    std::optional<double> falls; ///< the first value behind the best with less than nine tenths of it
    std::optional<double> tailRises; ///< the first value whose p99 is more than twice the lowest before it
    std::optional<double> breaks; ///< the first value at which more than 1 % of the requests fail, or the server dies
};

/// Of the runs that have results.
std::vector<SweepBend> bendsOf(const SweepReport &report);

/// Who serves best from which value on, and by what, in the order of values; as Verdict compares.
struct SweepTurn
{
    double value = 0;
    Lead lead;
};
/// Of one truth. Values at which all do alike count to the lead before.
std::vector<SweepTurn> turnsOf(const SweepReport &report, Truth truth);

} // namespace loopscope
