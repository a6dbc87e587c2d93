// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/Banner.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

namespace loopscope {

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_sign(new QLabel(this))
    , m_text(new QLabel(this))
    , m_choicesLayout(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("banner"));
    setAttribute(Qt::WA_StyledBackground);
    m_text->setObjectName(QStringLiteral("bannerText"));
    m_sign->setObjectName(QStringLiteral("bannerText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setAccessibleName(tr("Message"));
    m_close->setText(QStringLiteral("✕"));
    m_close->setProperty("plain", true);
    m_close->setAccessibleName(tr("Dismiss the message"));
    m_close->setToolTip(tr("Dismiss"));
    connect(m_close, &QToolButton::clicked, this, &Banner::dismiss);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 7, 10, 7);
    layout->setSpacing(10);
    layout->addWidget(m_sign);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_choicesLayout);
    layout->addWidget(m_close);
    hide();
}

void Banner::say(Severity severity, const QString &sentence, const std::vector<Choice> &choices)
{
    setProperty("severity", severity == Severity::Error ? QStringLiteral("error") : QStringLiteral("note"));
    for (QWidget *widget : {static_cast<QWidget *>(this), static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_sign)}) {
        widget->style()->unpolish(widget);
        widget->style()->polish(widget);
    }
    m_sign->setText(severity == Severity::Error ? QStringLiteral("⚠") : QStringLiteral("ℹ"));
    m_text->setText(sentence);
    while (QLayoutItem *item = m_choicesLayout->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const Choice &choice : choices) {
        auto *button = new QToolButton(this);
        button->setText(choice.text);
        connect(button, &QToolButton::clicked, this, [this, act = choice.act] {
            dismiss();
            act();
        });
        m_choicesLayout->addWidget(button);
    }
    show();
}

void Banner::ask(const QString &question, const std::vector<Choice> &choices)
{
    say(Severity::Note, question, choices);
    if (m_choicesLayout->count() > 0)
        m_choicesLayout->itemAt(0)->widget()->setFocus(Qt::OtherFocusReason);
}

void Banner::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (auto *button = qobject_cast<QToolButton *>(focusWidget()))
            button->click(); // as Space does
        return;
    }
    if (event->key() != Qt::Key_Escape) {
        QWidget::keyPressEvent(event);
        return;
    }
    // The last choice is the one that changes nothing.
    if (m_choicesLayout->count() > 0)
        qobject_cast<QToolButton *>(m_choicesLayout->itemAt(m_choicesLayout->count() - 1)->widget())->click();
    else
        dismiss();
}

void Banner::dismiss()
{
    m_text->clear();
    hide();
}

QString Banner::sentence() const { return m_text->text(); }

} // namespace loopscope
