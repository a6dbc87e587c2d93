// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Files and dialogs of MainWindow: scripts, recordings, examples, help.
#include "MainWindow.h"

#include "KeysDialog.h"
#include "LessonFiles.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "TopBar.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "recording/RecordingFormat.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "session/Stepper.h"
#include "shell/Banner.h"

#include <QAction>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kRecentKept = 10;
const QLatin1String kRecentKey("files/recent");

const QStringList kScriptEndings{
    QStringLiteral("js"), QStringLiteral("mjs"), QStringLiteral("cjs"), QStringLiteral("ts"), QStringLiteral("mts"), QStringLiteral("cts")};

/// By its name, or, under another one, by its first bytes.
bool isRecording(const QString &path)
{
    if (path.endsWith(QLatin1String(".lscope"), Qt::CaseInsensitive))
        return true;
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(format::magic.size()) == QByteArray(format::magic.data(), format::magic.size());
}

/// A scenario of the server lab, or a run that was kept.
bool isOfLab(const QString &path)
{
    return path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive) || path.endsWith(QLatin1String(".jsonl"), Qt::CaseInsensitive);
}

} // namespace

bool MainWindow::openFile(const QString &path)
{
    if (isOfLab(path))
        return openScenario(path);
    if (LessonFiles::isLessons(path))
        return openLessons(path);
    if (m_document->isModified()) {
        whenLeft([this, path] { openFile(path); });
        return false;
    }
    if (isRecording(path)) {
        openRecording(path);
        return m_session->state() == RunSession::State::Opened;
    }
    if (!m_document->open(path)) {
        m_banner->say(Banner::Severity::Error, m_document->problem(), {{tr("Open another…"), [this] { chooseFile(); }}});
        return false;
    }
    m_banner->dismiss();
    m_session->clear();
    m_workspace->setEdited(false);
    scriptChanged(QFileInfo(path).canonicalFilePath());
    remember(m_document->path());
    return true;
}

void MainWindow::newScript()
{
    whenLeft([this] {
        m_banner->dismiss();
        m_session->clear();
        m_workspace->setEdited(false);
        m_document->createNew();
        scriptChanged({});
        m_editor->setFocus();
    });
}

void MainWindow::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open"), QFileInfo(m_document->path()).path(),
        tr("Scripts, recordings and scenarios (*.js *.mjs *.cjs *.ts *.lscope *.json *.jsonl);;All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

void MainWindow::chooseRecording()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open recording"), QString(), tr("Recordings (*.lscope);;All files (*)"));
    if (!path.isEmpty())
        whenLeft([this, path] { openRecording(path); });
}

void MainWindow::openRecording(const QString &path)
{
    if (!m_session->openRecording(path)) {
        m_banner->say(Banner::Severity::Error, m_session->failure(), {{tr("Open another…"), [this] { chooseRecording(); }}});
        return;
    }
    const auto &sources = m_session->reader()->sources();
    if (sources.empty())
        m_document->showRecorded(QFileInfo(path).completeBaseName() + QStringLiteral(".js"), {});
    else
        m_document->showRecorded(sources.front()->path, sources.front()->text);
    m_workspace->setEdited(false);
    scriptChanged(sources.empty() ? QString() : localPath(sources.front()->path));
    if (m_session->failure().isEmpty())
        m_banner->dismiss();
    else
        m_banner->say(Banner::Severity::Note, m_session->failure());
    if (!path.startsWith(QDir::tempPath() + QLatin1Char('/'))) // else it will be gone
        remember(QFileInfo(path).absoluteFilePath());
    m_stepper->toEnd();
}

bool MainWindow::saveScript()
{
    if (m_document->path().isEmpty())
        return saveScriptAs();
    if (m_document->save())
        return true;
    m_banner->say(Banner::Severity::Error, m_document->problem(), {{tr("Save as…"), [this] { saveScriptAs(); }}});
    return false;
}

bool MainWindow::saveScriptAs()
{
    const QString suggested = m_document->path().isEmpty() ? m_document->name() : m_document->path();
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save script"), suggested, tr("Scripts (*.js *.mjs *.cjs *.ts);;All files (*)"));
    if (path.isEmpty())
        return false;
    if (!m_document->saveAs(path)) {
        m_banner->say(Banner::Severity::Error, m_document->problem(), {{tr("Save as…"), [this] { saveScriptAs(); }}});
        return false;
    }
    remember(m_document->path());
    return true;
}

void MainWindow::saveRecording()
{
    QString path = QFileDialog::getSaveFileName(this, tr("Save recording"),
        QFileInfo(m_document->name()).completeBaseName() + QStringLiteral(".lscope"), tr("Recordings (*.lscope)"));
    if (path.isEmpty())
        return;
    if (!isRecording(path))
        path += QStringLiteral(".lscope");
    QFile::remove(path);
    if (!QFile::copy(m_session->recordingPath(), path))
        m_banner->say(Banner::Severity::Error,
            tr("The recording cannot be saved as %1. Choose another place.").arg(QDir::toNativeSeparators(path)),
            {{tr("Save as…"), [this] { saveRecording(); }}});
}

void MainWindow::fillRecent()
{
    m_actions.recent->clear();
    const QStringList paths = m_memory == Memory::Remember ? QSettings().value(kRecentKey).toStringList() : QStringList();
    for (const QString &path : paths) {
        if (QFileInfo::exists(path))
            connect(
                m_actions.recent->addAction(QDir::toNativeSeparators(path)), &QAction::triggered, this, [this, path] { openFile(path); });
    }
    if (m_actions.recent->isEmpty())
        m_actions.recent->addAction(tr("Nothing was opened yet"))->setEnabled(false);
}

void MainWindow::fillFiles()
{
    m_actions.files->clear();
    for (const QString &path : m_source->files()) {
        QAction *action = m_actions.files->addAction(path.isEmpty() ? m_document->name() : QDir::toNativeSeparators(path));
        action->setCheckable(true);
        action->setChecked(path == m_source->shownPath());
        connect(action, &QAction::triggered, this, [this, path] {
            m_source->showFile(path);
            m_source->shown().setFocus();
        });
    }
}

void MainWindow::scriptChanged(const QString &path)
{
    m_source->setScript(path, m_document->name());
    if (path.isEmpty() || path == m_choicesOf)
        return;
    m_choicesOf = path;
    m_choices = m_memory == Memory::Remember ? RunChoices::load(path) : RunChoices();
}

void MainWindow::remember(const QString &path)
{
    if (m_memory == Memory::Forget)
        return;
    QSettings settings;
    QStringList paths = settings.value(kRecentKey).toStringList();
    paths.removeAll(path);
    paths.prepend(path);
    settings.setValue(kRecentKey, paths.mid(0, kRecentKept));
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    // Also what cannot be opened: the answer is a sentence.
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event) { openDropped(event->mimeData()->urls()); }

void MainWindow::openDropped(const QList<QUrl> &urls)
{
    QStringList paths;
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    if (paths.isEmpty()) {
        if (!urls.isEmpty())
            m_banner->say(Banner::Severity::Note,
                tr("%1 is not a file on this computer. Save it first, then open it.").arg(urls.constFirst().toDisplayString()));
        return;
    }
    const auto isMeant = [](const QString &path) {
        return isRecording(path) || isOfLab(path) || LessonFiles::isLessons(path) || kScriptEndings.contains(QFileInfo(path).suffix());
    };
    const auto meant = std::find_if(paths.cbegin(), paths.cend(), isMeant);
    const QString path = meant != paths.cend() ? *meant : paths.constFirst();
    if (openFile(path) && paths.size() > 1)
        m_banner->say(Banner::Severity::Note,
            tr("%L1 files were dropped, and a window shows one: %2.").arg(paths.size()).arg(QFileInfo(path).fileName()));
}

void MainWindow::showKeys()
{
    // Beside the window, not instead of it: the keys can be tried while they are read.
    auto *dialog = findChild<KeysDialog *>();
    if (dialog == nullptr) {
        dialog = new KeysDialog(*m_bar->menuBar(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Loopscope"),
        tr("<b>Loopscope %1</b><br>Runs real scripts on an instrumented event loop with the phases of Node 20, records everything, and "
           "steps it both ways.<br><br>Free software under the GNU General Public License, version 3 or later.")
            .arg(QStringLiteral(LOOPSCOPE_VERSION)),
        QMessageBox::Close, this);
    box->setIconPixmap(windowIcon().pixmap(64));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setModal(false);
    box->show();
}

} // namespace loopscope
