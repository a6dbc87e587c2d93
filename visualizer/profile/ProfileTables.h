// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/ProfileText.h"
#include "servers/FigureTable.h"

#include <QCoreApplication>

#include <optional>
#include <vector>

namespace loopscope {

/// Where a row of a table leads to.
struct ProfileTarget
{
    SiteId site = 0; ///< 0: no place in the source
    std::optional<quint64> event; ///< of the recording
    QString lesson = {}; ///< folder of the course; empty: none
};

/// A table of a profile, with a target for each row.
struct ProfileRows
{
    FigureTable table;
    std::vector<ProfileTarget> targets;
};

/// The reports of a profile as tables; times are in ms. Needs no window.
class ProfileTables
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ProfileTables)

public:
    /// Both must outlive this.
    ProfileTables(const Profile &profile, const ProfileText &text)
        : m_profile(profile)
        , m_text(text)
    {
    }

    /// A row a blocker, in the report's order; leads to the callback's beginning in its longest hold.
    ProfileRows blockers(const BlockingReport &report) const;
    /// By time of their own; leads to the source.
    ProfileRows functions() const;
    /// By time waited; leads to where the longest wait began.
    ProfileRows awaits() const;
    /// How long callbacks of each kind ran, could have run and waited for the loop, and waited for their time or their I/O.
    ProfileRows taskKinds() const;
    ProfileRows phases() const;

    /// "2 timers, 1 I/O callback": of those that are listed, and how many there are besides.
    static QString victims(const Blocker &blocker);

private:
    const Profile &m_profile;
    const ProfileText &m_text;
};

} // namespace loopscope
