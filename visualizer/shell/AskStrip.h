// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace loopscope {

/// A strip that asks for something in place: fields and buttons in a row, hidden until it is asked for. Enter takes what is in it, Shift
/// with Enter does so backward, Escape closes it; its last button is the cross that does the same.
class AskStrip : public QWidget
{
    Q_OBJECT
public:
    /// Hides it and says so.
    virtual void dismiss();

Q_SIGNALS:
    void closed();

protected:
    explicit AskStrip(QWidget *parent = nullptr);

    QHBoxLayout *row() const { return m_row; }
    /// Appends a button; `look` as in makeTextButton.
    QToolButton *addButton(const QString &text, const QString &tip, const char *look = "plain");
    /// Appends the cross; nothing may follow.
    void addCross();
    /// Enter, or with Shift.
    virtual void take(bool isBack) = 0;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QHBoxLayout *m_row;
};

} // namespace loopscope
