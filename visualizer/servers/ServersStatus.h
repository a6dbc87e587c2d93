// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace loopscope {

class ComparisonProcess;

/// The Servers workspace's part of the status line: which truth, Little's law for each model, the time of the run.
class ServersStatus : public QWidget
{
    Q_OBJECT
public:
    explicit ServersStatus(QWidget *parent = nullptr);

    /// `truth`: "simulated · seed 7"; `pace`: virtual seconds a second, 0: as fast as it goes.
    void show(const ComparisonProcess &session, const QString &truth, double pace);
    /// "event loop L 80.1, λW 80.0 (0.1 %)", of all models that are over.
    static QString littlesLaw(const ComparisonProcess &session);
    QString text() const;

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    QLabel *m_truth;
    QLabel *m_law;
    QLabel *m_time;
    QString m_lawText;
};

} // namespace loopscope
