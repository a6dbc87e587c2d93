// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "JustNowPanel.h"

#include "theme/Theme.h"

#include <QLabel>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace loopscope {

namespace {

QString toRichText(const QString &plain)
{
    static const QRegularExpression code(QStringLiteral("`([^`]*)`"));
    const Theme &theme = Theme::current();
    const QFont font = theme.font(Theme::TextRole::Code);
    QString text = plain.toHtmlEscaped();
    text.replace(code,
        QStringLiteral("<span style=\"font-family:'%1'; font-size:%2px; color:%3\">\\1</span>")
            .arg(font.families().join(QStringLiteral("','")))
            .arg(font.pixelSize())
            .arg(theme.palette().link.name()));
    return text;
}

} // namespace

JustNowPanel::JustNowPanel(QWidget *parent)
    : QWidget(parent)
    , m_nowHead(new QLabel(tr("Just now"), this))
    , m_now(new QLabel(this))
    , m_nextHead(new QLabel(tr("Next"), this))
    , m_next(new QLabel(this))
{
    setObjectName(QStringLiteral("justNow"));
    setAttribute(Qt::WA_StyledBackground);
    m_nowHead->setObjectName(QStringLiteral("justNowHead"));
    m_nextHead->setObjectName(QStringLiteral("justNowHead"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 12);
    layout->setSpacing(3);
    for (QLabel *label : {m_now, m_next}) {
        label->setObjectName(QStringLiteral("justNowText"));
        label->setWordWrap(true);
        label->setTextFormat(Qt::RichText);
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    layout->addWidget(m_nowHead);
    layout->addWidget(m_now);
    layout->addSpacing(6);
    layout->addWidget(m_nextHead);
    layout->addWidget(m_next);
    layout->addStretch(1);
    connect(&Theme::current(), &Theme::changed, this, &JustNowPanel::applyTheme);
    applyTheme();
}

void JustNowPanel::applyTheme()
{
    // Room for what most sentences need: the list below must not jump with the length of a sentence.
    const int line = QFontMetrics(Theme::current().font(Theme::TextRole::Words)).lineSpacing();
    m_now->setMinimumHeight(3 * line);
    m_next->setMinimumHeight(2 * line);
    fill();
}

void JustNowPanel::say(const QString &now, const QString &next)
{
    if (now == m_nowPlain && next == m_nextPlain)
        return;
    m_nowPlain = now;
    m_nextPlain = next;
    fill();
}

void JustNowPanel::fill()
{
    m_now->setText(toRichText(m_nowPlain));
    m_next->setText(toRichText(m_nextPlain));
    m_nextHead->setVisible(!m_nextPlain.isEmpty());
    setAccessibleName(tr("Just now: %1 Next: %2").arg(m_nowPlain, m_nextPlain));
}

} // namespace loopscope
