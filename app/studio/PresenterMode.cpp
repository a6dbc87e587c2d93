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
constexpr int kTries = 25;

} // namespace

PresenterMode::PresenterMode(QMainWindow &window, WorkspaceDocks &docks)
    : QObject(&window)
    , m_window(window)
    , m_docks(docks)
{
    m_again.setInterval(kPatience / kTries);
    connect(&m_again, &QTimer::timeout, this, &PresenterMode::restoreAgain);
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
    m_layout = m_window.saveState();
    m_places = places();
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
    m_window.restoreState(m_layout);
    restoreSoon();
    QTimer::singleShot(kPatience, this, [this] {
        if (!m_isOn)
            m_window.removeEventFilter(this);
    });
}

void PresenterMode::restoreSoon()
{
    // Texts and bars get their former sizes, which bound the docks', some passes of the event loop later: again until it is as it was.
    m_triesLeft = kTries;
    m_again.start();
}

void PresenterMode::restoreAgain()
{
    const bool wasPinned = std::exchange(m_isPinned, false);
    if (wasPinned)
        pin(false);
    if (m_isOn || --m_triesLeft <= 0 || places() == m_places) {
        m_again.stop();
        return;
    }
    if (m_triesLeft == kTries - 1) {
        m_window.restoreState(m_layout);
        return;
    }
    // Where docks were hidden meanwhile Qt shares the room out a little differently. What may be no other size gets its own, and keeps it
    // when it may again.
    if (!wasPinned && m_window.size() == m_place.size()) {
        m_isPinned = true;
        pin(true);
    }
}

void PresenterMode::pin(bool isPinned)
{
    const QList<QDockWidget *> docks = m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (qsizetype i = 0; i < docks.size() && i < m_places.size(); ++i) {
        const bool isHeld = isPinned && docks.at(i)->isVisible() && !docks.at(i)->isFloating() && !m_places.at(i).isEmpty();
        docks.at(i)->setMinimumSize(isHeld ? m_places.at(i).size() : QSize(0, 0));
        docks.at(i)->setMaximumSize(isHeld ? m_places.at(i).size() : QSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX));
    }
}

QList<QRect> PresenterMode::places() const
{
    QList<QRect> all;
    for (const QDockWidget *dock : m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly))
        all.append(dock->isVisible() && dock->geometry().bottom() > 0 ? dock->geometry() : QRect()); // behind others: far outside
    return all;
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
        restoreSoon();
    }
    return false;
}

} // namespace loopscope
