// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/QScintilla.h"
#include "session/LineBreakpoints.h"

#include <QHash>

#include <functional>
#include <utility>
#include <vector>

class QsciLexerJavaScript;

namespace loopscope {

/// The editor of the script: JavaScript colours, line numbers, breakpoints by click in the margin, the line that runs in yellow and the
/// one that comes next, a margin with the time that lines took, and notes at the ends of lines that wait. Lines count from 1, as in the
/// recording.
class SourceEditor : public QsciScintilla
{
    Q_OBJECT
public:
    explicit SourceEditor(QWidget *parent = nullptr);
    ~SourceEditor() override;

    /// As they are now (they move with the text).
    LineBreakpoints breakpoints() const;
    void setBreakpoints(const LineBreakpoints &breakpoints);
    void toggleBreakpoint(int line);
    /// Sets a breakpoint with this condition, or without one if that is empty.
    void setCondition(int line, const QString &condition);
    QString condition(int line) const;

    /// Marks the line that runs and scrolls it into view; 0 marks none.
    void setCurrentLine(int line);
    int currentLine() const { return m_currentLine; }
    /// Marks the line that the run goes to next, with a hollow arrow; 0 marks none.
    void setNextLine(int line);
    int nextLine() const { return m_nextLine; }
    /// The line the text cursor is in.
    int caretLine() const;

    /// Short dim notes at the right of lines ("due in 20 ms"); replaces the earlier ones.
    void setLineNotes(const QHash<int, QString> &notes);

    /// Marks right behind the text of lines that say something the text does not ("5 ms in this run"); replaces the earlier ones.
    void setLineChanges(const QHash<int, QString> &changes);
    const QHash<int, QString> &lineChanges() const { return m_changes; }

    struct LineTime
    {
        quint64 time = 0; ///< ns
        quint64 count = 0;
    };
    /// The time that lines took, drawn at the left edge; `total` is that of all lines, ns. `isWhole`: in the whole recording, rather than
    /// up to the cursor.
    void setLineTimes(const QHash<int, LineTime> &lines, quint64 total, bool isWhole = true);
    /// The same in words; empty if the line did not run.
    QString lineTimeText(int line) const;

    /// Marks all places of a text, and forgets the earlier ones; none for an empty text.
    void markFound(const QString &text, bool tellsCase);
    int foundCount() const { return static_cast<int>(m_found.size()); }
    enum class Toward : quint8 { Here, Next, Previous };
    /// Selects a marked place, from the selection on and around the ends of the text.
    void selectFound(Toward toward);
    /// Which marked place is selected, from 1; 0: none.
    int foundPlace() const;

    /// Marks a line that cannot run, with the reason below it, until the text changes. 0 clears it.
    void setErrorLine(int line, const QString &reason);

    void showLine(int line);

    /// What a word of the text has to say when the mouse rests on it; empty: nothing. The line is the word's.
    using HoverText = std::function<QString(const QString &word, int line)>;
    void setHoverText(HoverText hoverText) { m_hoverText = std::move(hoverText); }
    /// The same for the word at the text cursor, for people without a mouse.
    void showHoverAtCaret();

    /// Keys that are the window's: Scintilla would take these for itself otherwise.
    void yieldKeys(const QList<QKeySequence> &keys);

Q_SIGNALS:
    void breakpointsChanged();
    /// The person wants to set a condition.
    void conditionAsked(int line);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void applyTheme();
    void applyMarkers();
    void fitMargins();
    void paintLineTimes(QPainter &painter) const;
    void paintNotes(QPainter &painter) const;
    void paintChanges(QPainter &painter) const;
    /// Where the text of a line ends in the viewport; empty if the line is not in sight.
    QRect endOfLine(int line) const;
    QRect changeRect(int line, const QRect &endOfLine) const;
    /// The line at a height of the viewport, from 1; 0 below the last.
    int lineAtHeight(int y) const;
    /// The whole name at a byte of the text; empty if there is none, or if it is that of a property.
    QString nameAt(long position) const;
    QString marginText(int line) const;
    void addBreakpoint(int line, const QString &condition);
    void removeBreakpoint(int line);
    bool hasBreakpoint(int line) const;

    QsciLexerJavaScript *m_lexer = nullptr;
    QHash<int, QString> m_notes;
    QHash<int, QString> m_changes;
    QHash<int, QString> m_conditions; ///< by the handle of their marker
    HoverText m_hoverText;
    QHash<int, LineTime> m_lineTimes;
    quint64 m_longestLine = 0; ///< ns
    quint64 m_totalTime = 0; ///< ns
    bool m_timesAreWhole = true;
    std::vector<std::pair<long, long>> m_found; ///< first byte and one past the last, in order
    int m_currentLine = 0;
    int m_nextLine = 0;
    int m_errorLine = 0;
};

} // namespace loopscope
