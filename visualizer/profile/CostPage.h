// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/RecordingCost.h"

#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace loopscope {

/// What recording the shown run costs: measured on demand, by running its script again without and with it.
class CostPage : public QWidget
{
    Q_OBJECT
public:
    explicit CostPage(QWidget *parent = nullptr);

    /// Asked when a person wants to measure.
    void setCommand(std::function<RecordingCost::Command()> command) { m_command = std::move(command); }
    /// Another run is shown: what was measured is not its.
    void clear();
    QPushButton &button() const { return *m_button; }
    QLabel &result() const { return *m_result; }
    bool isBusy() const { return m_cost.isBusy(); }
    /// Of figures, in a sentence or two.
    static QString text(const RecordingCost::Figures &figures);

private:
    void toggle();
    void showState();

    std::function<RecordingCost::Command()> m_command;
    QLabel *m_about;
    QLabel *m_result;
    QPushButton *m_button;
    RecordingCost m_cost;
};

} // namespace loopscope
