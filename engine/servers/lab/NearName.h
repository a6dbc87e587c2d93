// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace loopscope {

/// Which of `names` a person who wrote `written` may have meant: one that begins with it, or that is few slips of the finger away. Null if
/// none is near.
QString nearName(const QString &written, const QStringList &names);
/// " Did you mean 'load'?" to go behind a sentence; empty if no name is near.
QString nearNameQuestion(const QString &written, const QStringList &names);

} // namespace loopscope
