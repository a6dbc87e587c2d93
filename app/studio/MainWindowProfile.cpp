// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Profile workspace in the window, and what changes with the workspace.
#include "MainWindow.h"

#include "ForkController.h"
#include "StepWorkspace.h"
#include "TopBar.h"
#include "Workspaces.h"
#include "profile/ComparisonPage.h"
#include "profile/CostPage.h"
#include "profile/ProfileBar.h"
#include "profile/ProfileView.h"
#include "servers/ServersBar.h"
#include "servers/ServersStatus.h"
#include "servers/ServersView.h"
#include "session/Stepper.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace loopscope {

using Workspace = Workspaces::Workspace;

void MainWindow::connectProfile()
{
    ProfileBar &bar = m_profile->bar();
    bar.addCommands({m_actions.run, m_actions.pause, m_actions.stop});
    m_bar->addWorkspaceBar(bar);
    m_profile->comparison().addCommand(m_actions.compareWith);
    m_profile->cost().setCommand([this] { return m_forks->rerun(); });
    connect(m_actions.profileWorkspace, &QAction::triggered, this, &MainWindow::showProfile);
    connect(m_workspaces, &Workspaces::changed, this, &MainWindow::workspaceChanged);
    connect(m_profile, &ProfileView::eventChosen, this, [this](quint64 event) {
        m_workspaces->setCurrent(Workspace::Step);
        m_stepper->setCursor(event + 1); // it has just happened
    });
    connect(m_profile, &ProfileView::lineActivated, this, [this](const QString &path, int line) {
        m_workspaces->setCurrent(Workspace::Step);
        goToLine(path, line);
    });
    connect(m_profile, &ProfileView::lessonChosen, this, [this](const QString &name) { openLessons({}, name, {}); });
    connect(m_profile, &ProfileView::pictureWanted, this, &MainWindow::exportPicture);
    connect(m_profile, &ProfileView::siteActivated, this, [this](SiteId site) {
        m_workspaces->setCurrent(Workspace::Step);
        m_workspace->showSite(site);
    });
}

bool MainWindow::openComparison(const QString &before, const QString &after)
{
    if (!openFile(after))
        return false;
    showProfile();
    m_profile->showPage(ProfileView::Page::Comparison);
    return m_forks->compareWith(before);
}

bool MainWindow::showsProfile() const { return m_workspaces != nullptr && m_workspaces->shown() == Workspace::Profile; }

void MainWindow::showProfile() { m_workspaces->setCurrent(Workspace::Profile); }

void MainWindow::workspaceChanged()
{
    const bool servers = showsServers();
    const bool profile = showsProfile();
    const bool step = m_workspaces->shown() == Workspace::Step;
    const Workspace current = m_workspaces->current();
    m_actions.stepWorkspace->setChecked(current == Workspace::Step);
    m_actions.serversWorkspace->setChecked(current == Workspace::Servers);
    m_actions.profileWorkspace->setChecked(current == Workspace::Profile);
    m_actions.lessonsWorkspace->setChecked(current == Workspace::Lessons);
    m_bar->showWorkspaceBar(servers ? static_cast<QWidget *>(&m_servers->bar()) : profile ? &m_profile->bar() : nullptr);
    m_servers->status().setVisible(servers);
    for (QLabel *label : {m_placeLabel, m_sizeLabel, m_runLabel})
        label->setVisible(!servers);
    m_keysLabel->setVisible(step); // it names those of stepping
    m_actions.presenter->setEnabled(step || current == Workspace::Lessons);
    m_actions.resetLayout->setEnabled(current == Workspace::Step);
    m_actions.panels->setEnabled(step);
    updateTitle();
    updateActions();
    if (current == Workspace::Lessons)
        return; // the lesson has the keyboard
    if (servers)
        m_servers->bar().runButton().setFocus();
    else if (profile)
        m_profile->views().constFirst()->setFocus();
}

void MainWindow::updateProfileActions()
{
    if (!showsProfile())
        return;
    // Steps would move a cursor that nobody sees here.
    for (QAction *action : m_actions.ofStepping())
        action->setEnabled(action->isEnabled() && (action == m_actions.pause || action == m_actions.runAgain));
}

} // namespace loopscope
