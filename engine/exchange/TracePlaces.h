// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingWriter.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// Collects the places that a trace names, whose numbers are known when all have been met only: sources are defined whole.
class TracePlaces
{
public:
    /// Lines and columns count from 1. A place that is no function stands in the function of that name. Gives a provisional number; 0 once
    /// there are mostPlaces.
    quint32 place(std::string_view url, std::string_view function, quint32 line, quint32 column, SiteKind kind);
    /// Takes a whole source as its recording has it (the payload, decodeSource()), in which its sites have the numbers from `first` on.
    /// False if it is none.
    bool addSource(SiteId first, QByteArrayView payload);
    /// A provisional number of a site of such a source; 0 if there is none.
    quint32 placeOfSite(SiteId site);
    /// Defines the sources, those of place() without text; then siteOf() holds.
    void define(RecordingWriter &writer);
    SiteId siteOf(quint32 place) const { return place < m_sites.size() ? m_sites[place] : 0; }
    /// True if something was left out because there are mostPlaces, or mostSourceBytes.
    bool isFull() const { return m_isFull; }

    static constexpr quint32 mostPlaces = 1'000'000;
    static constexpr qsizetype mostSourceBytes = 256'000'000; ///< of payloads

private:
    struct Place
    {
        quint32 source = 0;
        quint32 index = 0; ///< in its sites
    };

    quint32 sourceOf(std::string_view url);
    bool isBody(quint32 source, std::string_view name, SiteKind kind) const;
    quint32 functionIn(quint32 source, std::string_view name, quint32 line, quint32 column);

    std::vector<SourceText> m_sources;
    std::vector<Place> m_places{Place{}}; ///< by provisional number
    std::vector<SiteId> m_sites; ///< by provisional number
    std::unordered_map<std::string, quint32> m_sourceNumbers;
    std::unordered_map<std::string, quint32> m_functions; ///< index of the first of that name, by source and name
    std::unordered_map<std::string, quint32> m_numbers;
    std::map<SiteId, quint32> m_firstSites; ///< sources of addSource()
    std::unordered_map<SiteId, quint32> m_placesOfSites;
    qsizetype m_sourceBytes = 0;
    std::string m_key; ///< kept for its memory
    bool m_isFull = false;
};

} // namespace loopscope
