// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What the parts of http share.

const EventEmitter = require('../events');

let date;

function forgetDate() {
  date = undefined;
}

/** The time of day as the Date field says it; it is worked out once a second. */
function utcDate() {
  if (date === undefined) {
    const now = new Date();
    date = now.toUTCString();
    setTimeout(forgetDate, 1000 - now.getMilliseconds()).unref();
  }
  return date;
}

const { emit } = EventEmitter.prototype;

/** emitter.emit(event, value), which takes its time even if nobody listens. */
function tell(emitter, event, value) {
  if (emitter._eventsCount !== 0 || emitter.emit !== emit) emitter.emit(event, value);
}

const nop = () => {};
const emptyOptions = Object.freeze(Object.create(null));

/** A function that calls `callback` the first time only. */
function once(callback) {
  let called = false;
  return function(...args) {
    if (called) return undefined;
    called = true;
    return callback.apply(this, args);
  };
}

let log;

/** NODE_DEBUG=http */
function debug(...args) {
  if (log === undefined) log = require('../util').debuglog('http');
  log(...args);
}
debug.isOn = /(?:^|,)\s*(?:http|\*)\s*(?:,|$)/i.test(process.env.NODE_DEBUG || '');

module.exports = {
  kOutHeaders: Symbol('kOutHeaders'),
  kNeedDrain: Symbol('kNeedDrain'),
  debug,
  emptyOptions,
  nop,
  once,
  tell,
  utcDate,
};
