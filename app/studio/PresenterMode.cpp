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
    if (m_isOn || --m_triesLeft <= 0 || places() == m_places) {
        m_again.stop();
        return;
    }
    if (m_triesLeft == kTries - 1) {
        m_window.restoreState(m_layout);
        return;
    }
    // Where docks were hidden meanwhile Qt shares the room out a little differently; asked again and again it comes to what was.
    const QList<QDockWidget *> docks = m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly);
    QList<QDockWidget *> shown;
    QList<QDockWidget *> alone;
    QList<int> widths;
    QList<int> heights;
    for (qsizetype i = 0; i < docks.size(); ++i) {
        if (!docks.at(i)->isVisible() || docks.at(i)->isFloating() || m_places.at(i).isEmpty())
            continue;
        shown.append(docks.at(i));
        widths.append(m_places.at(i).width());
        // A place that several share has their tabs, too: it takes what the others leave.
        if (m_window.tabifiedDockWidgets(docks.at(i)).isEmpty()) {
            alone.append(docks.at(i));
            heights.append(m_places.at(i).height());
        }
    }
    m_window.resizeDocks(shown, widths, Qt::Horizontal);
    m_window.resizeDocks(alone, heights, Qt::Vertical);
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
