// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMap>
#include <QString>

namespace loopscope {

/// Breakpoints of a file: by line, from 1, the condition (an expression of JavaScript; empty: none).
using LineBreakpoints = QMap<int, QString>;
/// By the local path of the file.
using FileBreakpoints = QHash<QString, LineBreakpoints>;

} // namespace loopscope
