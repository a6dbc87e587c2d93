// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Who is told when a loop that this one started has ended: workers and child processes.

const binding = require('../../core/binding');

const listeners = [];
binding.setHook('loopEnded', (loop, code, error) => {
  for (const listener of listeners) listener(loop, code, error);
});

module.exports = { listen(listener) { listeners.push(listener); } };
