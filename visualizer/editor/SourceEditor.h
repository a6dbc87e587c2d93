// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/QScintilla.h"

#include <QHash>
#include <QSet>

class QsciLexerJavaScript;

namespace loopscope {

/// The editor of the script: JavaScript colours, line numbers, breakpoints by click in the margin, the line that runs in yellow, and
/// notes at the ends of lines that wait. Lines count from 1, as in the recording.
class SourceEditor : public QsciScintilla
{
    Q_OBJECT
public:
    explicit SourceEditor(QWidget *parent = nullptr);
    ~SourceEditor() override;

    /// Lines with a breakpoint, as they are now (they move with the text).
    QSet<int> breakpoints() const;
    void setBreakpoints(const QSet<int> &lines);
    void toggleBreakpoint(int line);

    /// Marks the line that runs and scrolls it into view; 0 marks none.
    void setCurrentLine(int line);
    int currentLine() const { return m_currentLine; }
    /// The line the text cursor is in.
    int caretLine() const;

    /// Short dim notes at the right of lines ("due in 20 ms"); replaces the earlier ones.
    void setLineNotes(const QHash<int, QString> &notes);

    /// Marks a line that cannot run, with the reason below it, until the text changes. 0 clears it.
    void setErrorLine(int line, const QString &reason);

    void showLine(int line);

    /// Keys that are the window's: Scintilla would take these for itself otherwise.
    void yieldKeys(const QList<QKeySequence> &keys);

Q_SIGNALS:
    void breakpointsChanged();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void applyTheme();
    void applyMarkers();
    void fitMargins();

    QsciLexerJavaScript *m_lexer = nullptr;
    QHash<int, QString> m_notes;
    int m_currentLine = 0;
    int m_errorLine = 0;
};

} // namespace loopscope
