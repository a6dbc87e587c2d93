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

#include <algorithm>

namespace loopscope {

EventPane::EventPane(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_groups(new QToolButton(this))
    , m_foundBar(new QWidget(this))
    , m_found(new QLabel(m_foundBar))
    , m_previous(new QToolButton(m_foundBar))
    , m_next(new QToolButton(m_foundBar))
    , m_onlyHits(new QToolButton(m_foundBar))
    , m_folded(new QLabel(this))
    , m_list(new EventListView(this))
{
    m_text->setPlaceholderText(tr("Find events"));
    m_text->setAccessibleName(tr("Find events by text"));
    m_text->setToolTip(tr("Finds events whose text or place holds this (Ctrl+Shift+F)"));
    m_text->setClearButtonEnabled(true);
    m_text->installEventFilter(this);
    makeGroups();
    makeFoundBar();
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_text, 1);
    bar->addWidget(m_groups);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_foundBar);
    layout->addWidget(m_folded);
    m_folded->setObjectName(QStringLiteral("filterFound"));
    m_folded->setToolTip(tr("Jobs by which Node loads modules, for example. View › Show Node's own work lists them, too."));
    m_folded->hide();
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

void EventPane::makeFoundBar()
{
    m_found->setObjectName(QStringLiteral("filterFound"));
    m_found->setWordWrap(true); // a sentence must not make the dock wider
    const auto prepare = [](QToolButton *button, const QString &text, const QString &name, const QString &tip) {
        button->setText(text);
        button->setAccessibleName(name);
        button->setToolTip(tip);
        button->setFocusPolicy(Qt::TabFocus);
        button->setProperty("plain", true);
    };
    prepare(m_previous, QStringLiteral("◀"), tr("Previous event that fits"), tr("To the previous event that fits (Shift+F3)"));
    prepare(m_next, QStringLiteral("▶"), tr("Next event that fits"), tr("To the next event that fits (F3)"));
    prepare(m_onlyHits, tr("Show all"), tr("Show all events"), tr("Shows all events again, with those that fit marked among them"));
    m_onlyHits->setCheckable(true);
    auto *layout = new QHBoxLayout(m_foundBar);
    layout->addWidget(m_found, 1);
    for (QToolButton *button : {m_previous, m_next, m_onlyHits})
        layout->addWidget(button);
    connect(m_previous, &QToolButton::clicked, this, [this] { goToHit(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { goToHit(1); });
    connect(m_onlyHits, &QToolButton::toggled, this, [this](bool showsAll) {
        m_onlyHits->setText(showsAll ? tr("Only these") : tr("Show all"));
        m_model->setShowsOnlyHits(!showsAll);
        m_model->setCursor(m_cursor);
        m_list->showCursor(m_cursor);
    });
    m_foundBar->hide();
}

void EventPane::applyTheme()
{
    const auto pixels = [](qreal length) { return qRound(Theme::current().scaled(length)); };
    QLayoutItem *bar = layout()->itemAt(0);
    bar->layout()->setContentsMargins(pixels(10), pixels(2), pixels(10), pixels(6));
    bar->layout()->setSpacing(pixels(6));
    m_folded->setContentsMargins(pixels(12), 0, pixels(12), pixels(4));
    m_foundBar->layout()->setContentsMargins(pixels(12), 0, pixels(10), pixels(4));
    m_foundBar->layout()->setSpacing(pixels(2));
}

void EventPane::setModel(EventListModel *model)
{
    m_model = model;
    m_list->setEvents(model);
    connect(model, &EventListModel::searched, this, &EventPane::sayFound);
    connect(model, &EventListModel::searched, this, &EventPane::reachHit);
    connect(model, &QAbstractItemModel::modelReset, this, &EventPane::sayFound);
    connect(model, &QAbstractItemModel::rowsInserted, this, &EventPane::sayFolded);
}

void EventPane::setCursor(quint64 cursor)
{
    m_cursor = cursor;
    m_model->setCursor(cursor);
    m_list->showCursor(cursor);
    sayFound();
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
    m_wantedHit = 0;
    m_model->setFilter({m_group, m_text->text().trimmed()});
    m_model->setCursor(m_cursor);
    m_list->showCursor(m_cursor);
    sayFound();
}

void EventPane::goToHit(int direction)
{
    if (m_model->filter().isEmpty()) {
        focusFilter();
        return;
    }
    m_wantedHit = direction;
    reachHit();
    sayFound();
}

void EventPane::reachHit()
{
    if (m_wantedHit == 0)
        return;
    const EventHits &hits = m_model->hits();
    // The event of the moment is the one before the cursor; before the first there is none.
    std::optional<quint64> hit;
    if (m_wantedHit > 0)
        hit = m_cursor > 0 ? hits.after(m_cursor - 1) : hits.count() > 0 ? std::optional(hits.at(0)) : std::nullopt;
    else if (m_cursor > 0)
        hit = hits.before(m_cursor - 1);
    // Going back, a later one may still be found while the search has not come as far as the cursor.
    const bool isFinal = !hits.isLooking() || (m_wantedHit > 0 ? hit.has_value() : hits.lookedAt() >= m_cursor);
    if (!isFinal)
        return;
    m_wantedHit = 0;
    if (hit)
        Q_EMIT eventChosen(*hit);
}

void EventPane::sayFolded()
{
    const quint64 folded = m_model->foldedCount();
    m_folded->setVisible(folded > 0);
    m_folded->setText(tr("%L1 of Node's own are folded").arg(folded));
}

void EventPane::sayFound()
{
    sayFolded();
    const bool isFiltered = !m_model->filter().isEmpty();
    m_foundBar->setVisible(isFiltered);
    if (!isFiltered)
        return;
    const EventHits &hits = m_model->hits();
    const int found = hits.count();
    for (QToolButton *button : {m_previous, m_next, m_onlyHits})
        button->setEnabled(found > 0);
    if (hits.isLooking()) {
        const auto percent = static_cast<int>(hits.lookedAt() * 100 / std::max<quint64>(1, m_model->eventCount()));
        m_found->setText(tr("%L1 found, %2 % looked at …").arg(found).arg(percent));
    } else if (found == 0) {
        m_found->setText(tr("No event fits. Esc in the field shows all."));
    } else {
        const int here = m_cursor > 0 ? hits.countUpTo(m_cursor - 1) : 0;
        const bool isAtHit = m_cursor > 0 && hits.contains(m_cursor - 1);
        m_found->setText(isAtHit ? tr("%L1 of %L2").arg(here).arg(found)
                : found == 1     ? tr("1 event fits")
                                 : tr("%L1 events fit").arg(found));
    }
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
        goToHit(1);
        m_list->setFocus(Qt::TabFocusReason);
        return true;
    }
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace loopscope
