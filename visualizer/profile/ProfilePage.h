// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/ProfileTables.h"

#include <QCoreApplication>

namespace loopscope {

/// Verdict and details as HTML; a link is "event:N", "site:N" or "lesson:NAME". Needs no window.
class ProfilePage
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ProfilePage)

public:
    static constexpr std::size_t mostFindings = 4;
    static constexpr std::size_t mostVictims = 30;

    explicit ProfilePage(const ProfileText &text)
        : m_text(text)
    {
    }

    QString verdict(const Verdict &verdict, const Profile &profile, const BlockingReport &report) const;
    QString details(const Blocker &blocker) const;
    /// Where a link of these leads to.
    static ProfileTarget targetOf(const QString &link);
    /// A sentence with names between backquotes.
    static QString html(const QString &sentence);
    static QString eventLink(quint64 event, const QString &text);

private:
    static QString link(const QString &target, const QString &text);

    const ProfileText &m_text;
};

} // namespace loopscope
