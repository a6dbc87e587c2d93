// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>

class QLockFile;

namespace loopscope {

class ScriptDocument;
class SourceEditor;

/// Keeps what is typed and not saved in a file of the application's data folder, so that it survives a crash, and finds what an earlier
/// process left there.
///
/// One file a window, "<id>.json" with a lock "<id>.lock" beside it that dies with its process: text whose lock is free belongs to nobody
/// any more. The file is written a moment after the last key, during steady typing every two seconds, and goes when the text is saved or
/// given up. GUI thread only.
class UnsavedText : public QObject
{
    Q_OBJECT
public:
    struct Draft
    {
        QString name; ///< "chat.js"
        QString path; ///< where it was to be saved; empty if it had no file
        QString text;
    };

    /// Both must outlive this. Nothing is written until start().
    UnsavedText(const ScriptDocument &document, SourceEditor &editor, QObject *parent = nullptr);
    ~UnsavedText() override;

    /// Keeps the text in this folder from now on.
    void start(const QString &folder);
    /// Text left behind by a process that is gone, the newest first; none if there is none. It stays on the disk until forgetFound().
    std::optional<Draft> takeFound();
    void forgetFound();
    /// Writes now what a timer would write soon.
    void flush();

private:
    void textChanged();
    void documentChanged();
    void write();
    void remove();

    const ScriptDocument &m_document;
    SourceEditor &m_editor;
    QString m_folder; ///< empty until start()
    QString m_file;
    std::unique_ptr<QLockFile> m_lock;
    QString m_foundFile;
    std::unique_ptr<QLockFile> m_foundLock; ///< so that two windows do not offer the same text
    QTimer m_soon; ///< since the last key
    QTimer m_atLatest; ///< since the first key that is not written
};

} // namespace loopscope
