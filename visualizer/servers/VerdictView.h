// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"
#include "servers/lab/Scenario.h"

#include <QFrame>

class QLabel;

namespace loopscope {

/// The sentence on top: which model serves the load best and why, with its evidence; before that what the scenario is about and what to
/// look at.
class VerdictView : public QFrame
{
    Q_OBJECT
public:
    explicit VerdictView(QWidget *parent = nullptr);

    /// `isBefore`: nothing has run yet.
    void showScenario(const Scenario &scenario, bool isBefore);
    void showVerdict(const LabVerdict &verdict);
    /// What went wrong with the run as a whole.
    void showFailure(const QString &sentence);
    QString text() const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

private:
    void applyTheme();
    /// The models that a sentence names, in their colours.
    QString coloured(const QString &sentence) const;
    void show(const QString &head, const QString &sentence, const QStringList &more);

    QLabel *m_head;
    QLabel *m_sentence;
    QLabel *m_more;
    QString m_shownSentence;
    QStringList m_shownMore;
};

} // namespace loopscope
