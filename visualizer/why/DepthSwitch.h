// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/Explainer.h"

#include <QWidget>

class QToolButton;

namespace loopscope {

class WhyPanel;

/// "Rule · Mechanism" in the why panel's head: which of the two the panel tells.
class DepthSwitch : public QWidget
{
    Q_OBJECT
public:
    explicit DepthSwitch(WhyPanel &panel, QWidget *parent = nullptr);

private:
    QToolButton *addButton(const QString &text, const QString &tip, Explainer::Depth depth);
    void applyTheme();

    WhyPanel &m_panel;
    QToolButton *m_rule;
    QToolButton *m_mechanism;
};

} // namespace loopscope
