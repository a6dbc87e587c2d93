// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace loopscope {

/// A program that is run and timed from outside, so that it does not matter what its own clock shows.
struct TimedProgram
{
    QString program;
    QStringList arguments; ///< before the size
    QString folder;

    /// Seconds of wall time for one run; negative if it failed (message on standard error). `size` < 0: no size argument.
    double seconds(qint64 size) const;
    /// The best of `repeats` runs.
    double best(qint64 size, int repeats) const;
    /// Cost of one unit of work in ns: the difference of two sizes, so that starting costs nothing. Negative if a run failed,
    /// not a number if the larger size was not slower (sizes too small for this machine).
    double nanosecondsEach(qint64 small, qint64 large, int repeats) const;
};

/// What the benchmarks that measure Loopscope beside Node.js share.
class PeerBenchmark
{
protected:
    /// `isShort`: few of everything, which shows that it works.
    explicit PeerBenchmark(bool isShort);
    /// Of tests/bench/programs.
    static QString program(const QString &name);
    int exitCode() const { return m_failed ? 1 : 0; }
    /// Not a number, and a failure, if `value` is negative.
    double checked(double value);
    void fail(const QString &message);

    const bool m_isShort;
    const QString m_loopscope;
    const QString m_node; ///< empty if there is none

private:
    bool m_failed = false;
};

/// Runs a program of tests/bench/programs and records it to `path`.
struct RecordedProgram
{
    QString name; ///< without its suffix
    QString detail; ///< "tasks", "calls" or "statements"
    qint64 size = 1'000'000'000; ///< its argument
    qint64 mostEvents = 0; ///< where the recording ends, if the program does not end before; 0: without limit

    /// False if that failed (message on standard error).
    bool record(const QString &path) const;
};

} // namespace loopscope
