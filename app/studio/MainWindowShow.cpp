// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Showing a run to others: presenter mode, and pictures of views.
#include "MainWindow.h"

#include "PresenterMode.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "TopBar.h"
#include "ViewExport.h"
#include "WalkDialog.h"
#include "WorkspaceDocks.h"
#include "profile/ProfileView.h"
#include "servers/ServersView.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "shell/SectionHead.h"
#include "theme/Theme.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontMetrics>
#include <QLabel>
#include <QMenu>

#include <algorithm>

namespace loopscope {

void MainWindow::connectShow()
{
    connect(m_actions.presenter, &QAction::triggered, m_presenter, &PresenterMode::setOn);
    connect(m_presenter, &PresenterMode::changed, this, [this](bool isOn) {
        m_actions.presenter->setChecked(isOn);
        m_bar->setPresenting(isOn);
        m_actions.panels->setEnabled(!isOn);
        m_actions.resetLayout->setEnabled(!isOn);
    });
    connect(&Theme::current(), &Theme::changed, this, [this] {
        m_actions.setIcons(Theme::current().palette());
        fitKeys();
    });
    connect(m_actions.exportWalk, &QAction::triggered, this, &MainWindow::exportWalk);
    connect(m_actions.exportView, &QMenu::aboutToShow, this, &MainWindow::fillExports);
    // The head of every view offers the same.
    const auto offer = [this](SectionHead *head, QWidget *view, const QString &title) {
        auto *action = new QAction(tr("Export view…"), head);
        connect(action, &QAction::triggered, this, [this, view, title] { exportView(*view, title); });
        head->setContextMenuPolicy(Qt::ActionsContextMenu);
        head->addAction(action);
    };
    for (const QDockWidget *dock : findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly))
        offer(qobject_cast<SectionHead *>(dock->titleBarWidget()), dock->widget(), dock->windowTitle());
    offer(m_workspace->loopPane()->findChild<SectionHead *>(), m_workspace->loopPane(), tr("Loop"));
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    fitKeys();
}

void MainWindow::fitKeys()
{
    const QString choices[] = {tr("F10 event · F11 callback · Shift steps back · F5 run · F1 all keys"),
        tr("F10 event · F5 run · F1 all keys"), tr("F1 all keys")};
    const QFontMetrics metrics(Theme::current().font(Theme::TextRole::Fact));
    int room = width();
    for (const QLabel *label : {m_placeLabel, m_sizeLabel, m_runLabel, m_noteLabel})
        room -= label->sizeHint().width() + qRound(Theme::current().scaled(16));
    const auto *fitting = std::find_if(
        std::begin(choices), std::end(choices), [&](const QString &choice) { return metrics.horizontalAdvance(choice) <= room; });
    const QString shown = fitting != std::end(choices) ? *fitting : QString();
    if (m_keysLabel->text() != shown)
        m_keysLabel->setText(shown);
}

void MainWindow::fillExports()
{
    m_actions.exportView->clear();
    const auto add = [this](const QString &title, QWidget *view) {
        connect(
            m_actions.exportView->addAction(title + u'…'), &QAction::triggered, this, [this, view, title] { exportView(*view, title); });
    };
    add(tr("Whole window"), this);
    if (showsServers()) {
        for (const auto &[title, view] : m_servers->pictures())
            add(title, view);
        return;
    }
    if (showsProfile()) {
        for (const ProfileView::Picture &picture : m_profile->pictures())
            connect(m_actions.exportView->addAction(picture.title + u'…'), &QAction::triggered, this,
                [this, picture] { exportPicture(picture); });
        return;
    }
    add(tr("Loop"), m_workspace->loopPane());
    for (const QDockWidget *dock : findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (dock->widget()->isVisible())
            add(dock->windowTitle(), dock->widget());
    }
}

void MainWindow::exportPicture(const ProfileView::Picture &picture)
{
    picture.reveal();
    exportView(*picture.view, picture.title);
}

void MainWindow::exportView(QWidget &view, const QString &title)
{
    const QString suggested =
        QStringLiteral("%1-%2.png")
            .arg(QFileInfo(m_document->name()).completeBaseName(), title.toLower().replace(QLatin1Char(' '), QLatin1Char('-')));
    QString chosen;
    QString path =
        QFileDialog::getSaveFileName(this, tr("Export view"), QDir(m_exportFolder).filePath(suggested), ViewExport::fileFilter(), &chosen);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += chosen.contains(QLatin1String("svg")) ? QStringLiteral(".svg") : QStringLiteral(".png");
    m_exportFolder = QFileInfo(path).path();
    const QString problem = ViewExport::write(view, path);
    if (problem.isEmpty())
        note(tr("saved as %1").arg(QFileInfo(path).fileName()));
    else
        m_banner->say(Banner::Severity::Error, problem, {{tr("Save as…"), [this, &view, title] { exportView(view, title); }}});
}

void MainWindow::exportWalk()
{
    auto *dialog = new WalkDialog(*this, *m_stepper, *m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_session, &RunSession::replaced, dialog, &QWidget::close); // its events are others now
    dialog->show();
}

} // namespace loopscope
