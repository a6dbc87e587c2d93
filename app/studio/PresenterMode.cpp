// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "PresenterMode.h"

#include "WorkspaceDocks.h"
#include "theme/Theme.h"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QStatusBar>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

constexpr int kLeastZoom = 140; ///< percent; readable from the last row, and the loop still fits a screen of 1366x768
constexpr int kMostZoom = 200;
constexpr int kPatience = 1000; ///< ms for the window manager to give the window its size back, and for the docks to follow

} // namespace

PresenterMode::PresenterMode(QMainWindow &window, WorkspaceDocks &docks)
    : QObject(&window)
    , m_window(window)
    , m_docks(docks)
    , m_layout(window)
{
}

void PresenterMode::setOn(bool isOn)
{
    if (m_isOn == isOn)
        return;
    m_isOn = isOn;
    if (isOn)
        enter();
    else
        leave();
    Q_EMIT changed(isOn);
}

void PresenterMode::enter()
{
    m_layout.save();
    m_state = m_window.windowState();
    m_place = m_window.geometry();
    m_zoom = Theme::current().zoom();
    Theme::current().setZoom(m_presenterZoom > 0 ? m_presenterZoom : std::clamp(m_zoom * 14 / 10, kLeastZoom, kMostZoom));
    m_window.statusBar()->hide();
    m_window.setWindowState(m_window.windowState() | Qt::WindowFullScreen);
    m_window.installEventFilter(this);
    arrange();
}

void PresenterMode::arrange()
{
    if (m_arrangement) {
        m_arrangement();
        return;
    }
    using Role = WorkspaceDocks::Role;
    for (QDockWidget *dock : m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (dock != m_docks.dock(Role::Source) && dock != m_docks.dock(Role::Why))
            dock->hide();
    }
    const std::pair<Role, Qt::DockWidgetArea> shown[] = {{Role::Source, Qt::LeftDockWidgetArea}, {Role::Why, Qt::RightDockWidgetArea}};
    for (const auto &[role, area] : shown) {
        m_docks.dock(role)->setFloating(false);
        m_window.addDockWidget(area, m_docks.dock(role));
        m_docks.dock(role)->show();
    }
    m_window.resizeDocks(
        {m_docks.dock(Role::Source), m_docks.dock(Role::Why)}, {m_window.width() * 28 / 100, m_window.width() * 24 / 100}, Qt::Horizontal);
}

void PresenterMode::leave()
{
    m_presenterZoom = Theme::current().zoom();
    Theme::current().setZoom(m_zoom);
    m_window.statusBar()->show();
    m_window.setWindowState(m_state);
    if (!m_state.testAnyFlags(Qt::WindowMaximized | Qt::WindowFullScreen))
        m_window.setGeometry(m_place);
    putBack();
    QTimer::singleShot(kPatience, this, [this] {
        if (!m_isOn)
            m_window.removeEventFilter(this);
    });
}

void PresenterMode::putBack()
{
    if (m_arrangement)
        m_arrangement();
    else
        m_layout.restore();
}

bool PresenterMode::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != &m_window || event->type() != QEvent::Resize)
        return QObject::eventFilter(watched, event);
    // The window manager answers later; docks are given their sizes when the window has its own.
    if (m_isOn) {
        QTimer::singleShot(0, this, [this] {
            if (m_isOn)
                arrange();
        });
    } else if (m_window.size() == m_place.size()) {
        m_window.removeEventFilter(this);
        putBack();
    }
    return false;
}

} // namespace loopscope
