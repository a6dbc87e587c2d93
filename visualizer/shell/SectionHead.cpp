// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/SectionHead.h"

#include "theme/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace loopscope {

SectionHead::SectionHead(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_note(new QLabel(this))
{
    setObjectName(QStringLiteral("sectionHead"));
    setAttribute(Qt::WA_StyledBackground);
    m_title->setObjectName(QStringLiteral("sectionTitle"));
    m_note->setObjectName(QStringLiteral("sectionNote"));
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // A long note must not keep a dock from becoming narrow.
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *layout = new QHBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_note, 1);
    setTitle(title);
    connect(&Theme::current(), &Theme::changed, this, &SectionHead::applyTheme);
    applyTheme();
}

void SectionHead::applyTheme()
{
    const Theme &theme = Theme::current();
    const int side = qRound(theme.scaled(12));
    layout()->setContentsMargins(side, qRound(theme.scaled(6)), side, qRound(theme.scaled(5)));
    // As high as a badge or a control needs, so that the view does not move when one appears.
    m_title->setMinimumHeight(qRound(theme.scaled(20)));
    m_title->setFont(theme.font(Theme::TextRole::Head));
    m_note->setFont(theme.font(Theme::TextRole::Fact));
}

void SectionHead::setTitle(const QString &title) { m_title->setText(title); }

void SectionHead::setNote(const QString &note)
{
    if (m_note->text() != note)
        m_note->setText(note);
}

void SectionHead::setBadge(const QString &word, const QString &explanation, QAction &wayOn)
{
    m_badge = new QLabel(word, this);
    m_badge->setObjectName(QStringLiteral("badge"));
    m_badge->setToolTip(explanation);
    m_badge->setAccessibleDescription(explanation);
    m_wayOn = new QToolButton(this);
    m_wayOn->setProperty("plain", true);
    m_wayOn->setText(wayOn.iconText());
    m_wayOn->setAccessibleName(wayOn.toolTip());
    m_wayOn->setToolTip(wayOn.toolTip());
    m_wayOn->setFocusPolicy(Qt::TabFocus);
    connect(m_wayOn, &QToolButton::clicked, &wayOn, &QAction::trigger);
    auto *row = qobject_cast<QHBoxLayout *>(layout());
    row->addWidget(m_badge);
    row->addWidget(m_wayOn);
    showBadge(false);
}

void SectionHead::showBadge(bool isShown)
{
    m_badge->setVisible(isShown);
    m_wayOn->setVisible(isShown);
}

bool SectionHead::showsBadge() const { return m_badge != nullptr && !m_badge->isHidden(); }

QString SectionHead::note() const { return m_note->text(); }

void SectionHead::addControl(QWidget *control) { layout()->addWidget(control); }

void SectionHead::addBar(QWidget *bar) { qobject_cast<QHBoxLayout *>(layout())->insertWidget(1, bar, 3); }

} // namespace loopscope
