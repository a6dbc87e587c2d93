// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/AskStrip.h"

class QLabel;
class QLineEdit;

namespace loopscope {

/// A strip above the editor that asks when a breakpoint holds. Enter sets it, Escape leaves it as it was.
class ConditionBar : public AskStrip
{
    Q_OBJECT
public:
    explicit ConditionBar(QWidget *parent = nullptr);

    /// Shows it for a line, with the condition it has, and gives it the keyboard.
    void ask(int line, const QString &condition);
    QLineEdit *text() const { return m_text; }

Q_SIGNALS:
    void chosen(int line, const QString &condition);

private:
    void take(bool isBack) override;

    QLabel *m_label;
    QLineEdit *m_text;
    int m_line = 0;
};

} // namespace loopscope
