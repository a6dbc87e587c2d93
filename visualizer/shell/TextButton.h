// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace loopscope {

/// A button that shows a word or a sign and is reached by Tab. What it does is its tip, and its name for those who do not see it.
/// `look`: a property of the style sheet, such as "plain" (no frame) or "compact"; null for the usual one.
QToolButton *makeTextButton(const QString &text, const QString &tip, QWidget *parent, const char *look = nullptr);

} // namespace loopscope
