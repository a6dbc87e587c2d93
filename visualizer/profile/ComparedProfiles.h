// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/SiteMatch.h"
#include "analysis/profiler/ProfileComparisonText.h"
#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/RecordingIndex.h"

#include <QCoreApplication>

#include <atomic>
#include <memory>

namespace loopscope {

/// Two recordings, read by readers of its own, with their profiles and what changed between them. Made in any thread; used in one at a
/// time.
class ComparedProfiles
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ComparedProfiles)

public:
    struct Request
    {
        QString before; ///< paths
        QString after;
        quint64 eventsBefore = 0; ///< as far as they are compared
        quint64 eventsAfter = 0;
        quint16 loop = 0;
        quint64 threshold = 0; ///< ns, as of BlockingReport
        bool operator==(const Request &) const = default;
    };

    /// False, with a sentence in problem(), if either cannot be read; also false as soon as `isUnwanted`.
    bool make(const Request &request, const std::atomic_bool &isUnwanted);
    QString problem() const { return m_problem; }

    /// These are there once make() was true.
    const ProfileComparison &comparison() const { return *m_comparison; }
    const ProfileComparisonText &words() const { return m_words; }

private:
    struct Run
    {
        RecordingReader reader;
        RecordingIndex index; ///< stays empty: functions have their names from their places
        EventText events{reader, index};
        ProfileText text{reader, events};
        std::unique_ptr<Profile> profile;
    };
    bool profile(Run &run, const QString &path, quint64 events, quint16 loop, const std::atomic_bool &isUnwanted);

    Run m_before;
    Run m_after;
    std::unique_ptr<SiteMatch> m_places;
    std::unique_ptr<ProfileComparison> m_comparison;
    ProfileComparisonText m_words{m_before.text, m_after.text};
    QString m_problem;
};

} // namespace loopscope
