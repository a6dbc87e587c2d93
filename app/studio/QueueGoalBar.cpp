// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "QueueGoalBar.h"

#include "shell/TextButton.h"
#include "state/Names.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSpinBox>

namespace loopscope {

QueueGoalBar::QueueGoalBar(QWidget *parent)
    : QWidget(parent)
    , m_queue(new QComboBox(this))
    , m_count(new QSpinBox(this))
{
    setObjectName(QStringLiteral("goalBar"));
    setAttribute(Qt::WA_StyledBackground);
    for (const LoopQueue queue :
        {LoopQueue::NextTick, LoopQueue::Microtasks, LoopQueue::Timers, LoopQueue::Poll, LoopQueue::Check, LoopQueue::Closing})
        m_queue->addItem(queueName(queue), static_cast<int>(queue));
    m_queue->setCurrentIndex(1);
    m_queue->setAccessibleName(tr("Queue"));
    m_count->setRange(1, 1'000'000);
    m_count->setValue(2);
    m_count->setAccessibleName(tr("Waiting tasks"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 6, 10, 6);
    layout->setSpacing(8);
    const auto addButton = [&](const QString &text, const QString &tip) {
        QToolButton *button = makeTextButton(text, tip, this);
        layout->addWidget(button);
        return button;
    };
    layout->addWidget(new QLabel(tr("Run until the queue"), this));
    layout->addWidget(m_queue);
    layout->addWidget(new QLabel(tr("holds"), this));
    layout->addWidget(m_count);
    layout->addSpacing(8);
    connect(addButton(tr("◀ back"), tr("Back to where the queue grew to this many (Shift+Enter)")), &QToolButton::clicked, this,
        &QueueGoalBar::backAsked);
    connect(addButton(tr("on ▶"), tr("On to where the queue grows to this many (Enter)")), &QToolButton::clicked, this,
        &QueueGoalBar::forwardAsked);
    layout->addStretch(1);
    QToolButton *hideIt = addButton(QStringLiteral("✕"), tr("Close (Escape)"));
    hideIt->setProperty("plain", true);
    connect(hideIt, &QToolButton::clicked, this, &QueueGoalBar::close);
    hide();
}

void QueueGoalBar::ask()
{
    show();
    m_count->setFocus(Qt::ShortcutFocusReason);
    m_count->selectAll();
}

LoopQueue QueueGoalBar::queue() const { return static_cast<LoopQueue>(m_queue->currentData().toInt()); }

int QueueGoalBar::count() const { return m_count->value(); }

void QueueGoalBar::setGoal(LoopQueue queue, int count)
{
    m_queue->setCurrentIndex(m_queue->findData(static_cast<int>(queue)));
    m_count->setValue(count);
}

void QueueGoalBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (event->modifiers() & Qt::ShiftModifier)
            Q_EMIT backAsked();
        else
            Q_EMIT forwardAsked();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void QueueGoalBar::close()
{
    hide();
    Q_EMIT closed();
}

} // namespace loopscope
