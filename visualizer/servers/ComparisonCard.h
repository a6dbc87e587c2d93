// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/LabReport.h"

#include <QFrame>

class QLabel;

namespace loopscope {

class RowView;
class RunComparison;

/// Another run beside the one that is shown, figure by figure.
class ComparisonCard : public QFrame
{
    Q_OBJECT
public:
    explicit ComparisonCard(QWidget *parent = nullptr);

    /// `name`: of the other run.
    void compare(const LabReport &shown, const LabReport &other, const QString &name);
    const RunComparison &model() const { return *m_model; }

Q_SIGNALS:
    void closed();

private:
    void applyTheme();

    QLabel *m_title;
    QLabel *m_sentences; ///< what is not the same in the scenarios, and what changed
    RunComparison *m_model;
    RowView *m_table;
};

} // namespace loopscope
