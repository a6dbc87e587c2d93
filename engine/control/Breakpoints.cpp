// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/Breakpoints.h"

#include <algorithm>
#include <utility>

namespace loopscope {

void Breakpoints::setLines(std::vector<Line> lines)
{
    m_lines = std::move(lines);
    m_answers.clear();
    m_previous = 0;
}

const Breakpoints::Line *Breakpoints::lookUp(SiteId site) const
{
    QString path;
    quint32 line = 0;
    if (!m_placeOfSite || !m_placeOfSite(site, &path, &line))
        return nullptr;
    const auto fileName = [](const QString &whole) { return whole.mid(whole.lastIndexOf(QLatin1Char('/')) + 1); };
    const auto found = std::find_if(m_lines.begin(), m_lines.end(),
        [&](const Line &wanted) { return wanted.line == line && (wanted.path == path || wanted.path == fileName(path)); });
    return found != m_lines.end() ? &*found : nullptr;
}

bool Breakpoints::isMarked(SiteId site)
{
    if (site >= m_answers.size())
        m_answers.resize(site + 1, Answer::Unknown);
    Answer &answer = m_answers[site];
    if (answer == Answer::Unknown)
        answer = lookUp(site) != nullptr ? Answer::Yes : Answer::No;
    return answer == Answer::Yes;
}

bool Breakpoints::hits(SiteId site)
{
    if (!isMarked(site)) {
        m_previous = 0;
        return false;
    }
    m_condition = lookUp(site)->condition;
    const SiteId previous = std::exchange(m_previous, site);
    if (previous == 0 || site <= previous)
        return true;
    QString path;
    QString previousPath;
    quint32 line = 0;
    quint32 previousLine = 0;
    m_placeOfSite(site, &path, &line);
    m_placeOfSite(previous, &previousPath, &previousLine);
    return line != previousLine || path != previousPath;
}

} // namespace loopscope
