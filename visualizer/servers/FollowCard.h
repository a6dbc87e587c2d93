// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace loopscope {

class FollowView;
class LabRecord;
struct ModelRecord;

/// The request that is followed, with what chooses it: its number, or what it was like.
class FollowCard : public QFrame
{
    Q_OBJECT
public:
    explicit FollowCard(QWidget *parent = nullptr);

    FollowView &view() const { return *m_view; }
    QLineEdit &field() const { return *m_field; }
    QToolButton &chooser() const { return *m_choose; }
    /// Null: there is no run. The card reads it until the next call.
    void setRecord(const LabRecord *record);
    /// 0: none.
    void setRequest(qint64 number);
    qint64 request() const;
    /// The record knows more.
    void refresh();
    /// The run is over: shows the request in which the models differ most, if none was chosen.
    void chooseIfNone();
    /// A request like this, of those that all models told: by its latency under a model, or by when it arrived.
    void chooseByLatency(const ModelRecord &model, double seconds);
    void chooseByArrival(double from, double to);

Q_SIGNALS:
    void requestChosen(qint64 number);
    void runAgainRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void applyTheme();
    void showTitle();
    void fillMenu();
    void choose(qint64 number);

    const LabRecord *m_record = nullptr;
    QLabel *m_title;
    QToolButton *m_again;
    QToolButton *m_choose;
    QMenu *m_menu;
    QLabel *m_fieldLabel;
    QLineEdit *m_field;
    FollowView *m_view;
};

} // namespace loopscope
