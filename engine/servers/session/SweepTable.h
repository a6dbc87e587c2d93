// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/SweepReport.h"

namespace loopscope {

/// A sweep as text for a terminal: throughput and p99 of each run at each value, where each bends and breaks, and where another model takes
/// the lead.
class SweepTable
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::SweepTable)

public:
    static QString text(const SweepReport &report);
    /// The first three are heads: models, truths (each over two columns, of which the second is empty), and what the columns are.
    static std::vector<QStringList> rows(const SweepReport &report);
    /// Of the problems, of each bend, and of who serves best from where on.
    static QStringList sentences(const SweepReport &report);
    /// "event loop (modelled): levels off at 1,000/s from rate = 1200 on; p99 rises from rate = 900 on."
    static QString text(const SweepBend &bend, const QString &knob);
    /// "from rate = 1 on event loop serves best (it needs less memory), from rate = 800 on cluster (it answers more)." Empty if nobody wins
    /// anywhere.
    static QString text(const std::vector<SweepTurn> &turns, const QString &knob);
};

} // namespace loopscope
