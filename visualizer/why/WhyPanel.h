// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/Explainer.h"

#include <QList>
#include <QTextBrowser>

#include <vector>

class QAction;

namespace loopscope {

/// Shows the answers of the Explainer under their heads. Places and moments in them are links; the chain of causes is folded until it is
/// asked for.
class WhyPanel : public QTextBrowser
{
    Q_OBJECT
public:
    explicit WhyPanel(QWidget *parent = nullptr);

    void setAnswers(std::vector<Explanation> answers);
    /// One sentence instead, for when there is nothing to explain.
    void say(const QString &sentence);

    /// Something to do at this moment, as a link below the answers.
    struct Offer
    {
        QString words;
        QAction *action = nullptr; ///< must outlive the panel, or its time here
        bool operator==(const Offer &) const = default;
    };
    void setOffers(const QList<Offer> &offers);

    /// How much the answers are to tell. Whoever sets the answers asks for this, and again when it changes.
    Explainer::Depth depth() const { return m_depth; }
    void setDepth(Explainer::Depth depth);
    bool showsChain() const { return m_showsChain; }
    void setShowsChain(bool shows);

    QSize sizeHint() const override { return {280, 320}; }
    QSize minimumSizeHint() const override { return {160, 80}; }

Q_SIGNALS:
    void siteActivated(SiteId site);
    /// The person wants to see the moment right after this many events.
    void cursorChosen(quint64 cursor);
    void depthChanged();

private:
    void follow(const QUrl &link);
    void fill();
    QString offersHtml() const;
    QString answerHtml(std::size_t index, bool isNewTopic) const;
    QString headHtml(const Explanation &answer, bool isFirst) const;
    static QString headOf(Explanation::Topic topic);
    static QString toRichText(const QString &marked);

    std::vector<Explanation> m_answers;
    QList<Offer> m_offers;
    Explainer::Depth m_depth = Explainer::Depth::Rule;
    bool m_showsChain = false;
};

} // namespace loopscope
