// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WorkspaceDocks.h"

#include "shell/SectionHead.h"
#include "shell/StepView.h"
#include "theme/Theme.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>

#include <algorithm>

namespace loopscope {

namespace {

/// Names under which Qt remembers the layout.
QString nameOf(WorkspaceDocks::Role role)
{
    switch (role) {
    case WorkspaceDocks::Role::Source:
        return QStringLiteral("sourceDock");
    case WorkspaceDocks::Role::Console:
        return QStringLiteral("consoleDock");
    case WorkspaceDocks::Role::Why:
        return QStringLiteral("whyDock");
    case WorkspaceDocks::Role::Events:
        return QStringLiteral("eventsDock");
    case WorkspaceDocks::Role::Promises:
        return QStringLiteral("promisesDock");
    case WorkspaceDocks::Role::Timeline:
        return QStringLiteral("timelineDock");
    case WorkspaceDocks::Role::Comparison:
        return QStringLiteral("comparisonDock");
    case WorkspaceDocks::Role::Written:
        return QStringLiteral("writtenDock");
    }
    return {};
}

// px at 100 %: below, so many views in a column are too low to be read
constexpr int kHeightForTwo = 560;
constexpr int kHeightForThree = 1100;

} // namespace

WorkspaceDocks::WorkspaceDocks(QMainWindow &window, QMenu &panels)
    : QObject(&window)
    , m_window(window)
    , m_panels(panels)
{
    window.setDockNestingEnabled(true);
    window.setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    // Why and promises are columns of text and chains: they need the height more than the timeline needs the width.
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

Qt::DockWidgetArea WorkspaceDocks::areaOf(Role role)
{
    switch (role) {
    case Role::Source:
    case Role::Console:
    case Role::Written:
        return Qt::LeftDockWidgetArea;
    case Role::Why:
    case Role::Events:
    case Role::Promises:
        return Qt::RightDockWidgetArea;
    case Role::Timeline:
    case Role::Comparison:
        return Qt::BottomDockWidgetArea;
    }
    return Qt::BottomDockWidgetArea;
}

SectionHead *WorkspaceDocks::add(Role role, const QString &title, QWidget *view)
{
    auto *dock = new QDockWidget(title, &m_window);
    dock->setObjectName(nameOf(role));
    dock->setWidget(view);
    auto *head = new SectionHead(title, dock);
    dock->setTitleBarWidget(head);
    if (const auto *stepView = qobject_cast<StepView *>(view))
        connect(stepView, &StepView::noteChanged, head, &SectionHead::setNote);
    m_window.addDockWidget(areaOf(role), dock);
    if (role == Role::Written) // one above the other they would want more height than a small screen has
        m_window.tabifyDockWidget(m_docks.at(Role::Console), dock);
    m_panels.addAction(dock->toggleViewAction());
    m_docks[role] = dock;
    return head;
}

QDockWidget *WorkspaceDocks::dock(Role role) const
{
    const auto found = m_docks.find(role);
    return found != m_docks.end() ? found->second : nullptr;
}

SectionHead *WorkspaceDocks::head(Role role) const
{
    const QDockWidget *found = dock(role);
    return found != nullptr ? qobject_cast<SectionHead *>(found->titleBarWidget()) : nullptr;
}

void WorkspaceDocks::bringUp(Role role)
{
    if (QDockWidget *found = dock(role)) {
        found->show();
        found->raise();
    }
}

void WorkspaceDocks::bringUpAtLeast(Role role, int percent)
{
    bringUp(role);
    QDockWidget *found = dock(role);
    const int least = m_window.height() * percent / 100;
    if (found != nullptr && !found->isFloating() && found->height() < least)
        m_window.resizeDocks({found}, {least}, Qt::Vertical);
}

WorkspaceDocks::Room WorkspaceDocks::room() const
{
    const int height = m_window.height();
    if (height < Theme::current().scaled(kHeightForTwo))
        return Room::Tight;
    return height < Theme::current().scaled(kHeightForThree) ? Room::Usual : Room::Ample;
}

bool WorkspaceDocks::isAsPlaced() const
{
    const auto areTabs = [this](Role one, Role other) {
        return dock(one) != nullptr && dock(other) != nullptr && m_window.tabifiedDockWidgets(dock(one)).contains(dock(other));
    };
    const bool isTight = m_placedFor == Room::Tight;
    if (areTabs(Role::Source, Role::Console) != isTight || areTabs(Role::Why, Role::Promises) != isTight
        || areTabs(Role::Promises, Role::Events) == (m_placedFor == Room::Ample))
        return false;
    return std::all_of(m_docks.begin(), m_docks.end(), [&](const auto &each) {
        const auto &[role, dock] = each;
        const bool isShown = dock->toggleViewAction()->isChecked();
        const bool isMeant = role == Role::Comparison || isShown == !(isTight && role == Role::Timeline);
        return isMeant && !dock->isFloating() && m_window.dockWidgetArea(dock) == areaOf(role);
    });
}

void WorkspaceDocks::followTextSize()
{
    if (room() != m_placedFor && isAsPlaced())
        placeByDefault();
}

void WorkspaceDocks::placeByDefault()
{
    // With large text the loop needs the height: views that would stand one above the other share one place, the timeline is a menu away.
    m_placedFor = room();
    const bool isTight = m_placedFor == Room::Tight;
    for (const auto &[role, dock] : m_docks) {
        dock->setFloating(false);
        m_window.addDockWidget(areaOf(role), dock);
        dock->setVisible(role != Role::Comparison && !(isTight && role == Role::Timeline));
    }
    const auto pair = [this](Role first, Role second, bool asTabs) {
        if (asTabs)
            m_window.tabifyDockWidget(dock(first), dock(second));
        else
            m_window.splitDockWidget(dock(first), dock(second), Qt::Vertical);
    };
    pair(Role::Source, Role::Console, isTight);
    pair(Role::Console, Role::Written, true);
    pair(Role::Why, Role::Promises, isTight);
    // The promises first: what the events tell stands in the other views, too.
    pair(Role::Promises, Role::Events, m_placedFor != Room::Ample);
    pair(Role::Timeline, Role::Comparison, true);
    for (const Role role : {isTight ? Role::Source : Role::Console, isTight ? Role::Why : Role::Promises, Role::Timeline})
        dock(role)->raise();
    const int across = m_window.width();
    const int high = m_window.height();
    m_window.resizeDocks({dock(Role::Source), dock(Role::Why)}, {across * 27 / 100, across * 22 / 100}, Qt::Horizontal);
    m_window.resizeDocks({dock(Role::Source), dock(Role::Console)}, {high * 56 / 100, high * 20 / 100}, Qt::Vertical);
    if (m_placedFor == Room::Ample)
        m_window.resizeDocks(
            {dock(Role::Why), dock(Role::Promises), dock(Role::Events)}, {high * 36 / 100, high * 32 / 100, high * 26 / 100}, Qt::Vertical);
    else
        m_window.resizeDocks({dock(Role::Why), dock(Role::Promises)}, {high * 48 / 100, high * 42 / 100}, Qt::Vertical);
    m_window.resizeDocks({dock(Role::Timeline)}, {std::max(high * 25 / 100, 188)}, Qt::Vertical);
}

} // namespace loopscope
