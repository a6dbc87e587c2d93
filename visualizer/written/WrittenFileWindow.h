// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "written/WrittenFile.h"

#include <QDialog>

class QLabel;

namespace loopscope {

/// The content of a file that the script wrote, read-only: text, or the first bytes of what is none. Beside the main window, not instead
/// of it. GUI thread.
class WrittenFileWindow : public QDialog
{
    Q_OBJECT
public:
    /// `folder` holds the runner's copies; empty if there are none. `facts`: what else is known, in lines.
    WrittenFileWindow(const WrittenFile &file, const QString &folder, const QString &facts, QWidget *parent);

    /// Why there is no content to look at, and what to do.
    static QString contentMissing();
    /// "00000010  68 65 6c 6c 6f ...  |hello|", 16 bytes a line.
    static QString hexadecimal(const QByteArray &bytes);
    /// What is shown of a file's bytes, of which there are `size`; a sentence on how it is shown goes to `how`, if there is one to say.
    static QString shownText(const QByteArray &bytes, qint64 size, QString *how);

private:
    /// The text to show.
    QString read(QString *how) const;
    void saveCopy();

    WrittenFile m_file;
    QString m_folder;
    QLabel *m_said;
};

} // namespace loopscope
