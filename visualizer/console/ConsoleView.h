// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/RowView.h"

namespace loopscope {

class ConsoleModel;
class ConsoleSearch;

/// The console: each line with the place and time it was printed at. Click or Enter goes to that moment; Ctrl+C copies the selected lines,
/// Ctrl+F looks for a text.
class ConsoleView : public RowView
{
    Q_OBJECT
public:
    explicit ConsoleView(QWidget *parent = nullptr);

    void setLines(ConsoleModel *lines);
    /// Shown while there are no lines.
    void setEmptyHint(const QString &hint);
    ConsoleSearch *search() const { return m_search; }
    /// The selected lines as plain text, whole, or all of them.
    void copySelected() const;
    void copyAll() const;

Q_SIGNALS:
    /// The event that printed the chosen line.
    void eventChosen(quint64 event);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void copy(const QList<int> &rows, int total) const;
    void placeSearch();
    void applyTheme();

    ConsoleModel *m_lines = nullptr;
    ConsoleSearch *m_search;
    QString m_emptyHint;
    bool m_staysAtEnd = true; ///< the newest line is kept in sight
    int m_pressedRow = -1;
};

} // namespace loopscope
