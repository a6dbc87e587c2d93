// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/ConditionBar.h"

#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace loopscope {

ConditionBar::ConditionBar(QWidget *parent)
    : AskStrip(parent)
    , m_label(new QLabel(this))
    , m_text(new QLineEdit(this))
{
    m_text->setPlaceholderText(tr("such as  n > 3   (empty: always)"));
    m_text->setAccessibleName(tr("Condition of the breakpoint"));
    m_text->setToolTip(tr("An expression of JavaScript with the variables of that line. It is told while the script runs; a recording does "
                          "not hold the values it needs."));
    row()->addWidget(m_label);
    row()->addWidget(m_text, 1);
    connect(addButton(QStringLiteral("✓"), tr("Set the condition (Enter)")), &QToolButton::clicked, this, [this] { take(false); });
    addCross();
}

void ConditionBar::ask(int line, const QString &condition)
{
    m_line = line;
    m_label->setText(tr("Stop on line %1 only if").arg(line));
    m_text->setFont(Theme::current().font(Theme::TextRole::Code));
    m_text->setText(condition);
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void ConditionBar::take(bool)
{
    Q_EMIT chosen(m_line, m_text->text().trimmed());
    dismiss();
}

} // namespace loopscope
