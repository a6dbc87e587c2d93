// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TracePlaces.h"

#include "recording/SourceCodec.h"

#include <cstring>

namespace loopscope {
namespace {

QString text(std::string_view view) { return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size())); }

template<typename Number>
void appendBytes(std::string &key, Number number)
{
    key.append(reinterpret_cast<const char *>(&number), sizeof number);
}

} // namespace

quint32 TracePlaces::place(std::string_view url, std::string_view function, quint32 line, quint32 column, SiteKind kind)
{
    m_key.assign(url);
    m_key += '\n';
    m_key += function;
    m_key += '\n';
    appendBytes(m_key, line);
    appendBytes(m_key, column);
    m_key += static_cast<char>(kind);
    const auto known = m_numbers.find(m_key);
    if (known != m_numbers.end())
        return known->second;
    if (m_places.size() > mostPlaces) {
        m_isFull = true;
        return 0;
    }
    const auto number = static_cast<quint32>(m_places.size());
    m_numbers.emplace(m_key, number);
    const quint32 source = sourceOf(url);
    const bool isInBody = isBody(source, function, kind);
    const quint32 holder = isInBody ? 0 : functionIn(source, function, line, column);
    std::vector<Site> &sites = m_sources[source].sites;
    const bool isHolder = kind == SiteKind::Function && sites[holder].line == line && sites[holder].column == column;
    m_places.push_back({source, isHolder ? holder : static_cast<quint32>(sites.size())});
    if (!isHolder) {
        const bool isFunction = kind == SiteKind::Function && !isInBody;
        sites.push_back({line, column, line, column + 1, isFunction ? 0 : holder,
            isInBody && kind == SiteKind::Function ? SiteKind::Statement : kind, isFunction ? text(function) : QString()});
    }
    return number;
}

bool TracePlaces::addSource(SiteId first, QByteArrayView payload)
{
    if (payload.size() > mostSourceBytes - m_sourceBytes) {
        m_isFull = true;
        return true;
    }
    const std::unique_ptr<SourceText> source = decodeSource(payload);
    if (!source)
        return false;
    m_sourceBytes += payload.size();
    const auto number = static_cast<quint32>(m_sources.size());
    m_firstSites.emplace(first, number);
    m_sourceNumbers.try_emplace(source->path.toStdString(), number);
    m_sources.push_back(std::move(*source));
    return true;
}

quint32 TracePlaces::placeOfSite(SiteId site)
{
    const auto known = m_placesOfSites.find(site);
    if (known != m_placesOfSites.end())
        return known->second;
    const auto after = m_firstSites.upper_bound(site);
    if (after == m_firstSites.begin())
        return 0;
    const auto [first, source] = *std::prev(after);
    if (site - first >= m_sources[source].sites.size())
        return 0;
    if (m_places.size() > mostPlaces) {
        m_isFull = true;
        return 0;
    }
    const auto number = static_cast<quint32>(m_places.size());
    m_places.push_back({source, site - first});
    m_placesOfSites.emplace(site, number);
    return number;
}

quint32 TracePlaces::sourceOf(std::string_view url)
{
    const auto [entry, isNew] = m_sourceNumbers.try_emplace(std::string(url), static_cast<quint32>(m_sources.size()));
    if (isNew)
        m_sources.push_back({text(url), {}, {Site{1, 1, 1, 1, 0, SiteKind::Function, {}}}});
    return entry->second;
}

/// The file's own body is called by the file's name, or, by what stands in it, by nothing.
bool TracePlaces::isBody(quint32 source, std::string_view name, SiteKind kind) const
{
    return name.empty() ? kind != SiteKind::Function : text(name) == m_sources[source].path.section(QLatin1Char('/'), -1);
}

quint32 TracePlaces::functionIn(quint32 source, std::string_view name, quint32 line, quint32 column)
{
    std::vector<Site> &sites = m_sources[source].sites;
    const auto [entry, isNew] =
        m_functions.try_emplace(std::to_string(source) + '\n' + std::string(name), static_cast<quint32>(sites.size()));
    if (isNew)
        sites.push_back({line, column, line, column + 1, 0, SiteKind::Function, text(name)});
    return entry->second;
}

void TracePlaces::define(RecordingWriter &writer)
{
    std::vector<SiteId> first;
    first.reserve(m_sources.size());
    for (const SourceText &source : m_sources)
        first.push_back(writer.defineSource(source));
    m_sites.assign(m_places.size(), 0);
    for (size_t number = 1; number < m_places.size(); ++number)
        m_sites[number] = first[m_places[number].source] + m_places[number].index;
}

} // namespace loopscope
