// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LessonPointer.h"

#include "MainWindow.h"
#include "StepWorkspace.h"
#include "WorkspaceDocks.h"
#include "loopview/LoopView.h"
#include "servers/ServersView.h"
#include "shell/PlaceFrame.h"
#include "theme/Theme.h"

#include <QDockWidget>
#include <QEvent>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

constexpr int kAround = 6; ///< px at 100 % between the place and its frame

/// Of the stations as LoopLayout has them, clockwise from the top left.
constexpr std::array<const char *, 6> kStations{"timers", "pending", "idle", "poll", "check", "closing"};

const std::pair<const char *, WorkspaceDocks::Role> kViews[] = {{"source", WorkspaceDocks::Role::Source},
    {"console", WorkspaceDocks::Role::Console}, {"why", WorkspaceDocks::Role::Why}, {"promises", WorkspaceDocks::Role::Promises},
    {"events", WorkspaceDocks::Role::Events}, {"timeline", WorkspaceDocks::Role::Timeline}};

} // namespace

LessonPointer::LessonPointer(MainWindow &window, WorkspaceDocks &docks)
    : QObject(&window)
    , m_window(window)
    , m_docks(docks)
{
    m_window.workspace().loopView()->installEventFilter(this);
    connect(&m_window.workspace(), &StepWorkspace::refreshed, this, &LessonPointer::lay);
}

QWidget *LessonPointer::viewOf(const QString &place) const
{
    for (const auto &[name, role] : kViews) {
        if (place == QLatin1String(name))
            return m_docks.dock(role);
    }
    if (place == QLatin1String("servers"))
        return &m_window.servers();
    if (place == QLatin1String("profile"))
        return &m_window.profile();
    return place == QLatin1String("loop") ? m_window.workspace().loopPane() : m_window.workspace().loopView();
}

QRect LessonPointer::rectOf(const QString &place) const
{
    const LoopLayout &parts = m_window.workspace().loopView()->geometryOfParts();
    const auto station = std::find_if(kStations.begin(), kStations.end(), [&](const char *name) { return place == QLatin1String(name); });
    QRectF found;
    if (station != kStations.end())
        found = parts.stations.at(static_cast<std::size_t>(station - kStations.begin())).card;
    else if (place == QLatin1String("stack"))
        found = parts.stack.head.united(parts.stack.body);
    else if (place == QLatin1String("ticks"))
        found = parts.ticks.head.united(parts.ticks.body);
    else if (place == QLatin1String("microtasks"))
        found = parts.microtasks.head.united(parts.microtasks.body);
    else if (place == QLatin1String("pool"))
        found = parts.pool;
    return found.toAlignedRect();
}

void LessonPointer::pointAt(const QString &place)
{
    m_place = place;
    lay();
}

QRect LessonPointer::rect() const { return m_frame != nullptr && m_frame->isVisible() ? m_frame->geometry() : QRect(); }

void LessonPointer::lay()
{
    const QWidget *view = m_place.isEmpty() ? nullptr : viewOf(m_place);
    if (view == nullptr || !view->isVisible()) {
        if (m_frame != nullptr)
            m_frame->hide();
        return;
    }
    if (m_frame == nullptr)
        m_frame = new PlaceFrame(&m_window);
    const QRect part = rectOf(m_place);
    const int around = qRound(Theme::current().scaled(kAround));
    const QRect place = part.isEmpty() ? view->rect() : part.adjusted(-around, -around, around, around);
    m_frame->setGeometry(QRect(view->mapTo(&m_window, place.topLeft()), place.size()));
    m_frame->show();
    m_frame->raise();
}

bool LessonPointer::eventFilter(QObject *watched, QEvent *event)
{
    // The loop view lays its parts out anew when it is painted in a new size.
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move || event->type() == QEvent::Show || event->type() == QEvent::Hide)
        QMetaObject::invokeMethod(this, &LessonPointer::lay, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

} // namespace loopscope
