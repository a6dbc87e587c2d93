// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/ProfileComparison.h"
#include "analysis/profiler/ProfileText.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace loopscope {

/// Says in words, and for programs, what a ProfileComparison found. Not thread-safe.
class ProfileComparisonText
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ProfileComparisonText)

public:
    /// All must outlive this.
    ProfileComparisonText(const ProfileText &before, const ProfileText &after)
        : m_before(before)
        , m_after(after)
    {
    }

    /// "The second run took 34.0 ms instead of 92.0 ms (2.7 times as fast). Most was gained at the awaits of `load`: ..."
    QString summary(const ProfileComparison &comparison) const;
    /// Of a function or an await, as the second run has it, if it is there.
    QString name(SiteId before, SiteId after) const { return after != 0 ? m_after.functionName(after) : m_before.functionName(before); }
    QString function(const FunctionChange &change) const { return name(change.before, change.after); }
    QString await(const AwaitChange &change) const { return name(change.before, change.after); }
    /// "file.js:12", of the second run if it is there.
    QString place(SiteId before, SiteId after) const { return after != 0 ? m_after.place(after) : m_before.place(before); }
    /// "+1.20 ms", "-3 us", "=".
    static QString change(BeforeAfter figure);
    QJsonObject toJson(const ProfileComparison &comparison) const;

private:
    const ProfileText &m_before;
    const ProfileText &m_after;
};

} // namespace loopscope
