// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SavedLayout.h"

#include <QDockWidget>
#include <QMainWindow>

#include <utility>

namespace loopscope {

namespace {

constexpr int kPatience = 1000; ///< ms
constexpr int kTries = 25;

} // namespace

SavedLayout::SavedLayout(QMainWindow &window, QObject *parent)
    : QObject(parent)
    , m_window(window)
{
    m_again.setInterval(kPatience / kTries);
    connect(&m_again, &QTimer::timeout, this, &SavedLayout::restoreAgain);
}

void SavedLayout::save()
{
    m_again.stop();
    if (std::exchange(m_isPinned, false))
        pin(false);
    m_layout = m_window.saveState();
    m_places = places();
    m_size = m_window.size();
}

void SavedLayout::restore()
{
    m_window.restoreState(m_layout);
    m_triesLeft = kTries;
    m_again.start();
}

void SavedLayout::restoreAgain()
{
    const bool wasPinned = std::exchange(m_isPinned, false);
    if (wasPinned)
        pin(false);
    if (--m_triesLeft <= 0 || places() == m_places) {
        m_again.stop();
        return;
    }
    if (m_triesLeft == kTries - 1) {
        m_window.restoreState(m_layout);
        return;
    }
    // Where docks were hidden meanwhile Qt shares the room out a little differently. What may be no other size gets its own, and keeps it
    // when it may again.
    if (!wasPinned && m_window.size() == m_size) {
        m_isPinned = true;
        pin(true);
    }
}

void SavedLayout::pin(bool isPinned)
{
    const QList<QDockWidget *> docks = m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (qsizetype i = 0; i < docks.size() && i < m_places.size(); ++i) {
        const bool isHeld = isPinned && docks.at(i)->isVisible() && !docks.at(i)->isFloating() && !m_places.at(i).isEmpty();
        docks.at(i)->setMinimumSize(isHeld ? m_places.at(i).size() : QSize(0, 0));
        docks.at(i)->setMaximumSize(isHeld ? m_places.at(i).size() : QSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX));
    }
}

QList<QRect> SavedLayout::places() const
{
    QList<QRect> all;
    for (const QDockWidget *dock : m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly))
        all.append(
            dock->isVisible() && dock->geometry().intersects(m_window.rect()) ? dock->geometry() : QRect()); // behind others: outside
    return all;
}

} // namespace loopscope
