// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace loopscope {

/// The commands of the Profile workspace, in the bar on top: which functions to point out, from how long on a callback counts as blocking,
/// and those of running.
class ProfileBar : public QWidget
{
    Q_OBJECT
public:
    explicit ProfileBar(QWidget *parent = nullptr);

    void addCommands(const QList<QAction *> &commands);
    QLineEdit &search() const { return *m_search; }
    quint64 threshold() const; ///< ns
    void setThreshold(quint64 nanoseconds);

Q_SIGNALS:
    void searchChanged(const QString &text);
    void thresholdChanged();

private:
    QHBoxLayout *m_layout;
    QLineEdit *m_search;
    QLabel *m_thresholdLabel;
    QDoubleSpinBox *m_threshold;
};

} // namespace loopscope
