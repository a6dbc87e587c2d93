// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "QueueGoalBar.h"

#include "state/Names.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QToolButton>

namespace loopscope {

QueueGoalBar::QueueGoalBar(QWidget *parent)
    : AskStrip(parent)
    , m_queue(new QComboBox(this))
    , m_count(new QSpinBox(this))
{
    for (const LoopQueue queue :
        {LoopQueue::NextTick, LoopQueue::Microtasks, LoopQueue::Timers, LoopQueue::Poll, LoopQueue::Check, LoopQueue::Closing})
        m_queue->addItem(queueName(queue), static_cast<int>(queue));
    m_queue->setCurrentIndex(1);
    m_queue->setAccessibleName(tr("Queue"));
    m_count->setRange(1, 1'000'000);
    m_count->setValue(2);
    m_count->setAccessibleName(tr("Waiting tasks"));
    row()->addWidget(new QLabel(tr("Run until the queue"), this));
    row()->addWidget(m_queue);
    row()->addWidget(new QLabel(tr("holds"), this));
    row()->addWidget(m_count);
    row()->addSpacing(8);
    connect(addButton(tr("◀ back"), tr("Back to where the queue grew to this many (Shift+Enter)"), nullptr), &QToolButton::clicked, this,
        &QueueGoalBar::backAsked);
    connect(addButton(tr("on ▶"), tr("On to where the queue grows to this many (Enter)"), nullptr), &QToolButton::clicked, this,
        &QueueGoalBar::forwardAsked);
    row()->addStretch(1);
    addCross();
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

void QueueGoalBar::take(bool isBack)
{
    if (isBack)
        Q_EMIT backAsked();
    else
        Q_EMIT forwardAsked();
}

} // namespace loopscope
