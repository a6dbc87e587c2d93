// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ScriptDocument.h"

#include "editor/SourceEditor.h"
#include "session/SourcePath.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace loopscope {

namespace {

constexpr qint64 kLookedAt = 8192; ///< bytes of a file, to tell whether it is text

} // namespace

ScriptDocument::ScriptDocument(SourceEditor &editor, QObject *parent)
    : QObject(parent)
    , m_editor(editor)
    , m_name(QStringLiteral("untitled.js"))
    , m_folder(QDir::temp().filePath(QStringLiteral("loopscope-XXXXXX")))
{
    connect(&m_editor, &SourceEditor::modificationChanged, this, &ScriptDocument::changed);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ScriptDocument::fileChanged);
}

QString ScriptDocument::name() const { return m_name; }

bool ScriptDocument::isModified() const { return m_editor.isModified() && !m_isFromRecording; }

void ScriptDocument::setText(const QString &text, bool readOnly)
{
    m_editor.setReadOnly(false);
    m_editor.setBreakpoints({});
    m_editor.setCurrentLine(0);
    m_editor.setErrorLine(0, {});
    m_editor.setLineNotes({});
    m_editor.setText(text);
    m_editor.SendScintilla(QsciScintilla::SCI_EMPTYUNDOBUFFER);
    m_editor.setModified(false);
    m_editor.setReadOnly(readOnly);
    m_isFromRecording = readOnly;
}

void ScriptDocument::become(const QString &path, const QString &name)
{
    if (!m_watcher.files().isEmpty())
        m_watcher.removePaths(m_watcher.files());
    m_path = path;
    m_name = name;
    if (!path.isEmpty())
        m_watcher.addPath(path);
    Q_EMIT changed();
}

void ScriptDocument::createNew()
{
    setText({}, false);
    m_onDisk.clear();
    become({}, QStringLiteral("untitled.js"));
    Q_EMIT replaced();
}

bool ScriptDocument::open(const QString &path)
{
    const QString shown = QDir::toNativeSeparators(path);
    if (QFileInfo(path).isDir()) {
        m_problem = tr("%1 is a folder. Open a script or a recording in it.").arg(shown);
        return false;
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        m_problem = tr("%1 cannot be opened: %2.").arg(shown, file.errorString());
        return false;
    }
    // No text has zeros; a huge file of another kind is not read to its end.
    if (file.peek(kLookedAt).contains('\0')) {
        m_problem = tr("%1 is no text, so no script. Open a script (.js, .mjs, .cjs, .ts) or a recording (.lscope).").arg(shown);
        return false;
    }
    m_onDisk = file.readAll();
    setText(QString::fromUtf8(m_onDisk), false);
    const QFileInfo info(path);
    become(info.absoluteFilePath(), info.fileName());
    Q_EMIT replaced();
    return true;
}

void ScriptDocument::openExample(const QString &resourcePath)
{
    QFile file(resourcePath);
    if (!file.open(QIODevice::ReadOnly))
        return;
    setText(QString::fromUtf8(file.readAll()), false);
    become({}, QFileInfo(resourcePath).fileName());
    Q_EMIT replaced();
}

void ScriptDocument::becomeNew(const QString &name)
{
    m_onDisk.clear();
    become({}, name);
}

void ScriptDocument::showRecorded(const QString &sourcePath, const QByteArray &text)
{
    setText(QString::fromUtf8(text), true);
    become({}, QFileInfo(localPath(sourcePath)).fileName());
    Q_EMIT replaced();
}

void ScriptDocument::restore(const QString &path, const QString &name, const QString &text)
{
    // Undo leads back to what the file holds.
    if (path.isEmpty() || !open(path)) {
        createNew();
        become(path, name);
    }
    m_editor.selectAll();
    m_editor.replaceSelectedText(text);
    m_editor.setCursorPosition(0, 0);
    m_editor.setModified(true);
}

bool ScriptDocument::write(const QString &path)
{
    const QByteArray text = m_editor.text().toUtf8();
    // Our own writing is no change from outside.
    m_onDisk = text;
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return true;
    m_problem = tr("%1 cannot be saved: %2. Choose another place with Save As.").arg(QDir::toNativeSeparators(path), file.errorString());
    return false;
}

bool ScriptDocument::save() { return !m_path.isEmpty() && saveAs(m_path); }

bool ScriptDocument::saveAs(const QString &path)
{
    if (!write(path))
        return false;
    m_editor.setModified(false);
    const QFileInfo info(path);
    m_isFromRecording = false;
    m_editor.setReadOnly(false);
    become(info.absoluteFilePath(), info.fileName());
    return true;
}

bool ScriptDocument::reload()
{
    const LineBreakpoints breakpoints = m_editor.breakpoints();
    int line = 0;
    int column = 0;
    m_editor.getCursorPosition(&line, &column);
    if (!open(m_path))
        return false;
    m_editor.setBreakpoints(breakpoints);
    m_editor.setCursorPosition(line, column);
    Q_EMIT reloaded();
    return true;
}

void ScriptDocument::fileChanged()
{
    if (m_path.isEmpty())
        return;
    // Editors that save by renaming leave the watcher with the old file.
    if (!m_watcher.files().contains(m_path) && QFileInfo::exists(m_path))
        m_watcher.addPath(m_path);
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray text = file.readAll();
    if (text == m_onDisk)
        return;
    m_onDisk = text;
    if (isModified())
        Q_EMIT changedOutside();
    else
        reload();
}

QString ScriptDocument::fileToRun()
{
    if (!m_path.isEmpty())
        return !isModified() || save() ? m_path : QString();
    if (!m_folder.isValid()) {
        m_problem = tr("There is no place for temporary files (%1). Save the script to run it.").arg(m_folder.errorString());
        return {};
    }
    const QString path = m_folder.filePath(m_name);
    return write(path) ? path : QString();
}

} // namespace loopscope
