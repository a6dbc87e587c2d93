// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/AnswerList.h"

#include "lessons/TextLook.h"
#include "theme/Theme.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTextDocument>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

// px at 100 %
constexpr int kGap = 5;
constexpr int kPadding = 7;
constexpr int kMark = 30; ///< room for the number or the ring on the left
constexpr int kGrip = 22; ///< and for the grip on the right
constexpr int kHead = 24;

int px(qreal length) { return qRound(Theme::current().scaled(length)); }

} // namespace

AnswerList::AnswerList(AnswerChips &chips, QWidget *parent)
    : QWidget(parent)
    , m_chips(chips)
{
    setObjectName(QStringLiteral("answerList"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&m_chips, &AnswerChips::changed, this, [this] {
        fill();
        tellChosen(*this);
    });
    connect(&Theme::current(), &Theme::changed, this, &AnswerList::fill);
    fill();
}

void AnswerList::setShowsCode(bool isCode)
{
    m_isCode = isCode;
    fill();
}

void AnswerList::setFixedAnswer(bool isFixed)
{
    m_isFixed = isFixed;
    m_dragged.reset();
    fill();
}

void AnswerList::fill()
{
    const TextLook look = TextLook::ofTheme();
    m_rows.clear();
    for (const QString &item : m_chips.items()) {
        auto text = std::make_shared<QTextDocument>();
        text->setDocumentMargin(0);
        text->setDefaultFont(m_isCode ? look.code : look.words);
        if (m_isCode)
            text->setPlainText(item);
        else
            text->setHtml(lineToHtml(item, look));
        m_rows.push_back({{}, std::move(text)});
    }
    layOut();
    update();
}

void AnswerList::layOut()
{
    const bool isQueue = m_chips.kind() == AnswerChips::Kind::Queue;
    int y = 1;
    m_inHead = m_outHead = {};
    const auto head = [&](QRect &rect) {
        rect = QRect(0, y, width(), px(kHead));
        y += px(kHead);
    };
    if (isQueue)
        head(m_inHead);
    for (int item = 0; item < itemCount(); ++item) {
        Row &row = m_rows.at(static_cast<std::size_t>(item));
        if (isQueue && item == m_chips.chosenCount())
            head(m_outHead);
        row.text->setTextWidth(std::max(40, width() - px(kMark) - px(kGrip) - 2 * px(kPadding)));
        const int height = static_cast<int>(std::ceil(row.text->size().height())) + 2 * px(kPadding);
        row.rect = QRect(1, y, width() - 2, height);
        y += height + px(kGap);
    }
    if (isQueue && m_outHead.isNull())
        head(m_outHead);
    if (m_height != y) {
        m_height = y;
        setFixedHeight(m_height);
    }
}

QSize AnswerList::sizeHint() const { return {280, m_height}; }

void AnswerList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

QString AnswerList::itemName(int item)
{
    const QString text = m_isCode ? m_chips.items().value(item) : lineToPlain(m_chips.items().value(item));
    switch (m_chips.kind()) {
    case AnswerChips::Kind::Order:
        return tr("%1, place %2 of %3").arg(text).arg(item + 1).arg(itemCount());
    case AnswerChips::Kind::Queue:
        return m_chips.isChosen(item) ? tr("%1, in the queue, place %2").arg(text).arg(item + 1) : tr("%1, not in the queue").arg(text);
    case AnswerChips::Kind::One:
        return m_chips.isChosen(item) ? tr("%1, chosen").arg(text) : text;
    }
    return text;
}

QRect AnswerList::itemRect(int item) { return item >= 0 && item < itemCount() ? m_rows.at(static_cast<std::size_t>(item)).rect : QRect(); }

void AnswerList::openItem(int item)
{
    m_chips.setCurrent(item);
    if (!m_isFixed)
        m_chips.toggle(item);
}

int AnswerList::itemAt(const QPoint &point) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.rect.contains(point); });
    return found != m_rows.end() ? static_cast<int>(found - m_rows.begin()) : -1;
}

AnswerList::Target AnswerList::targetOf(int y) const
{
    Target target{0, m_chips.kind() != AnswerChips::Kind::Queue || y < m_outHead.center().y()};
    for (int item = 0; item < m_chips.count(); ++item) {
        if (item != m_dragged && m_rows.at(static_cast<std::size_t>(item)).rect.center().y() < y)
            ++target.place;
    }
    return target;
}

void AnswerList::mousePressEvent(QMouseEvent *event)
{
    const int item = event->button() == Qt::LeftButton ? itemAt(event->pos()) : -1;
    if (item < 0)
        return;
    m_pressed = event->pos();
    m_chips.setCurrent(item);
}

void AnswerList::mouseMoveEvent(QMouseEvent *event)
{
    const bool isFar = (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (!event->buttons().testFlag(Qt::LeftButton) || !isMovable() || (!m_dragged && (!isFar || itemAt(m_pressed) < 0)))
        return;
    if (!m_dragged)
        m_dragged = m_chips.current();
    m_dragY = event->pos().y();
    setCursor(Qt::ClosedHandCursor);
    update();
}

void AnswerList::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    unsetCursor();
    if (m_dragged) {
        const Target target = targetOf(event->pos().y());
        const int from = *m_dragged;
        m_dragged.reset();
        m_chips.place(from, target.place, target.isIn);
    } else if (const int item = itemAt(event->pos()); item >= 0 && item == itemAt(m_pressed) && !m_isFixed) {
        m_chips.toggle(item);
    }
    update();
}

void AnswerList::keyPressEvent(QKeyEvent *event)
{
    const bool moves = (event->modifiers() & (Qt::AltModifier | Qt::ControlModifier)) != 0;
    const int by = event->key() == Qt::Key_Up ? -1 : event->key() == Qt::Key_Down ? 1 : 0;
    if (by != 0 && moves) {
        if (isMovable())
            m_chips.moveCurrent(by);
    } else if (by != 0) {
        m_chips.setCurrent(m_chips.current() + by);
    } else if (event->key() == Qt::Key_Home || event->key() == Qt::Key_End) {
        m_chips.setCurrent(event->key() == Qt::Key_Home ? 0 : itemCount() - 1);
    } else if (event->key() == Qt::Key_Space) {
        openItem(m_chips.current());
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier) {
        if (!m_isFixed)
            Q_EMIT handedIn();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void AnswerList::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void AnswerList::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void AnswerList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::EnabledChange)
        update();
}

void AnswerList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHeads(painter);
    for (int item = 0; item < itemCount(); ++item) {
        if (item != m_dragged)
            paintRow(painter, item, itemRect(item));
    }
    if (m_dragged) {
        paintTarget(painter);
        QRect rect = itemRect(*m_dragged);
        rect.moveTop(std::clamp(m_dragY - rect.height() / 2, 0, std::max(0, height() - rect.height())));
        paintRow(painter, *m_dragged, rect);
    }
}

void AnswerList::paintHeads(QPainter &painter)
{
    painter.setFont(Theme::current().font(Theme::TextRole::Head));
    painter.setPen(Theme::current().palette().dim);
    const bool isEmpty = m_chips.chosenCount() == 0;
    painter.drawText(
        m_inHead, Qt::AlignLeft | Qt::AlignVCenter, isEmpty ? tr("In the queue: nothing") : tr("In the queue, the first on top"));
    painter.drawText(m_outHead, Qt::AlignLeft | Qt::AlignVCenter, tr("Not in it"));
}

void AnswerList::paintTarget(QPainter &painter) const
{
    // A line where the chip would come to stand.
    const Target target = targetOf(m_dragY);
    std::vector<const Row *> others;
    for (int item = 0; item < m_chips.count(); ++item) {
        if (item != m_dragged)
            others.push_back(&m_rows.at(static_cast<std::size_t>(item)));
    }
    const auto place = static_cast<std::size_t>(target.place);
    int y = place < others.size() ? others.at(place)->rect.top() - px(kGap) / 2 - 1 : height() - 2;
    if (place >= others.size() && !others.empty())
        y = others.back()->rect.bottom() + px(kGap) / 2 + 1;
    painter.setPen(QPen(Theme::current().palette().link, 2));
    painter.drawLine(2, y, width() - 2, y);
}

void AnswerList::paintRow(QPainter &painter, int item, const QRect &rect)
{
    const Palette &p = Theme::current().palette();
    const bool isCurrent = item == m_chips.current() && hasFocus();
    const bool isOut = m_chips.kind() == AnswerChips::Kind::Queue && !m_chips.isChosen(item);
    painter.setBrush(isOut ? p.window : p.chip);
    painter.setPen(QPen(isCurrent ? p.link : p.line, isCurrent ? 2 : 1));
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), px(6), px(6));
    paintMark(painter, item, QRect(rect.left(), rect.top(), px(kMark), rect.height()));
    painter.save();
    painter.translate(rect.left() + px(kMark), rect.top() + px(kPadding));
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, isOut ? p.dim : p.text);
    m_rows.at(static_cast<std::size_t>(item)).text->documentLayout()->draw(&painter, context);
    painter.restore();
    if (!isMovable())
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(p.dim);
    const QPointF middle(rect.right() - px(kGrip) / 2.0, rect.center().y());
    for (const int row : {-1, 0, 1}) {
        for (const int column : {-1, 1})
            painter.drawEllipse(middle + QPointF(column * px(2.5), row * px(4.5)), px(1.2), px(1.2));
    }
}

void AnswerList::paintMark(QPainter &painter, int item, const QRect &rect) const
{
    const Palette &p = Theme::current().palette();
    if (m_chips.kind() != AnswerChips::Kind::One) {
        if (!m_chips.isChosen(item))
            return;
        painter.setFont(Theme::current().font(Theme::TextRole::Fact));
        painter.setPen(p.dim);
        painter.drawText(rect, Qt::AlignCenter, QString::number(item + 1));
        return;
    }
    const QPointF middle = QRectF(rect).center();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_chips.isChosen(item) ? p.link : p.dim, 1.5));
    painter.drawEllipse(middle, px(6), px(6));
    if (!m_chips.isChosen(item))
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(p.link);
    painter.drawEllipse(middle, px(3), px(3));
}

} // namespace loopscope
