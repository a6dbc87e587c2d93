// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LessonDocks.h"

#include "WorkspaceDocks.h"
#include "lessons/LessonPane.h"
#include "shell/SectionHead.h"
#include "theme/Theme.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

using Role = WorkspaceDocks::Role;

// px at 100 %
constexpr int kText = 400; ///< lines of some 55 letters
constexpr int kNarrow = 1000; ///< up to here two columns: the loop above the other views
constexpr int kWide = 1900; ///< from here on what explains stands in a column of its own

const std::pair<QLatin1String, Role> kRoles[] = {{QLatin1String("source"), Role::Source}, {QLatin1String("console"), Role::Console},
    {QLatin1String("why"), Role::Why}, {QLatin1String("promises"), Role::Promises}, {QLatin1String("events"), Role::Events},
    {QLatin1String("timeline"), Role::Timeline}};

} // namespace

LessonDocks::LessonDocks(QMainWindow &window, WorkspaceDocks &docks, LessonPane &text)
    : QObject(&window)
    , m_window(window)
    , m_docks(docks)
    , m_text(new QDockWidget(tr("Lesson"), &window))
    , m_head(new SectionHead(tr("Lesson"), m_text))
    , m_layout(window)
{
    m_text->setObjectName(QStringLiteral("lessonDock"));
    m_text->setWidget(&text);
    m_text->setFeatures(QDockWidget::NoDockWidgetFeatures);
    m_text->setTitleBarWidget(m_head);
    m_head->addControl(text.courseButton());
    window.addDockWidget(Qt::LeftDockWidgetArea, m_text);
    m_text->hide();
}

void LessonDocks::setPlace(const QString &place) { m_head->setNote(place); }

void LessonDocks::setBefore(const SavedLayout &before)
{
    m_layout.take(before);
    m_hasBefore = !m_isOn;
}

void LessonDocks::enter(const QStringList &views)
{
    m_views = views;
    if (!m_isOn) {
        if (!std::exchange(m_hasBefore, false))
            m_layout.save();
        m_corner = m_window.corner(Qt::BottomLeftCorner);
    }
    m_isOn = true;
    arrange();
}

void LessonDocks::arrange()
{
    if (!m_isOn)
        return;
    const bool isNarrow = m_window.width() < Theme::current().scaled(kNarrow);
    const bool isWide = m_window.width() >= Theme::current().scaled(kWide);
    m_window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea); // the text has the whole height
    for (QDockWidget *dock : m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (dock != m_text)
            dock->hide();
    }
    m_window.addDockWidget(Qt::LeftDockWidgetArea, m_text);
    m_text->show();
    QList<QDockWidget *> shown;
    QDockWidget *first = nullptr; // of the column beside the text
    QDockWidget *last = nullptr;
    for (const auto &[name, role] : kRoles) {
        if (!m_views.contains(name))
            continue;
        QDockWidget *dock = m_docks.dock(role);
        dock->setFloating(false);
        const bool isExplaining = role == Role::Why || role == Role::Promises || role == Role::Events;
        if (isNarrow) {
            if (first == nullptr)
                m_window.addDockWidget(Qt::BottomDockWidgetArea, first = dock);
            else
                m_window.tabifyDockWidget(first, dock);
        } else if (role == Role::Timeline) {
            m_window.addDockWidget(Qt::BottomDockWidgetArea, dock);
        } else if (isExplaining && isWide) {
            m_window.addDockWidget(Qt::RightDockWidgetArea, dock);
        } else if (first == nullptr) {
            m_window.splitDockWidget(m_text, dock, Qt::Horizontal);
            first = dock;
        } else if (last == nullptr) {
            m_window.splitDockWidget(first, dock, Qt::Vertical);
            last = dock;
        } else {
            m_window.tabifyDockWidget(last, dock);
        }
        dock->show();
        shown << dock;
    }
    if (QDockWidget *front = last != nullptr ? last : isNarrow ? first : nullptr)
        front->raise();
    const bool hasLoop = m_views.contains(QLatin1String("loop"));
    const bool hasPage = m_views.contains(QLatin1String("servers")) || m_views.contains(QLatin1String("profile"));
    m_window.centralWidget()->setVisible(hasLoop || hasPage); // pages lie on it
    const int text = std::min(qRound(Theme::current().scaled(kText)), m_window.width() * 40 / 100);
    const int rest = m_window.width() - text;
    QList<QDockWidget *> across{m_text};
    QList<int> widths{text};
    if (first != nullptr && !isNarrow) {
        across << first;
        widths << (hasLoop ? std::max(rest * (isWide ? 30 : 40) / 100, std::min(300, rest / 2)) : rest);
    }
    m_window.resizeDocks(across, widths, Qt::Horizontal);
    if (last != nullptr)
        m_window.resizeDocks({first, last}, {m_window.height() * 58 / 100, m_window.height() * 34 / 100}, Qt::Vertical);
    if (isNarrow && first != nullptr)
        m_window.resizeDocks({first}, {m_window.height() * (hasLoop ? 34 : 100) / 100}, Qt::Vertical);
    else if (m_views.contains(QLatin1String("timeline")))
        m_window.resizeDocks({m_docks.dock(Role::Timeline)}, {std::max(m_window.height() * 25 / 100, 150)}, Qt::Vertical);
}

void LessonDocks::leave()
{
    if (!m_isOn) {
        if (std::exchange(m_hasBefore, false)) // the list of the course was seen only
            m_layout.restore();
        return;
    }
    m_isOn = false;
    // All at once: put back one by one they would need more room than the window has, which would grow.
    for (QDockWidget *dock : m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly))
        dock->hide();
    m_window.setCorner(Qt::BottomLeftCorner, m_corner);
    m_window.centralWidget()->show();
    m_layout.restore();
}

} // namespace loopscope
