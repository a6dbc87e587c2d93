// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fs.watchFile: looks at a file's status again and again, as libuv's fs_poll does.

const EventEmitter = require('../../core/events');
const { validateFunction, validateUint32 } = require('../../core/validators');
const path = require('../path');
const a = require('./fs-arguments');
const { makeStats } = require('./fs-classes');
const { runAsync } = require('./fs-run');

const watchers = new Map();
const nothing = new Array(14).fill(0); // the status of what is not there
const usualInterval = 5007; // ms, as Node

const isEqual = (one, other) => one.every((value, i) => value === other[i] || i === 10); // whoever reads a file does not change it

class StatWatcher extends EventEmitter {
  constructor(filename, { interval, persistent, bigint }) {
    super();
    Object.defineProperty(this, 'state', {
      value: { filename, interval, bigint, isReferenced: Boolean(persistent), timer: undefined, last: undefined, error: undefined, isStopped: false, count: 1, most: 1 },
    });
    this.look();
  }

  look() {
    const { state } = this;
    const begin = Date.now();
    runAsync('stat', { args: [state.filename], map: (numbers) => numbers }, (error, numbers) => {
      if (state.isStopped) return;
      this.compare(error, numbers);
      if (state.isStopped) return;
      state.timer = setTimeout(() => this.look(), state.interval - ((Date.now() - begin) % state.interval));
      if (!state.isReferenced) state.timer.unref();
    });
  }

  compare(error, numbers) {
    const { state } = this;
    const before = state.last === undefined ? nothing : state.last;
    const current = error ? nothing : numbers;
    // The first look tells nothing, except that there is nothing.
    const isChanged = error ? state.error !== error.code : state.error !== undefined || (state.last !== undefined && !isEqual(before, current));
    state.error = error ? error.code : undefined;
    state.last = current;
    if (isChanged) this.emit('change', makeStats(current, state.bigint), makeStats(before, state.bigint));
  }

  start() {}

  stop() {
    if (this.state.isStopped) return;
    this.state.isStopped = true;
    clearTimeout(this.state.timer);
    process.nextTick(() => this.emit('stop'));
  }

  ref() {
    const { state } = this;
    state.count = state.most;
    state.isReferenced = true;
    if (state.timer !== undefined) state.timer.ref();
    return this;
  }

  unref() {
    const { state } = this;
    state.count = 0;
    state.isReferenced = false;
    if (state.timer !== undefined) state.timer.unref();
    return this;
  }
}

function watchFile(filename, given, listener) {
  const target = path.resolve(a.toPath(filename).toString());
  const isShort = given === null || typeof given !== 'object';
  const options = Object.assign({ interval: usualInterval, persistent: true }, isShort ? undefined : given);
  const fn = isShort ? given : listener;
  validateFunction(fn, 'listener');
  let watcher = watchers.get(target);
  if (watcher === undefined) {
    validateUint32(options.interval, 'interval');
    watcher = new StatWatcher(target, options);
    watchers.set(target, watcher);
  }
  watcher.addListener('change', fn);
  return watcher;
}

function unwatchFile(filename, listener) {
  const target = path.resolve(a.toPath(filename).toString());
  const watcher = watchers.get(target);
  if (watcher === undefined) return;
  if (typeof listener === 'function') watcher.removeListener('change', listener);
  else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') > 0) return;
  watcher.stop();
  watchers.delete(target);
}

module.exports = { StatWatcher, unwatchFile, watchFile };
