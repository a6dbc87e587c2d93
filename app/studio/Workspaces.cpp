// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Workspaces.h"

#include <QApplication>
#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QStatusBar>

namespace loopscope {

Workspaces::Workspaces(QMainWindow &window, QWidget &servers, QWidget &profile)
    : QObject(&window)
    , m_window(window)
    , m_pages{nullptr, &servers, &profile}
{
    for (QWidget *page : {&servers, &profile}) {
        page->setParent(&window);
        page->setAutoFillBackground(true);
        page->hide();
    }
    for (QObject *watched :
        {static_cast<QObject *>(&window), static_cast<QObject *>(window.menuWidget()), static_cast<QObject *>(window.statusBar())})
        watched->installEventFilter(this);
}

void Workspaces::setCurrent(Workspace workspace)
{
    if (m_current == workspace)
        return;
    if (m_current == Workspace::Step) {
        m_hadKeyboard = QApplication::focusWidget();
        setStepEnabled(false);
    }
    if (QWidget *left = page())
        left->hide();
    m_current = workspace;
    if (QWidget *shown = page()) {
        place();
        shown->show();
    } else {
        setStepEnabled(true);
        if (m_hadKeyboard != nullptr)
            m_hadKeyboard->setFocus();
    }
    Q_EMIT changed();
}

QWidget *Workspaces::page() const { return m_pages.at(static_cast<std::size_t>(m_current)); }

void Workspaces::setStepEnabled(bool isEnabled)
{
    for (QDockWidget *dock : m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly))
        dock->setEnabled(isEnabled);
    m_window.centralWidget()->setEnabled(isEnabled);
}

void Workspaces::place()
{
    const int top = m_window.menuWidget()->geometry().bottom() + 1;
    const QStatusBar *status = m_window.statusBar();
    const int bottom = status->isVisible() ? status->geometry().top() : m_window.height();
    page()->setGeometry(0, top, m_window.width(), bottom - top);
    page()->raise(); // the docks come to the front when a window lays them out for the first time
}

bool Workspaces::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::LayoutRequest:
        if (page() != nullptr) // when the window has laid itself out
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (page() != nullptr)
                        place();
                },
                Qt::QueuedConnection);
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace loopscope
