// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ComparedProfiles.h"

#include <QDir>

#include <algorithm>

namespace loopscope {

namespace {

constexpr quint64 kPortion = 200'000; ///< events between two looks at whether it is still wanted

} // namespace

bool ComparedProfiles::profile(Run &run, const QString &path, quint64 events, quint16 loop, const std::atomic_bool &isUnwanted)
{
    if (!run.reader.open(path)) {
        m_problem = tr("%1 cannot be compared: %2").arg(QDir::toNativeSeparators(path), run.reader.problem());
        return false;
    }
    run.profile = std::make_unique<Profile>(loop);
    while (run.profile->eventCount() < events && !isUnwanted) {
        if (!run.profile->update(run.reader, std::min(kPortion, events - run.profile->eventCount())))
            break;
    }
    return !isUnwanted;
}

bool ComparedProfiles::make(const Request &request, const std::atomic_bool &isUnwanted)
{
    if (!profile(m_before, request.before, request.eventsBefore, request.loop, isUnwanted)
        || !profile(m_after, request.after, request.eventsAfter, request.loop, isUnwanted))
        return false;
    m_places = std::make_unique<SiteMatch>(m_before.reader, m_after.reader);
    m_comparison = std::make_unique<ProfileComparison>(*m_before.profile, *m_after.profile, *m_places, request.threshold);
    return !isUnwanted;
}

} // namespace loopscope
