// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace loopscope {

/// The process of one run: what LabSession starts. Its standard input has a `start` line with the scenario and one run, and then commands;
/// when it closes, the run ends. Its standard output is the run's lines, the last of them a result or a problem. Whatever else is written
/// to standard output (by a script) goes to standard error.
class LabChild
{
public:
    /// Returns the exit code: 0 if there is a result.
    static int perform();
};

} // namespace loopscope
