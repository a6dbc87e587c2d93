// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSlider;

namespace loopscope {

/// A value to turn: a slider, and beside its name the exact value, which can be typed. Logarithmic where the range spans decades; then its
/// left end may stand for 0.
class KnobSlider : public QWidget
{
    Q_OBJECT
public:
    struct Range
    {
        double least = 1;
        double most = 100;
        bool isLogarithmic = false;
        bool hasZero = false; ///< of a logarithmic one: the left end is 0
        int decimals = 0;
    };

    KnobSlider(const QString &name, const QString &unit, const Range &range, QWidget *parent = nullptr);

    double value() const { return m_value; }
    /// Without valueChanged(). Beyond the slider's range the value is kept exactly, and the slider stands at its end.
    void setValue(double value);
    /// Where the slider stands for a value, 0 to 1, and back.
    double placeOf(double value) const;
    double valueAt(double place) const;
    QSlider &slider() const { return *m_slider; }
    QDoubleSpinBox &field() const { return *m_field; }

Q_SIGNALS:
    /// By a person.
    void valueChanged(double value);

private:
    void applyTheme();
    void take(double value);

    Range m_range;
    double m_value = 0;
    QLabel *m_name;
    QDoubleSpinBox *m_field;
    QSlider *m_slider;
};

} // namespace loopscope
