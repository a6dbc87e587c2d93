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
    }
    return {};
}

constexpr int kHeightForTwo = 560; ///< px at 100 %: below, two views in a column are too low to be read

} // namespace

WorkspaceDocks::WorkspaceDocks(QMainWindow &window, QMenu &panels)
    : QObject(&window)
    , m_window(window)
    , m_panels(panels)
{
    // Later: the views have to know the new size first.
    connect(&Theme::current(), &Theme::changed, this, &WorkspaceDocks::followTextSize, Qt::QueuedConnection);
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

bool WorkspaceDocks::isTight() const { return m_window.height() < Theme::current().scaled(kHeightForTwo); }

bool WorkspaceDocks::isAsPlaced() const
{
    const auto shareOnePlace = [this](Role one, Role other) {
        return dock(one) == nullptr || m_window.tabifiedDockWidgets(dock(one)).contains(dock(other));
    };
    if (shareOnePlace(Role::Source, Role::Console) != m_isPlacedTight || shareOnePlace(Role::Why, Role::Events) != m_isPlacedTight)
        return false;
    return std::all_of(m_docks.begin(), m_docks.end(), [this](const auto &each) {
        const auto &[role, dock] = each;
        const bool isShown = dock->toggleViewAction()->isChecked();
        const bool isMeant = role == Role::Comparison || isShown == !(m_isPlacedTight && role == Role::Timeline);
        return isMeant && !dock->isFloating() && m_window.dockWidgetArea(dock) == areaOf(role);
    });
}

void WorkspaceDocks::followTextSize()
{
    if (isTight() != m_isPlacedTight && isAsPlaced())
        placeByDefault();
}

void WorkspaceDocks::placeByDefault()
{
    // With large text the loop needs the height: views that would stand one above the other share one place, the timeline is a menu away.
    const bool isTight = this->isTight();
    m_isPlacedTight = isTight;
    for (const auto &[role, dock] : m_docks) {
        dock->setFloating(false);
        m_window.addDockWidget(areaOf(role), dock);
        dock->setVisible(role != Role::Comparison && !(isTight && role == Role::Timeline));
    }
    const auto pair = [this, isTight](Role above, Role below) {
        if (dock(above) == nullptr || dock(below) == nullptr)
            return;
        if (isTight)
            m_window.tabifyDockWidget(dock(above), dock(below));
        else
            m_window.splitDockWidget(dock(above), dock(below), Qt::Vertical);
        dock(above)->raise();
    };
    pair(Role::Source, Role::Console);
    pair(Role::Why, Role::Events);
    if (dock(Role::Promises) != nullptr) {
        m_window.tabifyDockWidget(dock(Role::Events), dock(Role::Promises));
        dock(isTight ? Role::Why : Role::Promises)->raise();
    }
    if (dock(Role::Comparison) != nullptr)
        m_window.tabifyDockWidget(dock(Role::Timeline), dock(Role::Comparison));
    const int across = m_window.width();
    const int high = m_window.height();
    m_window.resizeDocks({dock(Role::Source), dock(Role::Events)}, {across * 27 / 100, across * 22 / 100}, Qt::Horizontal);
    m_window.resizeDocks({dock(Role::Source), dock(Role::Console)}, {high * 56 / 100, high * 20 / 100}, Qt::Vertical);
    m_window.resizeDocks({dock(Role::Why), dock(Role::Events)}, {high * 48 / 100, high * 42 / 100}, Qt::Vertical);
    m_window.resizeDocks({dock(Role::Timeline)}, {std::max(high * 25 / 100, 188)}, Qt::Vertical);
}

} // namespace loopscope
