// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/KnobSlider.h"

#include "theme/Theme.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr int kSteps = 1000; ///< of the slider
constexpr double kBeyond = 1e3; ///< what is typed may be so many times the slider's end

/// Scrolls with the page unless it has the keyboard: who scrolls over the panel does not mean to turn what happens to lie there.
template<typename Widget>
class Calm : public Widget
{
public:
    using Widget::Widget;

protected:
    void wheelEvent(QWheelEvent *event) override
    {
        if (this->hasFocus())
            Widget::wheelEvent(event);
        else
            event->ignore();
    }
};

/// A number as people write it: no zeros behind the point.
class ValueField : public Calm<QDoubleSpinBox>
{
public:
    using Calm::Calm;
    QString textFromValue(double value) const override
    {
        QString text = locale().toString(value, 'f', decimals());
        if (decimals() > 0 && text.contains(locale().decimalPoint())) {
            while (text.endsWith(locale().zeroDigit()))
                text.chop(1);
            if (text.endsWith(locale().decimalPoint()))
                text.chop(1);
        }
        return text;
    }
};

/// To three digits, so that a slider gives values that people would choose.
double rounded(double value, int decimals)
{
    const double decade = value > 0 ? std::pow(10, std::floor(std::log10(value)) - 1) : 1;
    const double finest = std::pow(10, -decimals);
    const double step = std::max(decade, finest);
    return std::round(value / step) * step;
}

} // namespace

KnobSlider::KnobSlider(const QString &name, const QString &unit, const Range &range, QWidget *parent)
    : QWidget(parent)
    , m_range(range)
    , m_name(new QLabel(name, this))
    , m_field(new ValueField(this))
    , m_slider(new Calm<QSlider>(Qt::Horizontal, this))
{
    m_name->setBuddy(m_field);
    m_name->setObjectName(QStringLiteral("knobName"));
    m_field->setObjectName(QStringLiteral("knobField"));
    m_field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_field->setAlignment(Qt::AlignRight);
    m_field->setDecimals(range.decimals);
    m_field->setRange(range.hasZero ? 0 : range.least, range.most * kBeyond);
    m_field->setGroupSeparatorShown(true);
    m_field->setKeyboardTracking(false);
    m_field->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    if (!unit.isEmpty())
        m_field->setSuffix(u' ' + unit);
    m_field->setAccessibleName(unit.isEmpty() ? name : tr("%1, in %2").arg(name, unit));
    m_slider->setRange(0, kSteps);
    m_slider->setSingleStep(kSteps / 100);
    m_slider->setPageStep(kSteps / 10);
    m_slider->setAccessibleName(tr("%1, by slider").arg(name));
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(1);
    layout->addWidget(m_name, 0, 0);
    layout->addWidget(m_field, 0, 1);
    layout->addWidget(m_slider, 1, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    connect(m_slider, &QSlider::valueChanged, this,
        [this](int place) { take(rounded(valueAt(static_cast<double>(place) / kSteps), m_range.decimals)); });
    connect(m_field, &QDoubleSpinBox::valueChanged, this, &KnobSlider::take);
    connect(&Theme::current(), &Theme::changed, this, &KnobSlider::applyTheme);
    applyTheme();
    setValue(range.least);
}

void KnobSlider::applyTheme()
{
    const Theme &theme = Theme::current();
    m_field->setFont(theme.font(Theme::TextRole::Strong));
    m_field->setFixedWidth(qRound(theme.scaled(96)));
}

double KnobSlider::placeOf(double value) const
{
    if (!m_range.isLogarithmic)
        return std::clamp((value - m_range.least) / (m_range.most - m_range.least), 0.0, 1.0);
    if (value <= 0)
        return 0;
    const double place = std::log(value / m_range.least) / std::log(m_range.most / m_range.least);
    return m_range.hasZero ? std::clamp(place, 0.01, 1.0) : std::clamp(place, 0.0, 1.0);
}

double KnobSlider::valueAt(double place) const
{
    if (!m_range.isLogarithmic)
        return m_range.least + place * (m_range.most - m_range.least);
    if (m_range.hasZero && place <= 0)
        return 0;
    return m_range.least * std::pow(m_range.most / m_range.least, place);
}

void KnobSlider::setValue(double value)
{
    m_value = value;
    const QSignalBlocker noField(m_field);
    const QSignalBlocker noSlider(m_slider);
    m_field->setValue(value);
    m_slider->setValue(qRound(placeOf(value) * kSteps));
}

void KnobSlider::take(double value)
{
    if (value == m_value)
        return;
    setValue(value);
    Q_EMIT valueChanged(value);
}

} // namespace loopscope
