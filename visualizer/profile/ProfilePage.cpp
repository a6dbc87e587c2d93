// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ProfilePage.h"

#include "theme/Theme.h"

#include <QRegularExpression>

#include <algorithm>

namespace loopscope {

QString ProfilePage::html(const QString &sentence)
{
    static const QRegularExpression code(QStringLiteral("`([^`]*)`"));
    return sentence.toHtmlEscaped().replace(
        code, QStringLiteral("<span style=\"font-family:'%1'\">\\1</span>").arg(Theme::current().font(Theme::TextRole::Code).family()));
}

QString ProfilePage::link(const QString &target, const QString &text)
{
    return QStringLiteral("<a href=\"%1\" style=\"color:%2\">%3</a>")
        .arg(target.toHtmlEscaped(), Theme::current().palette().link.name(), text.toHtmlEscaped());
}

QString ProfilePage::eventLink(quint64 event, const QString &text) { return link(QStringLiteral("event:%1").arg(event), text); }

ProfileTarget ProfilePage::targetOf(const QString &link)
{
    ProfileTarget target;
    const QString number = link.section(QLatin1Char(':'), 1);
    if (link.startsWith(QLatin1String("event:")))
        target.event = number.toULongLong();
    else if (link.startsWith(QLatin1String("site:")))
        target.site = number.toUInt();
    else if (link.startsWith(QLatin1String("lesson:")))
        target.lesson = number;
    return target;
}

QString ProfilePage::verdict(const Verdict &verdict, const Profile &profile, const BlockingReport &report) const
{
    const QString strong = QStringLiteral("<span style=\"font-weight:600\">%1</span>");
    if (verdict.isHealthy())
        return strong.arg(html(m_text.verdict(verdict, profile, report)));
    const QString dim = QStringLiteral(" <span style=\"color:%1\">%2</span>");
    QStringList lines;
    for (const ProfileFinding &finding : verdict.findings()) {
        if (lines.size() >= static_cast<qsizetype>(mostFindings)) {
            lines << tr("And %L1 more.").arg(verdict.findings().size() - mostFindings);
            break;
        }
        const QString sentence = html(m_text.finding(finding));
        lines << (lines.isEmpty() ? strong.arg(sentence) : sentence)
                + QLatin1Char(' ')
                // What the whole run shows has no moment of its own.
                + (finding.event == 0 ? QString() : eventLink(finding.event, tr("Look at event %L1").arg(finding.event + 1)))
                + dim.arg(Theme::current().palette().dim.name(), html(m_text.advice(finding))) + QLatin1Char(' ')
                + link(QStringLiteral("lesson:") + ProfileText::lesson(finding.kind), tr("Take the lesson"));
    }
    return lines.join(QStringLiteral("<br>"));
}

QString ProfilePage::details(const Blocker &blocker) const
{
    const Palette &p = Theme::current().palette();
    const QString paragraph = QStringLiteral("<p style=\"margin:0 0 6px 0\">%1</p>");
    const QString head = QStringLiteral("<p style=\"margin:4px 0 2px 0; color:%1\">%2</p>");
    QString page =
        paragraph.arg(QStringLiteral("<b>%1</b> %2").arg(html(m_text.blockerName(blocker)), html(m_text.place(blocker.function))));
    page += paragraph.arg(html(m_text.blockerTimes(blocker)) + QStringLiteral("; ") + html(m_text.blockerHarm(blocker))
        + QStringLiteral(". ") + eventLink(blocker.worstEvent, tr("Go to the longest")));
    if (const QString effect = m_text.blockerEffect(blocker); !effect.isEmpty())
        page += paragraph.arg(html(effect));
    if (const QString path = m_text.callPath(blocker); !path.isEmpty())
        page += head.arg(p.dim.name(), tr("Call path")) + paragraph.arg(html(path));
    page += head.arg(p.dim.name(), tr("What to do")) + paragraph.arg(html(m_text.advice(blocker)));
    if (blocker.victims.empty())
        return page;
    page += head.arg(p.dim.name(), tr("Who waited"));
    const std::size_t shown = std::min(mostVictims, blocker.victims.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const Victim &victim = blocker.victims[i];
        const QString sentence = html(m_text.victim(victim));
        page += QStringLiteral("<p style=\"margin:0 0 2px 0\">%1 %2</p>")
                    .arg(sentence, victim.kind == Victim::Kind::Request ? QString() : eventLink(victim.event, tr("go there")));
    }
    if (blocker.victimCount > shown)
        page += paragraph.arg(tr("and %L1 more").arg(blocker.victimCount - shown));
    return page;
}

} // namespace loopscope
