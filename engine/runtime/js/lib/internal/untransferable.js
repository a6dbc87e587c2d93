// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Objects that stay where they are when a transfer list names them: the pools of Buffer, and what a program marks.

module.exports = new WeakSet();
