// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Signals of the process on real I/O: the system's are caught as long as process has a listener for them.

const { emitProcessEvent } = require('../../core/process-events');
const { Signal } = require('./handles');
const { errnoException } = require('./net-errors');
const { signals } = require('./system-constants');

const caught = new Map();

function start(name) {
  if (caught.has(name)) return;
  const handle = new Signal();
  handle.unref();
  handle.onsignal = (number) => emitProcessEvent(undefined, name, name, number);
  const failure = handle.start(signals[name]);
  if (failure) {
    handle.close();
    throw errnoException(failure, 'uv_signal_start');
  }
  caught.set(name, handle);
}

function stop(name) {
  const handle = caught.get(name);
  if (handle === undefined || process.listenerCount(name) > 0) return;
  handle.close();
  caught.delete(name);
}

module.exports = {
  /** Follows process's listeners from now on, when `first` is the first that is listened for. */
  watch(first) {
    const isSignal = (name) => typeof name === 'string' && Object.prototype.hasOwnProperty.call(signals, name);
    if (isSignal(first)) start(first);
    process.on('newListener', (name) => { if (isSignal(name)) start(name); });
    process.on('removeListener', (name) => { if (isSignal(name)) stop(name); });
  },
};
