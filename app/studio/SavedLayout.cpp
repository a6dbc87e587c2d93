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

void SavedLayout::take(const SavedLayout &other)
{
    save(); // ends what goes on
    m_layout = other.m_layout;
    m_places = other.m_places;
    m_size = other.m_size;
}

void SavedLayout::restore()
{
    putBack();
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
        putBack();
        return;
    }
    // Where docks were hidden meanwhile Qt shares the room out a little differently. What may be no other size gets its own, and keeps it
    // when it may again.
    if (!wasPinned && m_window.size() == m_size) {
        m_isPinned = true;
        pin(true);
    }
}

void SavedLayout::putBack()
{
    m_window.restoreState(m_layout);
    // Of those that share a place another one may be in front now.
    for (auto each = m_places.cbegin(); each != m_places.cend(); ++each) {
        if (!each.value().isEmpty() && !m_window.tabifiedDockWidgets(each.key()).isEmpty())
            each.key()->raise();
    }
}

void SavedLayout::pin(bool isPinned)
{
    for (auto each = m_places.cbegin(); each != m_places.cend(); ++each) {
        QDockWidget *dock = each.key();
        const bool isHeld = isPinned && dock->isVisible() && !dock->isFloating() && !each.value().isEmpty();
        dock->setMinimumSize(isHeld ? each.value().size() : QSize(0, 0));
        dock->setMaximumSize(isHeld ? each.value().size() : QSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX));
    }
}

SavedLayout::Places SavedLayout::places() const
{
    Places all;
    for (QDockWidget *dock : m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly))
        all.insert(
            dock, dock->isVisible() && dock->geometry().intersects(m_window.rect()) ? dock->geometry() : QRect()); // behind others: outside
    return all;
}

} // namespace loopscope
