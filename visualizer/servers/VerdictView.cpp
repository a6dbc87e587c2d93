// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/VerdictView.h"

#include "servers/ModelLook.h"
#include "theme/Theme.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

VerdictView::VerdictView(QWidget *parent)
    : QFrame(parent)
    , m_head(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_more(new QLabel(this))
{
    setObjectName(QStringLiteral("labCard"));
    m_head->setObjectName(QStringLiteral("sectionTitle"));
    m_more->setObjectName(QStringLiteral("labFact"));
    for (QLabel *label : {m_sentence, m_more}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::RichText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(4);
    layout->addWidget(m_head);
    layout->addWidget(m_sentence);
    layout->addWidget(m_more);
    connect(&Theme::current(), &Theme::changed, this, &VerdictView::applyTheme);
    applyTheme();
}

int VerdictView::heightForWidth(int width) const { return layout()->totalHeightForWidth(width); }

QString VerdictView::coloured(const QString &sentence) const
{
    QString html = sentence.toHtmlEscaped();
    // Longer names first: "event loop + workers" holds "event loop".
    QList<ServerModel> all(serverModels.begin(), serverModels.end());
    std::sort(all.begin(), all.end(), [](ServerModel left, ServerModel right) { return nameOf(left).size() > nameOf(right).size(); });
    for (qsizetype i = 0; i < all.size(); ++i) {
        html.replace(nameOf(all.at(i)), QStringLiteral("\x01%1\x02").arg(i));
        html.replace(capitalised(nameOf(all.at(i))), QStringLiteral("\x03%1\x02").arg(i));
    }
    const QString span = QStringLiteral("<span style=\"font-weight:600; color:%1\">%2</span>");
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QString colour = Theme::current().palette().hueText(hueOf(all.at(i))).name();
        html.replace(QStringLiteral("\x01%1\x02").arg(i), span.arg(colour, nameOf(all.at(i))));
        html.replace(QStringLiteral("\x03%1\x02").arg(i), span.arg(colour, capitalised(nameOf(all.at(i)))));
    }
    return html;
}

void VerdictView::show(const QString &head, const QString &sentence, const QStringList &more)
{
    m_head->setText(head);
    m_shownSentence = sentence;
    m_shownMore = more;
    applyTheme();
}

void VerdictView::applyTheme()
{
    const Theme &theme = Theme::current();
    m_head->setFont(theme.font(Theme::TextRole::Head));
    m_sentence->setFont(theme.font(Theme::TextRole::Words));
    m_more->setFont(theme.font(Theme::TextRole::Fact));
    m_sentence->setText(coloured(m_shownSentence));
    QStringList lines;
    for (const QString &line : std::as_const(m_shownMore)) {
        if (!line.isEmpty())
            lines << coloured(line);
    }
    m_more->setText(lines.join(QStringLiteral("<br>")));
    m_sentence->setVisible(!m_shownSentence.isEmpty());
    m_more->setVisible(!lines.isEmpty());
    updateGeometry();
}

void VerdictView::showScenario(const Scenario &scenario, bool isBefore)
{
    if (scenario.script.isEmpty())
        show(tr("Server lab"),
            tr("Choose a preset on the bar, open a scenario (Lab menu), or compare servers with the script of the Step workspace."), {});
    else
        show(scenario.title.isEmpty() ? tr("Scenario") : scenario.title, scenario.description,
            {scenario.lookFor.isEmpty() ? QString() : tr("Look for: %1").arg(scenario.lookFor), tr("Server: %1").arg(scenario.script),
                isBefore ? tr("Press Run (F5) to serve it under the models below, with the load on the left.") : QString()});
}

void VerdictView::showVerdict(const LabVerdict &verdict)
{
    if (verdict.sentence.isEmpty())
        return;
    show(tr("Verdict"), verdict.sentence, QStringList(verdict.evidence) << verdict.turn);
}

void VerdictView::showFailure(const QString &sentence) { show(tr("This comparison could not be made"), capitalised(sentence), {}); }

QString VerdictView::text() const { return (QStringList{m_shownSentence} << m_shownMore).join(QLatin1Char('\n')); }

} // namespace loopscope
