// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What was typed and not saved: asked about in place before it is left, kept through a crash, and marked when it is not what ran.
#include "MainWindow.h"

#include "PresenterMode.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "UnsavedText.h"
#include "WorkspaceDocks.h"
#include "editor/SourceEditor.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "shell/Banner.h"
#include "shell/SectionHead.h"

#include <QAction>
#include <QCloseEvent>
#include <QStandardPaths>

namespace loopscope {

void MainWindow::connectUnsaved()
{
    m_docks->head(WorkspaceDocks::Role::Source)
        ->setBadge(tr("edited"),
            tr("The text was edited since this run: it is not the one that ran, so lines may be off and what you see is the old run."),
            *m_actions.runAgain);
    connect(m_editor, &SourceEditor::textChanged, this, [this] {
        if (m_session->reader() != nullptr && !m_editor->isReadOnly())
            m_workspace->setEdited(m_editor->text() != m_textThatRan); // undone is as good as never typed
    });
    connect(m_workspace, &StepWorkspace::editedChanged, this, [this](bool isEdited) {
        m_docks->head(WorkspaceDocks::Role::Source)->showBadge(isEdited);
        updateActions();
    });
    if (m_memory == Memory::Forget)
        return;
    m_unsaved->start(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/unsaved"));
    // Behind what the start itself has to say, as when its file is missing.
    QMetaObject::invokeMethod(this, &MainWindow::offerUnsaved, Qt::QueuedConnection);
}

void MainWindow::offerUnsaved()
{
    if (m_banner->isVisibleTo(this))
        return; // it stays on the disk for the next start
    const auto draft = m_unsaved->takeFound();
    if (!draft)
        return;
    m_banner->say(Banner::Severity::Note, tr("Loopscope ended unexpectedly while %1 had unsaved changes. They were kept.").arg(draft->name),
        {{tr("Get them back"),
             [this, draft = *draft] {
                 whenLeft([this, draft] {
                     m_session->clear();
                     m_document->restore(draft.path, draft.name, draft.text);
                     scriptChanged(m_document->path());
                     m_unsaved->flush(); // before the old copy goes
                     m_unsaved->forgetFound();
                     m_editor->setFocus();
                 });
             }},
            {tr("Delete them"), [this] {
                 m_unsaved->forgetFound();
                 offerUnsaved();
             }}});
}

bool MainWindow::whenLeft(const std::function<void()> &goOn)
{
    if (!m_document->isModified()) {
        goOn();
        return true;
    }
    m_banner->ask(tr("%1 has changes that are not saved.").arg(m_document->name()),
        {{tr("Save"),
             [this, goOn] {
                 if (saveScript())
                     goOn();
             }},
            {tr("Drop the changes"),
                [this, goOn] {
                    m_editor->setModified(false);
                    goOn();
                }},
            {tr("Stay"), [this] { m_editor->setFocus(); }}});
    return false;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_document->isModified()) {
        event->ignore();
        whenLeft([this] { close(); });
        return;
    }
    m_presenter->setOn(false); // the layout to remember is the other one
    saveSettings();
    m_session->clear();
    QMainWindow::closeEvent(event);
}

} // namespace loopscope
