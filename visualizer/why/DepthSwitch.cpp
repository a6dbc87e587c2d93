// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "why/DepthSwitch.h"

#include "theme/Theme.h"
#include "why/WhyPanel.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace loopscope {

DepthSwitch::DepthSwitch(WhyPanel &panel, QWidget *parent)
    : QWidget(parent)
    , m_panel(panel)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_rule = addButton(tr("Rule"), tr("The rule in plain words"), Explainer::Depth::Rule);
    layout->addWidget(new QLabel(QStringLiteral("·"), this));
    m_mechanism = addButton(tr("Mechanism"), tr("And how Node, libuv and V8 do it"), Explainer::Depth::Mechanism);
    const auto show = [this] {
        m_rule->setChecked(m_panel.depth() == Explainer::Depth::Rule);
        m_mechanism->setChecked(m_panel.depth() == Explainer::Depth::Mechanism);
    };
    connect(&panel, &WhyPanel::depthChanged, this, show);
    connect(&Theme::current(), &Theme::changed, this, &DepthSwitch::applyTheme);
    show();
    applyTheme();
}

QToolButton *DepthSwitch::addButton(const QString &text, const QString &tip, Explainer::Depth depth)
{
    auto *button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tr("Why: %1").arg(text));
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setProperty("headSwitch", true);
    connect(button, &QToolButton::clicked, this, [this, depth] { m_panel.setDepth(depth); });
    layout()->addWidget(button);
    return button;
}

void DepthSwitch::applyTheme()
{
    for (QWidget *part : findChildren<QWidget *>())
        part->setFont(Theme::current().font(Theme::TextRole::Fact));
    // No higher than the title beside it, so that all heads are alike.
    setFixedHeight(QFontMetrics(Theme::current().font(Theme::TextRole::Fact)).height());
}

} // namespace loopscope
