// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

#include <QStringList>

namespace loopscope {

/// What the permissions of this process's run refused so far: a script may catch the error and say nothing of it. Any thread.
class RefusedCalls
{
public:
    /// Of an error that the script gets. What only the module loader looked for is left out.
    static void note(const IoError &error);
    /// The options that would have allowed it, each once, the first 100: "--allow-read=/etc/hosts".
    static QStringList options();
};

} // namespace loopscope
