// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ProfileBar.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <cmath>

namespace loopscope {

namespace {

constexpr double kMillisecond = 1e6; ///< ns

} // namespace

ProfileBar::ProfileBar(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_loops(new QComboBox(this))
    , m_search(new QLineEdit(this))
    , m_thresholdLabel(new QLabel(tr("&Blocks from"), this))
    , m_threshold(new QDoubleSpinBox(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    m_layout->addStretch(1);
    m_loops->setAccessibleName(tr("Loop"));
    m_loops->setToolTip(tr("Whose time is shown: that of the main script's loop, or of another one of this run"));
    m_loops->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_loops->hide();
    connect(m_loops, &QComboBox::activated, this,
        [this](int index) { Q_EMIT loopChosen(static_cast<quint16>(m_loops->itemData(index).toUInt())); });
    m_search->setPlaceholderText(tr("Find functions"));
    m_search->setAccessibleName(tr("Functions to point out in the flame graph"));
    m_search->setToolTip(tr("Functions whose names hold this text stand out in the flame graph"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(220);
    m_search->setMinimumWidth(120);
    m_threshold->setRange(0.01, 60'000);
    m_threshold->setDecimals(2);
    m_threshold->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_threshold->setSuffix(tr(" ms"));
    m_threshold->setKeyboardTracking(false);
    m_threshold->setToolTip(tr("A callback that holds the loop for at least so long is listed as blocking"));
    m_threshold->setAccessibleName(tr("Blocks from"));
    m_thresholdLabel->setBuddy(m_threshold);
    m_layout->addWidget(m_loops);
    m_layout->addWidget(m_search, 1);
    m_layout->addWidget(m_thresholdLabel);
    m_layout->addWidget(m_threshold);
    connect(m_search, &QLineEdit::textChanged, this, &ProfileBar::searchChanged);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, &ProfileBar::thresholdChanged);
}

void ProfileBar::setLoops(const QList<std::pair<quint16, QString>> &loops, quint16 current)
{
    m_loops->setVisible(loops.size() > 1);
    m_thresholdLabel->setVisible(loops.size() <= 1); // there is no room for both in a narrow window; the field's tip says it
    bool isSame = m_loops->count() == loops.size();
    for (int i = 0; isSame && i < loops.size(); ++i)
        isSame =
            m_loops->itemData(i).toUInt() == loops[i].first && m_loops->itemText(i) == QString(loops[i].second).remove(QLatin1Char('`'));
    if (!isSame) {
        m_loops->clear();
        for (const auto &[loop, name] : loops)
            m_loops->addItem(QString(name).remove(QLatin1Char('`')), loop);
    }
    m_loops->setCurrentIndex(m_loops->findData(current));
}

void ProfileBar::addCommands(const QList<QAction *> &commands)
{
    for (QAction *command : commands) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(command);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(command->toolTip());
        m_layout->addWidget(button);
    }
}

quint64 ProfileBar::threshold() const { return static_cast<quint64>(std::llround(m_threshold->value() * kMillisecond)); }

void ProfileBar::setThreshold(quint64 nanoseconds) { m_threshold->setValue(static_cast<double>(nanoseconds) / kMillisecond); }

} // namespace loopscope
