// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/StepView.h"

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace loopscope {

class ComparisonModel;
class ComparisonTable;
class RunPair;

/// Two runs side by side: the first on the left, the second on the right, with the first difference marked. Choosing a row moves the
/// cursor of the run that is shown; the buttons above say which that is, go to the first difference, and close the comparison.
class ComparisonView : public StepView
{
    Q_OBJECT
public:
    /// The pair must outlive the view.
    explicit ComparisonView(RunPair &pair, QWidget *parent = nullptr);

    void setSession(const RunSession &session) override;
    void showMoment(quint64 cursor, const LoopState &state, bool byStep) override;

    ComparisonModel *model() const { return m_model; }
    ComparisonTable *table() const { return m_table; }
    /// Selects the row of the first difference and moves the cursor behind it. Nothing if there is none.
    void goToFirstDifference();

Q_SIGNALS:
    void exchangeWanted();
    void closeWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildBar();
    QToolButton *makeButton(QHBoxLayout &row, const QString &text, const QString &tip);
    void pairChanged();
    void compared();
    void showCursor();
    void choose(int row);
    void refreshBar();
    void applyTheme();

    RunPair &m_pair;
    ComparisonModel *m_model;
    ComparisonTable *m_table;
    QWidget *m_bar;
    QLabel *m_summary;
    QToolButton *m_showFirst = nullptr;
    QToolButton *m_showSecond = nullptr;
    QToolButton *m_goThere = nullptr;
    QToolButton *m_close = nullptr;
    QLabel *m_hint;
    quint64 m_cursor = 0;
};

} // namespace loopscope
