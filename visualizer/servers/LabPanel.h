// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabJson.h"
#include "servers/lab/Scenario.h"

#include <QScrollArea>

#include <map>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QVBoxLayout;

namespace loopscope {

class KnobSlider;

/// What is compared and under which load, to be turned: models, load, machine. While a run goes on, what acts during it is told as
/// commands; everything is also put into the scenario of the next run.
class LabPanel : public QScrollArea
{
    Q_OBJECT
public:
    explicit LabPanel(QWidget *parent = nullptr);

    void setScenario(const Scenario &scenario);
    /// The scenario that was set, with what was turned since.
    const Scenario &scenario() const { return m_scenario; }
    void setTruth(Truth truth);
    /// While a run goes on, models and what a run reads at its start only cannot be changed.
    void setRunning(bool isRunning);
    KnobSlider *knob(const QString &key) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {sizeHint().width(), 100}; }

Q_SIGNALS:
    /// A knob that acts during a run was turned.
    void turned(const LabCommand &command);
    /// scenario() is another.
    void edited();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildModels();
    void buildLoad();
    void buildMachine();
    QLabel *addHead(const QString &title);
    KnobSlider *addKnob(const QString &key, KnobSlider *slider);
    /// A knob of the scenario's member that also acts during a run: for all models, or one only.
    void bindLive(KnobSlider *slider, LabControls::Knob knob, std::optional<ServerModel> model = {});
    void showFitting();
    void applyTheme();

    Scenario m_scenario;
    bool m_isRunning = false;
    bool m_isFilling = false;
    QVBoxLayout *m_layout;
    std::vector<std::pair<ServerModel, QCheckBox *>> m_models;
    QComboBox *m_arrivals = nullptr;
    std::map<QString, KnobSlider *> m_knobs;
    std::vector<QLabel *> m_heads;
};

} // namespace loopscope
