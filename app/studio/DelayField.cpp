// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "DelayField.h"

#include "theme/Theme.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScreen>
#include <QToolButton>

#include <algorithm>

namespace loopscope {

namespace {

constexpr double kLongestDelay = 2147483647; ///< ms, of Node's timers

QString question(const RecordedDelay &delay)
{
    if (!delay.isRequest)
        return DelayField::tr("%1 waits %2 ms. Instead:").arg(delay.name).arg(delay.milliseconds.value_or(0));
    if (!delay.milliseconds)
        return DelayField::tr("%1 is still under way. Let it take:").arg(delay.name);
    return DelayField::tr("%1 takes %2 ms. Instead:").arg(delay.name).arg(*delay.milliseconds, 0, 'f', 3);
}

} // namespace

DelayField::DelayField(const RecordedDelay &delay, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_field(new QDoubleSpinBox)
{
    setObjectName(QStringLiteral("delayField"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Fork with another delay"));
    setFrameShape(QFrame::StyledPanel);
    const int space = qRound(Theme::current().scaled(8));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space * 3 / 2, space, space * 3 / 2, space);
    row->setSpacing(space);
    auto *label = new QLabel(question(delay));
    label->setBuddy(m_field);
    m_field->setAccessibleName(delay.isRequest ? tr("New latency in milliseconds") : tr("New delay in milliseconds"));
    m_field->setDecimals(delay.isRequest ? 3 : 0);
    m_field->setRange(delay.isRequest ? 0 : 1, kLongestDelay);
    m_field->setSuffix(tr(" ms"));
    m_field->setValue(delay.milliseconds.value_or(1));
    m_field->selectAll();
    m_field->setMinimumWidth(qRound(Theme::current().scaled(110)));
    auto *fork = new QToolButton;
    fork->setText(tr("Fork"));
    fork->setToolTip(tr("Run again with this delay; the run so far stays beside it (Enter)"));
    connect(fork, &QToolButton::clicked, this, &DelayField::accept);
    row->addWidget(label);
    row->addWidget(m_field);
    row->addWidget(fork);
}

void DelayField::popUp(const QPoint &globalMiddle)
{
    adjustSize();
    const QRect room = screen()->availableGeometry();
    const QPoint corner = globalMiddle - QPoint(width() / 2, height() / 2);
    move(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right() - width())),
        std::clamp(corner.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    show();
    m_field->setFocus();
}

void DelayField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        accept();
    else if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

void DelayField::accept()
{
    m_field->interpretText();
    const double milliseconds = m_field->value();
    close();
    Q_EMIT chosen(milliseconds);
}

} // namespace loopscope
