// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

class QAbstractItemModel;
class QLabel;
class QLineEdit;

namespace loopscope {

/// The small bar that looks for a text in the console's lines, from line to line, in portions that keep the window quick. Enter and
/// Shift+Enter go to the next and previous line that has it, Escape closes the bar.
class ConsoleSearch : public QFrame
{
    Q_OBJECT
public:
    explicit ConsoleSearch(QWidget *parent);

    void setModel(const QAbstractItemModel *model) { m_model = model; }
    /// Gives the keyboard to the text; the search goes on from `row`.
    void open(int row);
    void close();
    /// What is looked for; empty while the bar is closed.
    QString text() const;
    QLineEdit *field() const { return m_text; }

Q_SIGNALS:
    void found(int row);
    /// What is looked for has changed.
    void textChanged();
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void look(int direction, int from);
    void lookOn();
    void applyTheme();

    const QAbstractItemModel *m_model = nullptr;
    QLineEdit *m_text;
    QLabel *m_note;
    QTimer m_timer;
    int m_row = 0; ///< the line that was found last, or where to begin
    int m_next = 0; ///< to be looked at next
    int m_left = 0; ///< lines that are still to be looked at
    int m_direction = 1;
};

} // namespace loopscope
