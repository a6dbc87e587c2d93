// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include <utility>

class QAction;
class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace loopscope {

/// The commands of the Profile workspace, in the bar on top: which of several loops, which functions to point out, from how long on a
/// callback counts as blocking, and those of running.
class ProfileBar : public QWidget
{
    Q_OBJECT
public:
    explicit ProfileBar(QWidget *parent = nullptr);

    void addCommands(const QList<QAction *> &commands);
    QLineEdit &search() const { return *m_search; }
    quint64 threshold() const; ///< ns
    void setThreshold(quint64 nanoseconds);
    /// Numbers and names of the recording's loops; they can be chosen from if there are several.
    void setLoops(const QList<std::pair<quint16, QString>> &loops, quint16 current);
    QComboBox &loops() const { return *m_loops; }

Q_SIGNALS:
    void searchChanged(const QString &text);
    void thresholdChanged();
    void loopChosen(quint16 loop);

private:
    QHBoxLayout *m_layout;
    QComboBox *m_loops;
    QLineEdit *m_search;
    QLabel *m_thresholdLabel;
    QDoubleSpinBox *m_threshold;
};

} // namespace loopscope
