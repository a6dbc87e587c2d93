// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/StepView.h"
#include "written/WrittenModel.h"

class QToolButton;

namespace loopscope {

class RowView;

/// What the script wrote, up to the cursor: a list from which contents can be looked at, saved and exported.
class WrittenView : public StepView
{
    Q_OBJECT
public:
    explicit WrittenView(QWidget *parent = nullptr);

    void setSession(const RunSession &session) override;
    void grow() override;
    void showMoment(quint64 cursor, const LoopState &state, bool byStep) override;

    const WrittenModel &model() const { return *m_model; }
    RowView *list() const { return m_list; }
    /// For the head of the view.
    QToolButton *exportButton() const { return m_export; }
    /// Asks for a folder and copies all that was written up to the end of the run into it.
    void exportAll();

Q_SIGNALS:
    /// Something failed or is to be told, in a sentence.
    void said(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void open(int row);
    void applyTheme();
    void refreshNote();

    const RunSession *m_session = nullptr;
    WrittenModel *m_model;
    RowView *m_list;
    QToolButton *m_export;
};

} // namespace loopscope
