// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Servers workspace in the window: what its commands do.
#include "MainWindow.h"

#include "LessonsWorkspace.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "TopBar.h"
#include "Workspaces.h"
#include "lessons/CoursePage.h"
#include "profile/ProfileView.h"
#include "servers/FollowView.h"
#include "servers/LaneView.h"
#include "servers/ModelCard.h"
#include "servers/RunReport.h"
#include "servers/ServersBar.h"
#include "servers/ServersStatus.h"
#include "servers/ServersView.h"
#include "servers/SweepCard.h"
#include "shell/Banner.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QStatusBar>
#include <QToolButton>

namespace loopscope {

using Workspace = Workspaces::Workspace;

void MainWindow::connectServers()
{
    m_bar->addWorkspaceBar(m_servers->bar());
    statusBar()->insertWidget(0, &m_servers->status(), 1);
    m_servers->status().hide();
    m_workspaces = new Workspaces(*this, *m_servers, *m_profile, m_lessons->page());
    connect(m_actions.stepWorkspace, &QAction::triggered, this, [this] { m_workspaces->setCurrent(Workspace::Step); });
    connect(m_actions.serversWorkspace, &QAction::triggered, this, &MainWindow::showServers);
    connect(m_servers, &ServersView::changed, this, [this] {
        updateTitle();
        updateActions();
    });
    connect(m_servers, &ServersView::said, this, [this](const QString &sentence, bool isProblem) {
        m_banner->say(isProblem ? Banner::Severity::Error : Banner::Severity::Note, sentence);
    });
    m_servers->fillPresets(*m_actions.labPresets);
    for (QObject *object : m_actions.followRequest->associatedObjects()) {
        if (auto *menu = qobject_cast<QMenu *>(object))
            menu->insertMenu(m_actions.followRequest, &m_servers->bar().paces());
    }
    connect(m_actions.labPresets, &QMenu::triggered, this, &MainWindow::showServers);
    connect(m_actions.serveScript, &QAction::triggered, this, &MainWindow::serveScript);
    connect(m_actions.openScenario, &QAction::triggered, this, [this] {
        const QString path =
            QFileDialog::getOpenFileName(this, tr("Open scenario"), {}, tr("Scenarios and runs (*.json *.jsonl);;All files (*)"));
        if (!path.isEmpty())
            openScenario(path);
    });
    connect(m_actions.saveScenario, &QAction::triggered, this, [this] {
        const QString path =
            QFileDialog::getSaveFileName(this, tr("Save scenario"), QStringLiteral("scenario.json"), tr("Scenarios (*.json)"));
        if (!path.isEmpty() && m_servers->saveScenario(path))
            note(tr("saved as %1").arg(QFileInfo(path).fileName()));
    });
    connect(m_actions.saveLabRun, &QAction::triggered, this, [this] {
        const QString path =
            QFileDialog::getSaveFileName(this, tr("Save run"), QStringLiteral("run.jsonl"), tr("Runs of the server lab (*.jsonl)"));
        if (!path.isEmpty() && m_servers->saveRun(path))
            note(tr("saved as %1").arg(QFileInfo(path).fileName()));
    });
    connect(m_actions.compareRuns, &QAction::triggered, this, [this] {
        const QString path =
            QFileDialog::getOpenFileName(this, tr("Compare with run"), {}, tr("Runs and reports (*.jsonl *.json);;All files (*)"));
        if (!path.isEmpty())
            m_servers->compareWith(path);
    });
    connect(m_actions.exportLabRun, &QAction::triggered, this, [this] {
        const QString path = QFileDialog::getSaveFileName(this, tr("Export run"), QStringLiteral("servers.html"), exportFilter());
        if (!path.isEmpty() && m_servers->exportTo(path))
            note(tr("saved as %1").arg(QFileInfo(path).fileName()));
    });
    connect(m_actions.recordModel, &QMenu::aboutToShow, this, [this] {
        m_actions.recordModel->clear();
        for (const ServerModel model : m_servers->recordable())
            m_actions.recordModel->addAction(nameOf(model), this, [this, model] { m_servers->record(model); });
    });
    connect(m_servers, &ServersView::recorded, this, [this](const QString &path) {
        whenLeft([this, path] {
            m_workspaces->setCurrent(Workspace::Step);
            openRecording(path);
        });
    });
    connect(m_actions.sweep, &QAction::triggered, this, [this] {
        showServers();
        m_servers->showSweep();
    });
    connect(m_actions.followRequest, &QAction::triggered, this, [this] {
        showServers();
        m_servers->focusFollowField();
    });
}

bool MainWindow::showsServers() const { return m_workspaces != nullptr && m_workspaces->shown() == Workspace::Servers; }

void MainWindow::showServers() { m_workspaces->setCurrent(Workspace::Servers); }

bool MainWindow::openScenario(const QString &path)
{
    showServers();
    const bool isRun = path.endsWith(QLatin1String(".jsonl"), Qt::CaseInsensitive);
    if (!(isRun ? m_servers->openRun(path) : m_servers->openScenario(path)))
        return false;
    m_banner->dismiss();
    return true;
}

void MainWindow::serveScript()
{
    const QString file = m_document->fileToRun();
    if (file.isEmpty()) {
        m_banner->say(Banner::Severity::Error, m_document->problem(), {{tr("Save as…"), [this] { saveScriptAs(); }}});
        return;
    }
    m_banner->dismiss();
    m_servers->setScript(QFileInfo(file).canonicalFilePath());
    showServers();
}

void MainWindow::updateServersActions()
{
    const bool servers = showsServers();
    const bool isLive = m_servers->session().isLive() || m_servers->sweep().isLive();
    m_actions.saveScenario->setEnabled(m_servers->hasScript());
    for (QAction *action : {m_actions.saveLabRun, m_actions.exportLabRun, m_actions.compareRuns})
        action->setEnabled(m_servers->session().state() == ComparisonProcess::State::Ended);
    m_actions.sweep->setEnabled(m_servers->hasScript());
    m_actions.recordModel->setEnabled(m_servers->hasScript());
    if (!servers)
        return;
    // Of Step's commands those go on that the other workspace has, too; the rest would act where nobody sees it.
    for (QAction *action : m_actions.ofStepping())
        action->setEnabled(false);
    m_actions.run->setText(tr("&Run"));
    m_actions.run->setEnabled(!isLive && m_servers->hasScript());
    m_actions.stop->setEnabled(isLive);
}

QList<QWidget *> MainWindow::serversViews() const
{
    QList<QWidget *> views;
    for (const ModelCard *card : m_servers->cards())
        views << &card->lanes();
    views << &m_servers->followed();
    return views;
}

} // namespace loopscope
