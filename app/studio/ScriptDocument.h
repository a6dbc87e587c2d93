// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTemporaryDir>

namespace loopscope {

class SourceEditor;

/// The script in the editor and the file it belongs to: open, save, run an unsaved one, notice changes from outside. A script without a
/// file (new ones, examples) runs from a temporary folder under its own name.
class ScriptDocument : public QObject
{
    Q_OBJECT
public:
    explicit ScriptDocument(SourceEditor &editor, QObject *parent = nullptr);

    /// "chat.js", or "untitled.js".
    QString name() const;
    /// Empty if the script was never saved.
    QString path() const { return m_path; }
    bool isModified() const;
    /// The text comes from a recording and cannot be changed.
    bool isFromRecording() const { return m_isFromRecording; }

    void createNew();
    /// False, with a sentence in problem(), if the file cannot be read.
    bool open(const QString &path);
    void openExample(const QString &resourcePath);
    /// The text becomes a new script of this name, which is asked about before it is left.
    void becomeNew(const QString &name);
    void showRecorded(const QString &sourcePath, const QByteArray &text);
    /// Text that was typed into a file (or into none) and not saved, as it was.
    void restore(const QString &path, const QString &name, const QString &text);
    bool save();
    bool saveAs(const QString &path);
    /// Reads the file again, dropping what was typed.
    bool reload();

    /// The file to run: saves a modified one first; writes an unsaved one to the temporary folder. Empty, with a sentence in problem(), if
    /// that fails.
    QString fileToRun();

    QString problem() const { return m_problem; }

Q_SIGNALS:
    /// Name, path or modification changed.
    void changed();
    /// Another program wrote the file while it has unsaved changes here. (Without any it was read again: reloaded().)
    void changedOutside();
    void reloaded();
    /// The text was replaced by another script's.
    void replaced();

private:
    bool write(const QString &path);
    void setText(const QString &text, bool readOnly);
    void become(const QString &path, const QString &name);
    void fileChanged();

    SourceEditor &m_editor;
    QString m_path;
    QString m_name;
    QString m_problem;
    QByteArray m_onDisk; ///< as last read or written, to tell our own writing from others'
    bool m_isFromRecording = false;
    QFileSystemWatcher m_watcher;
    QTemporaryDir m_folder;
};

} // namespace loopscope
