// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <vector>

namespace loopscope {

/// Rows as text, each column as wide as its widest cell; the first is aligned left, the others right.
QString textColumns(const std::vector<QStringList> &rows);

/// Words over lines of at most about a hundred characters, each with an indent and a line feed.
QString wrappedText(const QString &text, int indent = 0);

} // namespace loopscope
