// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/SweepProcess.h"
#include "servers/lab/Scenario.h"

#include <QFrame>

class QBoxLayout;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace loopscope {

class CardGrid;
class SweepChart;

/// The sweep: which knob, from where to where, and the curves of all models with the places at which they bend and break.
class SweepCard : public QFrame
{
    Q_OBJECT
public:
    explicit SweepCard(QWidget *parent = nullptr);

    /// The next sweep is one of this.
    void setScenario(const Scenario &scenario);
    /// Another comparison goes on: no sweep beside it.
    void setBusy(bool isBusy);
    bool isLive() const { return m_process->isLive(); }
    void focusFirst();
    void start();
    void stop();
    /// The sentences about bends and breaks.
    QString text() const;
    const SweepProcess &process() const { return *m_process; }
    QList<SweepChart *> charts() const { return {m_throughput, m_p99}; }
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QDoubleSpinBox *addField(const QString &name, double value);
    void suggestRange();
    void takeEnd();
    void showPoints();
    void applyTheme();
    int sideMargins() const;
    SweepProcess::Plan plan() const;

    SweepProcess *m_process;
    Scenario m_scenario;
    bool m_isBusy = false;
    QLabel *m_title;
    QComboBox *m_knob;
    QDoubleSpinBox *m_from;
    QDoubleSpinBox *m_to;
    QSpinBox *m_steps;
    QToolButton *m_start;
    QToolButton *m_stop;
    QLabel *m_progress;
    QLabel *m_sentences;
    QBoxLayout *m_row; ///< what grows, and how; below each other where there is no room
    CardGrid *m_grid;
    SweepChart *m_throughput;
    SweepChart *m_p99;
};

} // namespace loopscope
