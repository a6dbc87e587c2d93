// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/ConditionBar.h"

#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

namespace loopscope {

ConditionBar::ConditionBar(QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_text(new QLineEdit(this))
{
    setObjectName(QStringLiteral("findBar"));
    setAttribute(Qt::WA_StyledBackground);
    m_text->setPlaceholderText(tr("such as  n > 3   (empty: always)"));
    m_text->setAccessibleName(tr("Condition of the breakpoint"));
    m_text->setToolTip(tr("An expression of JavaScript with the variables of that line. It is told while the script runs; a recording does "
                          "not hold the values it needs."));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 6, 4);
    layout->setSpacing(6);
    layout->addWidget(m_label);
    layout->addWidget(m_text, 1);
    const auto addButton = [&](const QString &text, const QString &tip) {
        QToolButton *button = makeTextButton(text, tip, this, "plain");
        layout->addWidget(button);
        return button;
    };
    connect(addButton(QStringLiteral("✓"), tr("Set the condition (Enter)")), &QToolButton::clicked, this, &ConditionBar::choose);
    connect(addButton(QStringLiteral("✕"), tr("Close (Escape)")), &QToolButton::clicked, this, &ConditionBar::dismiss);
    hide();
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

void ConditionBar::choose()
{
    Q_EMIT chosen(m_line, m_text->text().trimmed());
    dismiss();
}

void ConditionBar::dismiss()
{
    hide();
    Q_EMIT closed();
}

void ConditionBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        choose();
    else
        QWidget::keyPressEvent(event);
}

} // namespace loopscope
