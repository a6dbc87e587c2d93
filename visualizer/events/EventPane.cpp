// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/EventPane.h"

#include "events/EventListModel.h"
#include "events/EventListView.h"
#include "theme/Theme.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace loopscope {

EventPane::EventPane(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_groups(new QToolButton(this))
    , m_found(new QLabel(this))
    , m_list(new EventListView(this))
{
    m_text->setPlaceholderText(tr("Filter events"));
    m_text->setAccessibleName(tr("Filter events by text"));
    m_text->setToolTip(tr("Shows only events whose text or place holds this (Ctrl+Shift+F)"));
    m_text->setClearButtonEnabled(true);
    m_text->installEventFilter(this);
    m_found->setObjectName(QStringLiteral("filterFound"));
    m_found->hide();
    makeGroups();
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_text, 1);
    bar->addWidget(m_groups);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_found);
    layout->addWidget(m_list, 1);
    connect(m_text, &QLineEdit::textChanged, this, &EventPane::applyFilter);
    connect(m_list, &EventListView::eventChosen, this, &EventPane::eventChosen);
    connect(&Theme::current(), &Theme::changed, this, &EventPane::applyTheme);
    applyTheme();
}

void EventPane::makeGroups()
{
    auto *menu = new QMenu(m_groups);
    auto *group = new QActionGroup(menu);
    for (int i = 0; i < eventGroupCount; ++i) {
        const auto each = static_cast<EventGroup>(i);
        QAction *action = menu->addAction(eventGroupName(each));
        action->setCheckable(true);
        action->setChecked(each == m_group);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, each] { setGroup(each); });
    }
    m_groups->setMenu(menu);
    m_groups->setPopupMode(QToolButton::InstantPopup);
    m_groups->setFocusPolicy(Qt::TabFocus);
    m_groups->setText(tr("All ▾"));
    m_groups->setToolTip(tr("Shows only events of one kind"));
    m_groups->setAccessibleName(tr("Kind of events"));
}

void EventPane::applyTheme()
{
    const auto pixels = [](qreal length) { return qRound(Theme::current().scaled(length)); };
    QLayoutItem *bar = layout()->itemAt(0);
    bar->layout()->setContentsMargins(pixels(10), pixels(2), pixels(10), pixels(6));
    bar->layout()->setSpacing(pixels(6));
    m_found->setContentsMargins(pixels(12), 0, pixels(12), pixels(4));
}

void EventPane::setModel(EventListModel *model)
{
    m_model = model;
    m_list->setEvents(model);
    connect(model, &EventListModel::searched, this, &EventPane::sayFound);
    connect(model, &QAbstractItemModel::modelReset, this, &EventPane::sayFound);
}

void EventPane::setCursor(quint64 cursor)
{
    m_cursor = cursor;
    m_model->setCursor(cursor);
    m_list->showCursor(cursor);
}

void EventPane::setGroup(EventGroup group)
{
    m_group = group;
    for (QAction *action : m_groups->menu()->actions())
        action->setChecked(action->text() == eventGroupName(group));
    m_groups->setText((group == EventGroup::All ? tr("All") : eventGroupName(group)) + QStringLiteral(" ▾"));
    applyFilter();
}

void EventPane::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void EventPane::applyFilter()
{
    if (m_model == nullptr)
        return;
    m_model->setFilter({m_group, m_text->text().trimmed()});
    m_model->setCursor(m_cursor);
    m_list->showCursor(m_cursor);
    sayFound();
}

void EventPane::sayFound()
{
    const bool isFiltered = !m_model->filter().isEmpty();
    m_found->setVisible(isFiltered);
    if (!isFiltered)
        return;
    const int found = m_model->rowCount();
    if (m_model->isSearching())
        m_found->setText(tr("%L1 found so far, %L2 events looked at …").arg(found).arg(m_model->lookedAt()));
    else if (found == 0)
        m_found->setText(tr("No event fits. Esc in the field shows all."));
    else
        m_found->setText(found == 1 ? tr("1 event fits") : tr("%L1 events fit").arg(found));
}

bool EventPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_text || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        m_text->clear();
        setGroup(EventGroup::All);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Down: {
        // To the first hit behind the cursor.
        const int row = m_cursor > 0 ? m_model->rowUpTo(m_cursor - 1) + 1 : 0;
        if (row < m_model->rowCount())
            Q_EMIT eventChosen(m_model->eventOf(row));
        m_list->setFocus(Qt::TabFocusReason);
        return true;
    }
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace loopscope
