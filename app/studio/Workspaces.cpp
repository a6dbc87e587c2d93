// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Workspaces.h"

#include <QApplication>
#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QStatusBar>

namespace loopscope {

Workspaces::Workspaces(QMainWindow &window, QWidget &servers, QWidget &profile, QWidget &course)
    : QObject(&window)
    , m_window(window)
    , m_pages{nullptr, &servers, &profile, &course}
{
    for (QWidget *page : {&servers, &profile, &course}) {
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
    QWidget *before = page();
    if (before == nullptr)
        m_hadKeyboard = QApplication::focusWidget();
    m_current = workspace;
    show(before);
    if (page() == nullptr && m_hadKeyboard != nullptr)
        m_hadKeyboard->setFocus();
    Q_EMIT changed();
}

void Workspaces::setLessonView(Workspace view, QWidget *text)
{
    QWidget *before = page();
    m_text = text;
    if (m_ofLesson == view)
        return;
    m_ofLesson = view;
    if (m_current != Workspace::Lessons)
        return;
    show(before);
    Q_EMIT changed();
}

void Workspaces::show(QWidget *before)
{
    QWidget *now = page();
    if (before == now)
        return;
    if (before != nullptr)
        before->hide();
    setStepEnabled(now == nullptr);
    if (now != nullptr) {
        place();
        now->show();
    }
}

void Workspaces::setStepEnabled(bool isEnabled)
{
    for (QDockWidget *dock : m_window.findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly))
        dock->setEnabled(isEnabled || (dock == m_text && m_current == Workspace::Lessons));
    m_window.centralWidget()->setEnabled(isEnabled);
}

void Workspaces::place()
{
    const int top = m_window.menuWidget()->geometry().bottom() + 1;
    const QStatusBar *status = m_window.statusBar();
    const int bottom = status->isVisible() ? status->geometry().top() : m_window.height();
    const bool isBesideText = m_current == Workspace::Lessons && shown() != Workspace::Lessons && m_text != nullptr && m_text->isVisible();
    const int left = isBesideText ? m_text->geometry().right() + 1 : 0;
    page()->setGeometry(left, top, m_window.width() - left, bottom - top);
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
