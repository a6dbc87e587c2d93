// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace loopscope {

/// The program that runs scripts: this one, if it is; else the one beside it; in tests the one of $LOOPSCOPE_BIN.
QString runnerPath();

} // namespace loopscope
