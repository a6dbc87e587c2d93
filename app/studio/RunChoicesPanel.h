// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "RunChoices.h"

#include <QFrame>

class QCheckBox;
class QLabel;
class QFormLayout;
class QLineEdit;
class QRadioButton;
class QSpinBox;
class QStackedLayout;

namespace loopscope {

class LatencyFields;

/// A panel in place that asks how a script is to be run. Enter or "Run" takes what is in it, Escape or a click elsewhere does not.
/// Deletes itself.
class RunChoicesPanel : public QFrame
{
    Q_OBJECT
public:
    /// `scriptName`: for its head.
    RunChoicesPanel(const RunChoices &choices, const QString &scriptName, QWidget *parent);

    /// Shows it with its right upper corner at a place, within the screen, and gives it the keyboard.
    void popUp(const QPoint &globalCorner);
    /// What is in its fields.
    RunChoices choices() const;

Q_SIGNALS:
    /// For the next run; `runNow` if it is to begin at once.
    void chosen(const loopscope::RunChoices &choices, bool runNow);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addTime(QFormLayout &form);
    void addScripts(QFormLayout &form);
    void addPermissions(QFormLayout &form);
    QWidget *makeButtons();
    void fill(const RunChoices &choices);
    /// Fields that mean nothing with what else is chosen are not to be filled in.
    void enableFields();
    void take(bool runNow);
    QWidget *makeLatencyPage();
    void showLatencies(bool areShown);
    void sayLatencies();
    void openProfile();
    void saveProfile();

    QRadioButton *m_simulated;
    QRadioButton *m_real;
    QSpinBox *m_seed;
    QLineEdit *m_arguments;
    QLineEdit *m_beside;
    QLineEdit *m_readable;
    QLineEdit *m_writable;
    QLineEdit *m_hosts;
    QLineEdit *m_environment;
    QLineEdit *m_programs;
    QCheckBox *m_mayDoAll;
    LatencyFields *m_latencies;
    QLabel *m_latenciesSaid; ///< on the first page
    QLabel *m_profileSaid; ///< on the page of latencies
    QWidget *m_latenciesRow = nullptr;
    QStackedLayout *m_pages = nullptr;
};

} // namespace loopscope
