// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The bars of the timeline, as assistive technology is told of them.
#include "timeline/SpanText.h"
#include "timeline/TimelineCanvas.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kSeenFrom = 3; ///< px; narrower ones are painted as one
constexpr int kFoldedColumns = 2;

} // namespace

const std::vector<SpanRef> &TimelineCanvas::shownSpans()
{
    drawList(); // brings columns and rows up to date
    if (m_shown)
        return *m_shown;
    m_shown.emplace();
    if (m_text == nullptr)
        return *m_shown;
    for (const TimelineRow &row : m_rows.rows()) {
        const std::vector<SpanTrack> &rows = m_tracks->rows(row.group);
        if (static_cast<std::size_t>(row.row) >= rows.size())
            continue;
        const SpanTrack &track = rows[static_cast<std::size_t>(row.row)];
        for (std::size_t i = track.firstEndingFrom(m_columns.firstEvent()); i < track.count() && track.begin(i) < m_columns.endEvent();) {
            const SpanRef span{row.group, row.row, i};
            if (rectOf(span).width() >= kSeenFrom) {
                m_shown->push_back(span);
                ++i;
            } else {
                const int folded = std::max(m_columns.columnOf(track.begin(i)), 0) + kFoldedColumns;
                i = std::max(track.firstBeginningFrom(m_columns.edge(std::min(folded, m_columns.width())), i), i + 1);
            }
        }
    }
    return *m_shown;
}

int TimelineCanvas::itemCount() { return static_cast<int>(shownSpans().size()); }

QString TimelineCanvas::itemName(int item) { return m_text->describe(shownSpans()[static_cast<std::size_t>(item)]); }

QRect TimelineCanvas::itemRect(int item) { return rectOf(shownSpans()[static_cast<std::size_t>(item)]).translated(plotOrigin()) & plot(); }

int TimelineCanvas::chosenItem()
{
    const std::vector<SpanRef> &spans = shownSpans();
    const auto chosen = m_selected ? std::find(spans.begin(), spans.end(), *m_selected) : spans.end();
    return chosen != spans.end() ? static_cast<int>(chosen - spans.begin()) : -1;
}

void TimelineCanvas::chooseItem(int item)
{
    const SpanRef span = shownSpans()[static_cast<std::size_t>(item)];
    goTo(m_tracks->rows(span.group)[static_cast<std::size_t>(span.row)].begin(span.span));
    select(span);
}

void TimelineCanvas::openItem(int item)
{
    const SiteId site = m_text->site(shownSpans()[static_cast<std::size_t>(item)]);
    chooseItem(item);
    if (site != 0)
        Q_EMIT siteActivated(site);
}

} // namespace loopscope
