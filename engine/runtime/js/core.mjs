// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Entry of the bundle that every run loads.
import bootstrap from './core/bootstrap.js';

export default bootstrap;
