// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/ServerModel.h"

#include <QWidget>

class QMenu;
class QToolButton;

namespace loopscope {

/// The commands of the Servers workspace on the bar on top: preset, pace, run or stop, sweep, and which truth.
class ServersBar : public QWidget
{
    Q_OBJECT
public:
    explicit ServersBar(QWidget *parent = nullptr);

    QMenu &presets() const { return *m_presets; }
    /// For the menu bar, too: where there is no room on this one.
    QMenu &paces() const;
    QToolButton &runButton() const { return *m_run; }
    QToolButton &sweepButton() const { return *m_sweep; }
    void setTitle(const QString &title);
    void setRunning(bool isRunning);
    /// Virtual seconds a second; 0: as fast as it goes.
    double pace() const { return m_paceValue; }
    void setPace(double pace);
    void setTruth(Truth truth);

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void runRequested();
    void stopRequested();
    void sweepRequested();
    void paceChosen(double pace);
    void truthChosen(Truth truth);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void makePaces();
    void applyTheme();

    QToolButton *m_preset;
    QMenu *m_presets;
    QToolButton *m_pace;
    QToolButton *m_run;
    QToolButton *m_stop;
    QToolButton *m_sweep;
    QToolButton *m_truths[3];
    QToolButton *m_truthMenu; ///< instead of the three where there is no room
    Truth m_truth = Truth::Simulated;
    double m_paceValue = 1;
    QString m_title;
};

} // namespace loopscope
