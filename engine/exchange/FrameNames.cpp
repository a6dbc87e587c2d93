// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/FrameNames.h"

#include "state/Names.h"

namespace loopscope {

quint32 FrameNames::frameOf(const Span &span)
{
    const bool isTask = span.kind == Span::Kind::Task;
    constexpr quint64 aboveSites = 1ULL << 32U;
    const quint64 key = isTask ? aboveSites + static_cast<quint64>(span.taskKind) : span.site;
    const auto known = m_numbers.constFind(key);
    if (known != m_numbers.cend())
        return *known;
    Frame frame;
    if (isTask) {
        frame.name = QLatin1Char('(') + taskKindKey(span.taskKind) + QLatin1Char(')');
    } else {
        const SitePlace place = m_names.reader().place(span.site);
        frame.name = m_names.function(span.site);
        if (place.isValid()) {
            frame.file = place.source->path;
            frame.line = place.site->line;
            frame.column = place.site->column;
        }
    }
    const auto number = static_cast<quint32>(m_frames.size());
    m_frames.push_back(frame);
    m_numbers.insert(key, number);
    return number;
}

} // namespace loopscope
