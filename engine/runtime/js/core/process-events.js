// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Events that Node itself emits on `process`.

const binding = require('./binding');
const { onWarning } = require('./warnings');

/**
 * process.emit(name, ...args), which the recording has as a task of its own if the program listens. `cause`: the promise it is about, `true` if
 * the task that threw an error led to it, `undefined` for the running task.
 */
function emitProcessEvent(cause, name, ...args) {
  const listener = process.listenerCount(name) === 0 ? undefined : process.listeners(name).find((each) => each !== onWarning);
  if (listener === undefined) return process.emit(name, ...args);
  return binding.asProcessEvent(name, listener, cause, () => process.emit(name, ...args));
}

module.exports = { emitProcessEvent };
