// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "why/WhyPanel.h"

#include "theme/Theme.h"

#include <QRegularExpression>
#include <QScrollBar>
#include <QUrl>

namespace loopscope {

WhyPanel::WhyPanel(QWidget *parent)
    : QTextBrowser(parent)
{
    setObjectName(QStringLiteral("whyPanel"));
    setAccessibleName(tr("Why"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) {
        if (url.scheme() == QLatin1String("site"))
            Q_EMIT siteActivated(url.path().toUInt());
    });
    connect(&Theme::current(), &Theme::changed, this, &WhyPanel::fill);
}

void WhyPanel::setAnswers(std::vector<Explanation> answers)
{
    m_answers = std::move(answers);
    fill();
}

void WhyPanel::say(const QString &sentence) { setAnswers({{Explanation::Topic::JustNow, sentence}}); }

QString WhyPanel::headOf(Explanation::Topic topic)
{
    switch (topic) {
    case Explanation::Topic::Item:
        return tr("What this is");
    case Explanation::Topic::JustNow:
        return tr("Just now");
    case Explanation::Topic::Because:
        return tr("Because");
    case Explanation::Topic::AskedBy:
        return tr("Who asked for it");
    case Explanation::Topic::Next:
        return tr("Next");
    case Explanation::Topic::Waiting:
        return tr("Still waiting");
    }
    return {};
}

QString WhyPanel::toRichText(const QString &marked)
{
    static const QRegularExpression code(QStringLiteral("`([^`]*)`"));
    static const QRegularExpression link(QStringLiteral("\\[([^\\]]*)\\]\\((site:\\d+)\\)"));
    const Theme &theme = Theme::current();
    const QFont font = theme.font(Theme::TextRole::Code);
    const QString colour = theme.palette().link.name();
    QString text = marked.toHtmlEscaped();
    text.replace(link, QStringLiteral("<a href=\"\\2\" style=\"color:%1; text-decoration:none\">\\1</a>").arg(colour));
    text.replace(code,
        QStringLiteral("<span style=\"font-family:'%1'; font-size:%2px\">\\1</span>")
            .arg(font.families().join(QStringLiteral("','")))
            .arg(font.pixelSize()));
    return text;
}

void WhyPanel::fill()
{
    const Theme &theme = Theme::current();
    const int side = qRound(theme.scaled(12));
    setViewportMargins(0, 0, 0, 0);
    document()->setDocumentMargin(0);
    document()->setDefaultFont(theme.font(Theme::TextRole::Words));
    QString html;
    std::optional<Explanation::Topic> last;
    for (const Explanation &answer : m_answers) {
        const bool isNew = last != answer.topic;
        if (isNew)
            html += QStringLiteral("<p style=\"margin:%1px %2px 2px %2px; color:%3; font-weight:600\">%4</p>")
                        .arg(last ? qRound(theme.scaled(12)) : qRound(theme.scaled(2)))
                        .arg(side)
                        .arg(theme.palette().dim.name(), headOf(answer.topic).toHtmlEscaped());
        html += QStringLiteral("<p style=\"margin:%1px %2px 0 %2px; color:%3; line-height:120%\">%4</p>")
                    .arg(isNew ? 0 : qRound(theme.scaled(4)))
                    .arg(side)
                    .arg(theme.palette().text.name(), toRichText(answer.text));
        last = answer.topic;
    }
    setHtml(html);
    verticalScrollBar()->setValue(0);
}

} // namespace loopscope
