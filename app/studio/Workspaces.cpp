// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Workspaces.h"

#include <QApplication>
#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QStatusBar>

namespace loopscope {

Workspaces::Workspaces(QMainWindow &window, QWidget &servers)
    : QObject(&window)
    , m_window(window)
    , m_servers(servers)
{
    m_servers.setParent(&window);
    m_servers.setAutoFillBackground(true);
    m_servers.hide();
    for (QObject *watched :
        {static_cast<QObject *>(&window), static_cast<QObject *>(window.menuWidget()), static_cast<QObject *>(window.statusBar())})
        watched->installEventFilter(this);
}

void Workspaces::setCurrent(Workspace workspace)
{
    if (m_current == workspace)
        return;
    m_current = workspace;
    if (workspace == Workspace::Servers) {
        m_hadKeyboard = QApplication::focusWidget();
        setStepEnabled(false);
        place();
        m_servers.raise();
        m_servers.show();
    } else {
        m_servers.hide();
        setStepEnabled(true);
        if (m_hadKeyboard != nullptr)
            m_hadKeyboard->setFocus();
    }
    Q_EMIT changed();
}

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
    m_servers.setGeometry(0, top, m_window.width(), bottom - top);
    m_servers.raise(); // the docks come to the front when a window lays them out for the first time
}

bool Workspaces::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::LayoutRequest:
        if (m_current == Workspace::Servers)
            QMetaObject::invokeMethod(this, &Workspaces::place, Qt::QueuedConnection); // when the window has laid itself out
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace loopscope
