// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "promises/PromiseModel.h"
#include "shell/StepView.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QToolButton;

namespace loopscope {

class PromiseGraphView;

/// The promises of the moment: the graph with its filter above, and below it what is known of the selected promise or what looks wrong.
class PromisePane : public StepView
{
    Q_OBJECT
public:
    explicit PromisePane(QWidget *parent = nullptr);

    void setSession(const RunSession &session) override;
    void showMoment(quint64 cursor, const LoopState &state, bool byStep) override;
    void setSelectedItem(SubjectId item) override;
    bool isBehind() const override { return m_later.isActive(); }

    PromiseGraphView *graphView() const { return m_view; }
    void setOnly(PromiseChoice::Only only);
    void setGrouping(PromiseChoice::Grouping grouping);
    void setShowsInner(bool shows);
    /// Only this promise and its relatives; 0: all.
    void setFocusOn(SubjectId promise);
    /// Each promise that was made like this one; 0: all.
    void setAlike(SubjectId promise);
    /// What stands below the graph.
    QString remark() const;
    /// Selects the promise of the next warning.
    void nextWarning();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeMenu();
    void connectView();
    void applyTheme();
    void limitRemark();
    /// Shows the moment of the cursor anew.
    void refreshNow();
    void show(const LoopState &state, bool byStep);
    void sayRemark();
    void sayHint();
    static QString onlyName(PromiseChoice::Only only);

    PromiseModel m_model;
    PromiseChoice m_choice;
    const RunSession *m_session = nullptr;
    QLineEdit *m_words;
    QToolButton *m_menuButton;
    PromiseGraphView *m_view;
    QLabel *m_remark;
    QToolButton *m_next;
    QTimer m_later;
    quint64 m_cursor = 0;
    qint64 m_cost = 0; ///< ns of the last picture
    bool m_isStale = false; ///< the view was hidden when the cursor moved
    size_t m_warning = 0; ///< that nextWarning() shows next
};

} // namespace loopscope
