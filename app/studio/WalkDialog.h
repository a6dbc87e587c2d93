// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "WalkExport.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace loopscope {

/// Asks which walk through the recording is to become a picture. It stands beside the window: the cursor can be moved meanwhile, and be
/// taken over as the walk's begin or end.
class WalkDialog : public QDialog
{
    Q_OBJECT
public:
    /// `picture` is what is drawn.
    WalkDialog(QWidget &picture, Stepper &stepper, const RunSession &session, QWidget *parent);

    Walk walk() const;
    /// Writes the walk as what is chosen: into a folder if `target` is none of "….webp". Says how it went.
    void exportTo(const QString &target);

private:
    QWidget *makeMoment(QSpinBox *box, const QString &name);
    void addRow(QGridLayout &grid, const QString &name, QWidget *field);
    void countPictures();
    void chooseTarget();

    QWidget &m_picture;
    Stepper &m_stepper;
    const RunSession &m_session;
    QSpinBox *m_from;
    QSpinBox *m_to;
    QComboBox *m_step;
    QComboBox *m_form;
    QDoubleSpinBox *m_time;
    QLabel *m_said;
    QProgressBar *m_progress;
    QPushButton *m_export;
    bool m_isStopped = false;
};

} // namespace loopscope
