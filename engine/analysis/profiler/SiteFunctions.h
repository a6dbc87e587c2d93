// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"

#include <vector>

namespace loopscope {

/// The function at each site of a recording, or around it; looked for once. Not thread-safe.
class SiteFunctions
{
public:
    /// The site itself where the recording does not define it (yet).
    SiteId of(SiteId site, const RecordingReader &reader)
    {
        if (site < m_functions.size() && m_functions[site] != unknown)
            return m_functions[site];
        const SitePlace place = reader.place(site);
        if (!place.isValid())
            return site;
        if (site >= m_functions.size())
            m_functions.resize(site + 1, unknown);
        return m_functions[site] = place.site->kind == SiteKind::Function ? site : place.firstSite + place.site->function;
    }

    /// The event as a call tree wants it: what goes on after an await has the await's place, and is the function's time all the same.
    Event inFunction(Event event, const RecordingReader &reader)
    {
        if (event.kind == EventKind::TaskBegun || event.kind == EventKind::CallEntered)
            event.site = of(event.site, reader);
        return event;
    }

private:
    static constexpr SiteId unknown = ~0U;

    std::vector<SiteId> m_functions;
};

} // namespace loopscope
