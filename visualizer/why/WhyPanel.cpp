// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "why/WhyPanel.h"

#include "theme/Theme.h"

#include <QAction>
#include <QRegularExpression>
#include <QScrollBar>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

using Topic = Explanation::Topic;

const QString kChainLink = QStringLiteral("chain:toggle");
const QString kOfferScheme = QStringLiteral("offer");

QString linkHtml(const QString &target, const QString &words)
{
    const QString colour = Theme::current().palette().link.name();
    return QStringLiteral("<a href=\"%1\" style=\"color:%2; text-decoration:none\">%3</a>").arg(target, colour, words);
}

QString paragraphOfHead(const QString &head, bool isFirst)
{
    const Theme &theme = Theme::current();
    return QStringLiteral("<p style=\"margin:%1px %2px 2px %2px; color:%3; font-weight:600\">%4</p>")
        .arg(qRound(theme.scaled(isFirst ? 6 : 12)))
        .arg(qRound(theme.scaled(12)))
        .arg(theme.palette().dim.name(), head);
}

} // namespace

WhyPanel::WhyPanel(QWidget *parent)
    : QTextBrowser(parent)
{
    setObjectName(QStringLiteral("whyPanel"));
    setAccessibleName(tr("Why"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QTextBrowser::anchorClicked, this, &WhyPanel::follow);
    connect(&Theme::current(), &Theme::changed, this, &WhyPanel::fill);
}

void WhyPanel::follow(const QUrl &link)
{
    if (link.scheme() == QLatin1String("site"))
        Q_EMIT siteActivated(link.path().toUInt());
    else if (link.scheme() == QLatin1String("event"))
        Q_EMIT cursorChosen(link.path().toULongLong() + 1);
    else if (link.scheme() == kOfferScheme && link.path().toInt() < m_offers.size())
        m_offers[link.path().toInt()].action->trigger();
    else if (link.toString() == kChainLink)
        setShowsChain(!m_showsChain);
}

void WhyPanel::setAnswers(std::vector<Explanation> answers)
{
    m_answers = std::move(answers);
    fill();
    verticalScrollBar()->setValue(0);
}

void WhyPanel::say(const QString &sentence) { setAnswers({{Topic::JustNow, sentence}}); }

void WhyPanel::setOffers(const QList<Offer> &offers)
{
    if (m_offers == offers)
        return;
    m_offers = offers;
    const int place = verticalScrollBar()->value();
    fill();
    verticalScrollBar()->setValue(place);
}

void WhyPanel::setDepth(Explainer::Depth depth)
{
    if (m_depth == depth)
        return;
    m_depth = depth;
    Q_EMIT depthChanged();
}

void WhyPanel::setShowsChain(bool shows)
{
    if (m_showsChain == shows)
        return;
    m_showsChain = shows;
    const int place = verticalScrollBar()->value();
    fill();
    verticalScrollBar()->setValue(place);
}

QString WhyPanel::headOf(Topic topic)
{
    switch (topic) {
    case Topic::Item:
        return tr("What this is");
    case Topic::JustNow:
        return tr("Just now");
    case Topic::Because:
        return tr("Because");
    case Topic::Mechanism:
        return tr("How Node does it");
    case Topic::FreeChoice:
        return tr("It could be otherwise");
    case Topic::AskedBy:
        return tr("Who asked for it");
    case Topic::Chain:
        return tr("The whole chain");
    case Topic::Next:
        return tr("Next");
    case Topic::Waiting:
        return tr("Still waiting");
    }
    return {};
}

QString WhyPanel::toRichText(const QString &marked)
{
    static const QRegularExpression code(QStringLiteral("`([^`]*)`"));
    // A name in a link may hold brackets of its own.
    static const QRegularExpression link(QStringLiteral("\\[((?:`[^`]*`|[^\\]`])*)\\]\\(((?:site|event):\\d+)\\)"));
    const QFont font = Theme::current().font(Theme::TextRole::Code);
    QString text = marked.toHtmlEscaped();
    text.replace(link, linkHtml(QStringLiteral("\\2"), QStringLiteral("\\1")));
    text.replace(code,
        QStringLiteral("<span style=\"font-family:'%1'; font-size:%2px\">\\1</span>")
            .arg(font.families().join(QStringLiteral("','")))
            .arg(font.pixelSize()));
    return text;
}

QString WhyPanel::offersHtml() const
{
    const Theme &theme = Theme::current();
    QString html;
    for (qsizetype i = 0; i < m_offers.size(); ++i) {
        const QString keys = m_offers[i].action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped();
        html += QStringLiteral("<p style=\"margin:%1px %2px 0 %2px; line-height:120%\">%3 <span style=\"color:%4\">%5</span></p>")
                    .arg(i == 0 ? 0 : qRound(theme.scaled(4)))
                    .arg(qRound(theme.scaled(12)))
                    .arg(linkHtml(QStringLiteral("%1:%2").arg(kOfferScheme).arg(i), toRichText(m_offers[i].words)))
                    .arg(theme.palette().dim.name(), keys);
    }
    return html;
}

QString WhyPanel::headHtml(const Explanation &answer, bool isFirst) const
{
    QString head = headOf(answer.topic).toHtmlEscaped();
    if (answer.topic == Topic::Chain) {
        const auto steps =
            std::count_if(m_answers.begin(), m_answers.end(), [](const Explanation &each) { return each.topic == Topic::Chain; });
        head = linkHtml(kChainLink, m_showsChain ? tr("▾ The whole chain") : tr("▸ The whole chain, %L1 steps").arg(steps));
    }
    return paragraphOfHead(head, isFirst);
}

QString WhyPanel::answerHtml(std::size_t index, bool isNewTopic) const
{
    const Theme &theme = Theme::current();
    const Explanation &answer = m_answers.at(index);
    const bool isQuiet = answer.topic == Topic::Mechanism || answer.topic == Topic::Chain;
    return QStringLiteral("<p style=\"margin:%1px %2px 0 %2px; color:%3; line-height:120%\">%4</p>")
        .arg(isNewTopic ? 0 : qRound(theme.scaled(4)))
        .arg(qRound(theme.scaled(12)))
        .arg((isQuiet ? theme.palette().dim : theme.palette().text).name(), toRichText(answer.text));
}

void WhyPanel::fill()
{
    setViewportMargins(0, 0, 0, 0);
    document()->setDocumentMargin(0);
    document()->setDefaultFont(Theme::current().font(Theme::TextRole::Words));
    QString html;
    std::optional<Topic> last;
    bool isOffered = m_offers.isEmpty();
    const auto offer = [&] {
        if (!std::exchange(isOffered, true))
            html += paragraphOfHead(tr("What if?"), html.isEmpty()) + offersHtml();
    };
    for (std::size_t i = 0; i < m_answers.size(); ++i) {
        const Explanation &answer = m_answers.at(i);
        if (answer.topic == Topic::Waiting)
            offer(); // many things may wait
        const bool isNew = last != answer.topic;
        if (isNew)
            html += headHtml(answer, !last);
        if (answer.topic != Topic::Chain || m_showsChain)
            html += answerHtml(i, isNew);
        last = answer.topic;
    }
    offer();
    setHtml(html);
}

} // namespace loopscope
