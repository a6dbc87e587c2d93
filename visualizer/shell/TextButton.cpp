// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/TextButton.h"

namespace loopscope {

QToolButton *makeTextButton(const QString &text, const QString &tip, QWidget *parent, const char *look)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setFocusPolicy(Qt::TabFocus);
    if (look != nullptr)
        button->setProperty(look, true);
    return button;
}

} // namespace loopscope
