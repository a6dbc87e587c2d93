// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace loopscope {

/// The file behind a source's name in a recording, which is a path or, for modules, a file: URL.
QString localPath(const QString &sourcePath);

/// True if both name the same file. Compares names only: give real paths, with links resolved, as recordings hold them.
bool isSameSource(const QString &one, const QString &other);

} // namespace loopscope
