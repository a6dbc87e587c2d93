// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/ProfileComparisonText.h"
#include "profile/ColourLegend.h"
#include "profile/FlameView.h"

#include <QCoreApplication>

namespace loopscope {

class ComparedProfiles;

/// A difference flame graph: the call trees of two runs laid over each other, a frame as wide as it took in one of them, in colours of how
/// that changed. Orange and blue stay apart for colour-blind people; names tell the change in figures as well.
class DifferenceFlame
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::DifferenceFlame)

public:
    enum class Widths : quint8 { Before, After };

    static FlameGraph graph(const ProfileComparison &comparison, Widths widths);
    /// `showsAfter`: sites are those of the second run. Keeps `profiles` alive.
    static FlameLook look(const std::shared_ptr<const ComparedProfiles> &profiles, bool showsAfter);
    /// Of what took so long before and after.
    static QColor fill(BeforeAfter time);
    static std::vector<ColourLegend::Entry> legend();
};

} // namespace loopscope
