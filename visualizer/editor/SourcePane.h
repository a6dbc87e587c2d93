// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/LineBreakpoints.h"

#include <QKeySequence>
#include <QStringList>
#include <QUrl>
#include <QWidget>

class QStackedLayout;
class QTabBar;

namespace loopscope {

class ConditionBar;
class FindBar;

class RecordingReader;
class SourceEditor;

/// The script in its editor and, read-only and as it was recorded, each other file that was looked into: one tab a file, none while there
/// is only the script. Files are known by their local paths.
class SourcePane : public QWidget
{
    Q_OBJECT
public:
    explicit SourcePane(QWidget *parent = nullptr);

    /// The editor of the script itself.
    SourceEditor &script() const { return *m_script; }
    QString scriptPath() const { return m_scriptPath; }
    /// The file that the script's editor holds; `name` stands on its tab. Its breakpoints are the editor's.
    void setScript(const QString &path, const QString &name);

    /// Where texts of other files come from; null for none. What was open is closed; breakpoints stay.
    void setReader(const RecordingReader *reader);
    /// The files of the recording, the script first.
    QStringList files() const;

    /// Brings a file to the front; false if the recording has no text of it.
    bool showFile(const QString &path);
    void showScript();
    bool showsScript() const { return m_shownPath == m_scriptPath; }
    QString shownPath() const { return m_shownPath; }
    SourceEditor &shown() const;

    /// Of all files, also of those that are not shown.
    FileBreakpoints breakpoints() const;
    /// Asks for the condition of a line of the file that is shown.
    void askCondition(int line);
    ConditionBar &conditionBar() const { return *m_condition; }
    void clearBreakpoints();
    void yieldKeys(const QList<QKeySequence> &keys);
    /// Finds in the file that is shown.
    FindBar &findBar() const { return *m_find; }

Q_SIGNALS:
    void shownChanged();
    void breakpointsChanged();
    /// By one drop; not all need be files.
    void filesDropped(const QList<QUrl> &urls);

private:
    void addTab(const QString &path);
    QString tabText(const QString &path) const;
    void load(const QString &path);
    void tabChosen(int index);

    QTabBar *m_tabs;
    FindBar *m_find;
    ConditionBar *m_condition;
    QStackedLayout *m_stack;
    SourceEditor *m_script;
    SourceEditor *m_other; ///< one editor for all other files
    const RecordingReader *m_reader = nullptr;
    QList<QUrl> m_dropped; ///< by the drop under way
    QString m_scriptPath;
    QString m_scriptName;
    QString m_shownPath;
    QString m_otherPath; ///< whose text m_other holds
    FileBreakpoints m_otherBreakpoints; ///< of the files that are not the script
};

} // namespace loopscope
