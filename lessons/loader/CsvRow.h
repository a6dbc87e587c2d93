// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace loopscope {

/// One row as RFC 4180 has it, every field in quotes, with its line feed. The texts may come from strangers: one that a spreadsheet would
/// take for a formula (it begins with = + - @, a tab or a carriage return) gets an apostrophe before it, which makes it a text there.
QByteArray csvRow(const QStringList &fields);

} // namespace loopscope
