// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/AskStrip.h"

#include "shell/TextButton.h"

#include <QHBoxLayout>
#include <QKeyEvent>

namespace loopscope {

AskStrip::AskStrip(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("askStrip"));
    setAttribute(Qt::WA_StyledBackground);
    m_row->setContentsMargins(10, 4, 6, 4);
    m_row->setSpacing(6);
    hide();
}

QToolButton *AskStrip::addButton(const QString &text, const QString &tip, const char *look)
{
    QToolButton *button = makeTextButton(text, tip, this, look);
    m_row->addWidget(button);
    return button;
}

void AskStrip::addCross()
{
    connect(addButton(QStringLiteral("✕"), tr("Close (Escape)")), &QToolButton::clicked, this, &AskStrip::dismiss);
}

void AskStrip::dismiss()
{
    hide();
    Q_EMIT closed();
}

void AskStrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        take(event->modifiers().testFlag(Qt::ShiftModifier));
    else
        QWidget::keyPressEvent(event);
}

} // namespace loopscope
