// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/TimelinePainter.h"

#include "theme/Theme.h"
#include "timeline/SpanText.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace loopscope {

namespace {

constexpr qsizetype kNamesKept = 20'000;
constexpr int kLightFrom = 88; ///< grey value, of 255: from here on dark type has more contrast than light type

QColor mixed(const QColor &colour, const QColor &ground, double share)
{
    const auto mix = [share](int a, int b) { return qRound(a * share + b * (1 - share)); };
    return {mix(colour.red(), ground.red()), mix(colour.green(), ground.green()), mix(colour.blue(), ground.blue())};
}

QColor markColour(const Palette &p, MarkCategory category)
{
    switch (category) {
    case MarkCategory::Output:
        return p.dim;
    case MarkCategory::ErrorOutput:
    case MarkCategory::Error:
        return p.error;
    case MarkCategory::Mark:
        return p.link;
    }
    return p.dim;
}

/// Dark type on light ground and the other way round, whatever the theme.
QColor textOn(const QColor &ground) { return qGray(ground.rgb()) > kLightFrom ? Palette::light().text : Palette::dark().text; }

} // namespace

TimelineColours::TimelineColours(const Palette &p)
{
    for (std::size_t ink = 0; ink < TimelineInk::count; ++ink) {
        const int category = TimelineInk::categoryOf(ink);
        const QColor full = static_cast<Hue>(category) == Hue::Structure ? mixed(p.track, p.window, p.isDark ? 0.75 : 0.6)
                                                                         : p.hue(static_cast<Hue>(category));
        switch (TimelineInk::shadeOf(ink)) {
        case TimelineInk::Waiting:
            m_colours[ink] = mixed(full, p.window, p.isDark ? 0.32 : 0.38);
            break;
        case TimelineInk::Dimmed:
            m_colours[ink] = mixed(full, p.window, 0.2);
            break;
        case TimelineInk::Thin:
            m_colours[ink] = mixed(full, p.window, 0.48);
            break;
        case TimelineInk::Medium:
            m_colours[ink] = mixed(full, p.window, 0.64);
            break;
        case TimelineInk::Dense:
            m_colours[ink] = mixed(full, p.window, 0.82);
            break;
        case TimelineInk::Idle:
            m_colours[ink] = mixed(full, p.window, p.isDark ? 0.3 : 0.36);
            break;
        case TimelineInk::Mark:
            m_colours[ink] = markColour(p, static_cast<MarkCategory>(category));
            break;
        case TimelineInk::Solid:
        case TimelineInk::ShadeCount:
            m_colours[ink] = full;
            break;
        }
    }
}

bool TimelinePainter::paint(QPainter &painter, const TimelineDrawList &list, const SpanText *text)
{
    const TimelineColours colours(Theme::current().palette());
    for (std::size_t ink = 0; ink < TimelineInk::count; ++ink) {
        const QColor &colour = colours.of(ink);
        for (const QRect &rect : list.rects[ink])
            painter.fillRect(rect, colour);
    }
    painter.setPen(Theme::current().palette().text);
    painter.setBrush(Qt::NoBrush);
    for (const QRect &rect : list.found)
        painter.drawRect(rect.adjusted(0, 0, -1, -1));
    return text == nullptr || paintNames(painter, list, *text, colours);
}

bool TimelinePainter::paintNames(QPainter &painter, const TimelineDrawList &list, const SpanText &text, const TimelineColours &colours)
{
    const Theme &theme = Theme::current();
    const QFont font = theme.font(Theme::TextRole::SmallCode);
    const QFontMetricsF metrics(font);
    // All letters of this font are equally wide, so a name is cut by counting.
    const qreal letter = metrics.horizontalAdvance(QLatin1Char('0'));
    const qreal inset = theme.scaled(4);
    painter.setFont(font);
    int looked = 0;
    if (m_names.size() > kNamesKept)
        m_names.clear();
    for (const SpanLabel &label : list.labels) {
        const auto letters = static_cast<qsizetype>((label.room.width() - 2 * inset) / letter);
        if (letters < 1)
            continue;
        const quint64 key =
            (static_cast<quint64>(label.span.group) << 56U) | (static_cast<quint64>(label.span.row) << 40U) | label.span.span;
        auto name = m_names.find(key);
        if (name == m_names.end()) {
            if (++looked > mostNewNames)
                continue;
            name = m_names.insert(key, text.name(label.span));
        }
        if (name->size() > letters && letters < 3)
            continue; // a letter and an ellipsis tell nothing
        const QString shown = name->size() > letters ? name->left(letters - 1) + QChar(0x2026) : *name;
        const qreal baseline = label.room.top() + (label.room.height() + metrics.ascent() - metrics.descent()) / 2;
        painter.setPen(textOn(colours.of(label.ink)));
        painter.drawText(QPointF(label.room.left() + inset, baseline), shown);
    }
    return looked <= mostNewNames;
}

} // namespace loopscope
