// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/CourseList.h"

#include "lessons/StandSign.h"
#include "lessons/TextLook.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace loopscope {

namespace {

// px at 100 %
constexpr int kNumber = 40;
constexpr int kSide = 190; ///< for signs and note on the right
constexpr int kPadding = 9;
constexpr int kSign = 11;

int px(qreal length) { return qRound(Theme::current().scaled(length)); }

} // namespace

CourseList::CourseList(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("courseList"));
    setAccessibleName(tr("Lessons"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&Theme::current(), &Theme::changed, this, &CourseList::layOut);
}

void CourseList::setRows(const QList<CourseRow> &rows)
{
    m_rows = rows;
    m_current = std::clamp<int>(m_current, rows.isEmpty() ? -1 : 0, static_cast<int>(rows.size()) - 1);
    layOut();
}

int CourseList::sideWidth() const { return std::min(px(kSide), width() / 3); }

void CourseList::layOut()
{
    m_rects.clear();
    const QFontMetrics title(Theme::current().font(Theme::TextRole::Strong));
    const QFontMetrics goal(Theme::current().font(Theme::TextRole::Words));
    int y = 0;
    for (const CourseRow &row : std::as_const(m_rows)) {
        const int room = std::max(60, width() - px(kNumber) - sideWidth() - 2 * px(kPadding));
        const int lines = goal.boundingRect(QRect(0, 0, room, 10000), Qt::TextWordWrap, row.goal).height();
        const int height = title.height() + px(2) + lines + 2 * px(kPadding);
        m_rects << QRect(0, y, width(), height);
        y += height;
    }
    if (height() != y)
        setFixedHeight(std::max(y, 1));
    update();
}

QSize CourseList::sizeHint() const { return {480, m_rects.isEmpty() ? 1 : m_rects.constLast().bottom() + 1}; }

void CourseList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

QString CourseList::itemName(int item)
{
    const CourseRow row = m_rows.value(item);
    return tr("%1 %2, %3. %4").arg(row.number, row.title, row.note.isEmpty() ? CourseRows::word(row.stand) : row.note, row.goal);
}

QRect CourseList::itemRect(int item) { return m_rects.value(item); }

void CourseList::chooseItem(int item)
{
    m_current = std::clamp<int>(item, m_rows.isEmpty() ? -1 : 0, itemCount() - 1);
    tellChosen(*this);
    Q_EMIT currentMoved(itemRect(m_current));
    update();
}

void CourseList::openItem(int item)
{
    if (item < 0 || item >= itemCount())
        return;
    chooseItem(item);
    Q_EMIT lessonChosen(m_rows.at(item).name);
}

int CourseList::itemAt(const QPoint &point) const
{
    const auto found = std::find_if(m_rects.begin(), m_rects.end(), [&](const QRect &rect) { return rect.contains(point); });
    return found != m_rects.end() ? static_cast<int>(found - m_rects.begin()) : -1;
}

void CourseList::mouseMoveEvent(QMouseEvent *event)
{
    m_hovered = itemAt(event->pos());
    setCursor(m_hovered >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void CourseList::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void CourseList::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        openItem(itemAt(event->pos()));
}

void CourseList::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        chooseItem(m_current + (event->key() == Qt::Key_Up ? -1 : 1));
        break;
    case Qt::Key_Home:
        chooseItem(0);
        break;
    case Qt::Key_End:
        chooseItem(itemCount() - 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        openItem(m_current);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void CourseList::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    chooseItem(std::max(m_current, 0));
}

void CourseList::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void CourseList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int item = 0; item < itemCount(); ++item)
        paintRow(painter, item);
}

void CourseList::paintRow(QPainter &painter, int item) const
{
    const Theme &theme = Theme::current();
    const Palette &p = theme.palette();
    const CourseRow &row = m_rows.at(item);
    const QRect rect = m_rects.at(item);
    const bool isCurrent = hasFocus() && item == m_current;
    if (isCurrent || item == m_hovered) {
        painter.setPen(isCurrent ? QPen(p.link, 1.5) : QPen(Qt::NoPen));
        painter.setBrush(p.card);
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), px(8), px(8));
    }
    const QFontMetrics title(theme.font(Theme::TextRole::Strong));
    const QRect inner = rect.adjusted(px(kNumber), px(kPadding), -sideWidth() - px(kPadding), -px(kPadding));
    painter.setFont(theme.font(Theme::TextRole::Words));
    painter.setPen(p.dim);
    painter.drawText(QRect(rect.left(), inner.top(), px(kNumber) - px(12), title.height()), Qt::AlignRight | Qt::AlignVCenter, row.number);
    painter.drawText(inner.adjusted(0, title.height() + px(2), 0, 0), Qt::TextWordWrap, row.goal);
    painter.setFont(theme.font(Theme::TextRole::Strong));
    painter.setPen(p.text);
    painter.drawText(QRect(inner.left(), inner.top(), inner.width(), title.height()), Qt::AlignLeft | Qt::AlignVCenter,
        title.elidedText(row.title, Qt::ElideRight, inner.width()));
    paintSteps(painter, row, QRect(rect.right() - sideWidth(), inner.top(), sideWidth() - px(kPadding), inner.height()));
}

void CourseList::paintSteps(QPainter &painter, const CourseRow &row, const QRect &rect) const
{
    const Theme &theme = Theme::current();
    const QFontMetrics title(theme.font(Theme::TextRole::Strong));
    qreal x = rect.right();
    const qreal y = rect.top() + title.height() / 2.0;
    for (auto step = row.steps.rbegin(); step != row.steps.rend(); ++step) {
        x -= px(kSign);
        if (x < rect.left())
            break;
        paintStandSign(painter, QPointF(x + px(kSign) / 2.0, y), px(kSign) * 0.36, *step);
        x -= px(4);
    }
    painter.setFont(theme.font(Theme::TextRole::Fact));
    painter.setPen(theme.palette().dim);
    painter.drawText(rect.adjusted(0, title.height() + px(2), 0, 0), Qt::AlignRight | Qt::AlignTop | Qt::TextWordWrap, row.note);
}

} // namespace loopscope
