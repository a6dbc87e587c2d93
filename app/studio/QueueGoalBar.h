// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/AskStrip.h"
#include "state/LoopState.h"

class QComboBox;
class QSpinBox;

namespace loopscope {

/// A strip below the bar that asks until which queue holds how much the script shall run. Hidden until it is asked for; Enter goes on,
/// Shift with Enter back, Escape closes it.
class QueueGoalBar : public AskStrip
{
    Q_OBJECT
public:
    explicit QueueGoalBar(QWidget *parent = nullptr);

    /// Shows it and gives it the keyboard.
    void ask();
    LoopQueue queue() const;
    int count() const;
    void setGoal(LoopQueue queue, int count);

Q_SIGNALS:
    void forwardAsked();
    void backAsked();

private:
    void take(bool isBack) override;

    QComboBox *m_queue;
    QSpinBox *m_count;
};

} // namespace loopscope
