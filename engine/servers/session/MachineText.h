// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace loopscope {

/// This machine in a line, for figures that are measured on it: "2 cores, Intel(R) Xeon(R) CPU @ 2.20GHz, 7.8 GB, Debian GNU/Linux 12,
/// Linux 6.1".
QString machineText();

/// Cores that this process may use.
int usableCores();

} // namespace loopscope
