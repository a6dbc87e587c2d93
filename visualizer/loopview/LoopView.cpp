// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loopview/LoopView.h"

#include "loopview/LoopPainter.h"
#include "theme/Theme.h"

#include <QContextMenuEvent>
#include <QEasingCurve>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

using Place = LoopLayout::Place;
using Role = Theme::TextRole;

/// ms. Long enough to follow with the eye, short enough to be over before the next unhurried step.
int durationOf(LoopView::Motion motion)
{
    switch (motion) {
    case LoopView::Motion::Off:
        return 0;
    case LoopView::Motion::Slow:
        return 700;
    case LoopView::Motion::Normal:
        return 260;
    case LoopView::Motion::Fast:
        return 120;
    }
    return 0;
}

constexpr std::size_t kNamedInTip = 12;

/// How far `to` is from `from` in the direction of an arrow key; negative if it does not lie there.
qreal distanceTowards(int key, QPointF from, QPointF to)
{
    const QPointF way = to - from;
    const bool isAcross = key == Qt::Key_Left || key == Qt::Key_Right;
    const qreal sign = key == Qt::Key_Left || key == Qt::Key_Up ? -1 : 1;
    const qreal along = sign * (isAcross ? way.x() : way.y());
    const qreal aside = std::abs(isAcross ? way.y() : way.x());
    // What lies straight ahead is nearer than what lies aside.
    return along < 1 ? -1 : along + 2.5 * aside;
}

} // namespace

LoopView::LoopView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("loopView"));
    setAccessibleName(tr("Event loop"));
    setFocusPolicy(Qt::TabFocus);
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    connect(&m_animation, &QVariantAnimation::finished, this, qOverload<>(&QWidget::update));
    connect(&Theme::current(), &Theme::changed, this, [this] {
        m_animation.stop();
        relayout();
    });
    m_contents.emptyHint = tr("Open a script and press F5 to run it, or F10 to step.");
}

void LoopView::setContents(LoopContents contents, bool animated)
{
    const bool isHurried = isMoving();
    m_animation.stop();
    const bool moves = animated && !isHurried && m_motion != Motion::Off && isVisible()
        && style()->styleHint(QStyle::SH_Widget_Animate, nullptr, this) != 0;
    LoopContents before = std::exchange(m_contents, std::move(contents));
    const LoopLayout beforeLayout = m_layout;
    relayout();
    if (moves)
        startMotion(before, beforeLayout);
    keepSelection();
    setAccessibleDescription(describe());
}

void LoopView::startMotion(const LoopContents &before, const LoopLayout &beforeLayout)
{
    m_transition = LoopTransition::between(before, beforeLayout, m_contents, m_layout);
    if (m_transition.isEmpty())
        return;
    m_before = before;
    m_beforeLayout = beforeLayout;
    m_animation.setDuration(durationOf(m_motion));
    m_animation.start();
}

void LoopView::setMotion(Motion motion)
{
    m_motion = motion;
    if (motion == Motion::Off)
        m_animation.stop();
    update();
}

void LoopView::relayout()
{
    const Theme &theme = Theme::current();
    const QFontMetricsF code(theme.font(Role::Code));
    const QFontMetricsF fact(theme.font(Role::Fact));
    const TextWidths widths{[&](const QString &text) { return code.horizontalAdvance(text); },
        [&](const QString &text) { return fact.horizontalAdvance(text); }};
    m_layout = LoopLayout::compute(m_contents, size(), theme.scaled(1), widths);
    update();
}

void LoopView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_animation.stop();
    relayout();
}

void LoopView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal progress = isMoving() ? m_animation.currentValue().toReal() : 1;
    LoopPainter(painter, {m_contents, m_layout, m_before, m_beforeLayout, m_transition, progress, m_selected}).paint();
    if (hasFocus()) {
        painter.setPen(QPen(Theme::current().palette().accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void LoopView::select(const ShownItem &item)
{
    const SubjectId earlier = m_selected.subject;
    m_selected = item;
    update();
    setAccessibleDescription(describe());
    if (earlier != item.subject)
        Q_EMIT itemSelected(item.subject);
    tellChosen(*this);
}

// --- what assistive technology is told of --------------------------------------------------------------------------------------------

int LoopView::itemCount() { return static_cast<int>(shownItems(m_contents, m_layout).size()); }

QString LoopView::itemName(int item) { return wordsOf(shownItems(m_contents, m_layout).at(static_cast<std::size_t>(item))); }

QRect LoopView::itemRect(int item) { return shownItems(m_contents, m_layout).at(static_cast<std::size_t>(item)).rect.toAlignedRect(); }

int LoopView::chosenItem()
{
    const auto items = shownItems(m_contents, m_layout);
    const auto chosen = std::find_if(items.begin(), items.end(), [this](const ShownItem &item) {
        return item.place == m_selected.place && item.station == m_selected.station && item.index == m_selected.index;
    });
    return chosen != items.end() ? static_cast<int>(chosen - items.begin()) : -1;
}

void LoopView::chooseItem(int item) { select(shownItems(m_contents, m_layout).at(static_cast<std::size_t>(item))); }

void LoopView::openItem(int item)
{
    chooseItem(item);
    if (m_selected.site != 0)
        Q_EMIT siteActivated(m_selected.site);
}

// --- choosing ------------------------------------------------------------------------------------------------------------------------

/// The selected thing may stand elsewhere now, or be gone.
void LoopView::keepSelection()
{
    if (m_selected.place == Place::Nothing)
        return;
    const auto items = shownItems(m_contents, m_layout);
    const auto same =
        std::find_if(items.begin(), items.end(), [this](const ShownItem &item) { return item.subject == m_selected.subject; });
    select(m_selected.subject != 0 && same != items.end() ? *same : ShownItem());
}

void LoopView::setSelectedSubject(SubjectId subject)
{
    if (subject == m_selected.subject)
        return;
    const auto items = shownItems(m_contents, m_layout);
    const auto found = std::find_if(items.begin(), items.end(), [subject](const ShownItem &item) { return item.subject == subject; });
    m_selected = subject != 0 && found != items.end() ? *found : ShownItem();
    update();
}

void LoopView::mousePressEvent(QMouseEvent *event)
{
    const LoopLayout::Hit hit = m_layout.at(event->position());
    const auto items = shownItems(m_contents, m_layout);
    const auto pressed = std::find_if(items.begin(), items.end(), [&](const ShownItem &item) {
        return hit.index && item.place == hit.place && item.station == hit.station && item.index == *hit.index;
    });
    select(pressed != items.end() ? *pressed : ShownItem());
}

void LoopView::goTo(int key)
{
    const auto items = shownItems(m_contents, m_layout);
    if (items.empty())
        return;
    const bool isBack = key == Qt::Key_Left || key == Qt::Key_Up || key == Qt::Key_End;
    if (m_selected.place == Place::Nothing || key == Qt::Key_Home || key == Qt::Key_End) {
        select(isBack ? items.back() : items.front());
        return;
    }
    const ShownItem *nearest = nullptr;
    qreal least = 0;
    for (const ShownItem &item : items) {
        const qreal distance = distanceTowards(key, m_selected.rect.center(), item.rect.center());
        if (distance >= 0 && (nearest == nullptr || distance < least)) {
            nearest = &item;
            least = distance;
        }
    }
    if (nearest != nullptr)
        select(*nearest);
}

void LoopView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Up:
    case Qt::Key_Home:
    case Qt::Key_End:
        goTo(event->key());
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected.site != 0)
            Q_EMIT siteActivated(m_selected.site);
        break;
    case Qt::Key_Space:
        if (m_selected.place != Place::Nothing)
            Q_EMIT whyRequested();
        break;
    case Qt::Key_Escape:
        select({});
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void LoopView::contextMenuEvent(QContextMenuEvent *event)
{
    // The button's press has selected what lies under it.
    if (m_selected.subject != 0)
        Q_EMIT itemMenuWanted(event->globalPos());
}

void LoopView::mouseDoubleClickEvent(QMouseEvent *event)
{
    mousePressEvent(event);
    if (m_selected.site != 0)
        Q_EMIT siteActivated(m_selected.site);
}

bool LoopView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString tip = tipOf(m_layout.at(QPointF(help->pos())));
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tip, this);
    return true;
}

/// A thing in all its words; of a list that is cut, what finds no room.
QString LoopView::tipOf(const LoopLayout::Hit &hit) const
{
    if (hit.index) {
        const QString words = wordsOf({hit.place, hit.station, *hit.index, 0, 0, {}});
        return words.isEmpty() ? QString() : tr("%1\nClick: why. Double click: source").arg(words);
    }
    const ChipList *chips = chipsAt(m_contents, hit.place, hit.station);
    if (chips == nullptr || chips->isEmpty())
        return {};
    const auto items = shownItems(m_contents, m_layout);
    const auto shown = static_cast<std::size_t>(std::count_if(
        items.begin(), items.end(), [&](const ShownItem &item) { return item.place == hit.place && item.station == hit.station; }));
    QStringList lines;
    for (std::size_t i = shown; i < chips->items.size() && lines.size() < static_cast<qsizetype>(kNamedInTip); ++i)
        lines << chips->items.at(i).whole;
    const qsizetype more = chips->total - static_cast<qsizetype>(shown) - lines.size();
    if (more > 0)
        lines << tr("and %L1 more").arg(more);
    return lines.join(QLatin1Char('\n'));
}

QString LoopView::wordsOf(const ShownItem &item) const
{
    if (item.place == Place::Frame) {
        const LoopFrame &frame = m_contents.frames.at(item.index);
        return tr("%1 %2").arg(frame.name, frame.fact).trimmed();
    }
    if (item.place == Place::Thread) {
        const LoopThread &thread = m_contents.threads.at(item.index);
        return thread.subject != 0 ? tr("%1: %2, %3").arg(thread.label, thread.work, thread.fact) : tr("%1: idle").arg(thread.label);
    }
    const ChipList *chips = chipsAt(m_contents, item.place, item.station);
    return chips != nullptr ? chips->items.at(item.index).whole : QString();
}

QString LoopView::describe() const
{
    if (m_contents.isEmpty)
        return m_contents.emptyHint;
    QStringList parts;
    if (m_selected.place != Place::Nothing)
        parts << tr("Selected: %1.").arg(wordsOf(m_selected));
    parts << tr("Iteration %L1.").arg(m_contents.iteration);
    for (const LoopStation &station : m_contents.stations) {
        if (station.current)
            parts << tr("Phase %1.").arg(station.title);
        if (!station.queue.isEmpty())
            parts << tr("%1: %2, first %3.")
                         .arg(station.title, station.note, station.queue.items.empty() ? QString() : station.queue.items.front().name);
    }
    if (!m_contents.frames.empty())
        parts << tr("Running %1 %2.").arg(m_contents.frames.front().name, m_contents.frames.front().fact);
    parts << tr("%L1 ticks, %L2 microtasks wait.").arg(m_contents.ticks.total).arg(m_contents.microtasks.total);
    return parts.join(QLatin1Char(' '));
}

} // namespace loopscope
