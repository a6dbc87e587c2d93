// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace loopscope {

/// Writes `content` as the whole of `file`: a file that was there stays as it was until the new one is complete. What is no ordinary file
/// (a pipe, a device as /dev/full) is written to, not replaced. Null, or what the system says is wrong ("No space left on device").
QString writeWholeFile(const QString &file, const QByteArray &content);

} // namespace loopscope
