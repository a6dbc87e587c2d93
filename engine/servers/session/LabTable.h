// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/LabReport.h"

namespace loopscope {

/// Reports as text for a terminal.
class LabTable
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabTable)

public:
    /// The whole of it: what was compared, figures a row and models a column, notes, problems, the verdict.
    static QString text(const LabReport &report);
    /// "Load: 400 clients, think time exp:20."
    static QString load(const ScenarioLoad &load);
    /// What has to be said beside the figures, in sentences: who died or was stopped, notes, problems.
    static QStringList remarks(const LabReport &report);
    /// What the threads and processes of one run used, the busiest first; empty if that is not known.
    static QString threads(const LabResult &result);
    /// The way of one request through each model, on one axis of time; empty if none of them was followed.
    static QString way(const LabReport &report, qint64 number);
    /// Its steps, one a line, from the moment at which it was due.
    static QString steps(const LabRequest &request);
    /// One line a second or so of a run that goes on: "event loop (real) 3.0 s: 1000/s, p99 12 ms, 5 in flight".
    static QString line(const LabSample &sample);

    /// "12.3 ms", "1.24 s", "850 us"
    static QString time(double seconds);
    /// "1,234" below a million, then "1.23 M"
    static QString count(double count);
    /// "12.3 MB"
    static QString bytes(double bytes);
    /// `text` with a capital at its beginning: names of models have none.
    static QString sentence(QString text);
    /// "3 requests in flight were lost with it"
    static QString lostText(qint64 requests);
};

/// One figure of a result: a row of the table, a metric of a comparison.
struct LabFigure
{
    enum class Kind : quint8 { Rate, Time, Count, Bytes, Share, Cores };
    const char *name; ///< for people, to be translated in the context LabFigure
    const char *key; ///< member of the result: "throughput", "latency.p99"
    Kind kind;
    enum class Better : quint8 { High, Low, Neither };
    Better better; ///< Neither: more of it says nothing without what else changed
    double (*of)(const LabResult &result);
    /// The answers, or the time, that it is about; without any there is no such figure, and zero does not say how quick it was.
    enum class Of : quint8 { All, Answers, Time };
    Of basis = Of::All;

    bool isKnownOf(const LabResult &result) const
    {
        return basis == Of::All || (basis == Of::Answers ? result.completed > 0 : result.seconds > 0);
    }
};

const std::vector<LabFigure> &labFigures();
QString nameOf(const LabFigure &figure);
QString textOf(const LabFigure &figure, double value);
/// "-" where it has no such figure.
QString textOf(const LabFigure &figure, const LabResult &result);

} // namespace loopscope
