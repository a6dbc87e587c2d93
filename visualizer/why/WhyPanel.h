// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/Explainer.h"

#include <QTextBrowser>

#include <vector>

namespace loopscope {

/// Shows the answers of the Explainer under their heads; places in them are links.
class WhyPanel : public QTextBrowser
{
    Q_OBJECT
public:
    explicit WhyPanel(QWidget *parent = nullptr);

    void setAnswers(std::vector<Explanation> answers);
    /// One sentence instead, for when there is nothing to explain.
    void say(const QString &sentence);

    QSize sizeHint() const override { return {280, 320}; }
    QSize minimumSizeHint() const override { return {160, 80}; }

Q_SIGNALS:
    void siteActivated(SiteId site);

private:
    void fill();
    static QString headOf(Explanation::Topic topic);
    static QString toRichText(const QString &marked);

    std::vector<Explanation> m_answers;
};

} // namespace loopscope
