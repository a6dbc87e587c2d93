// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's timers module: the classes and the old interface of lib/timers.js. Timers and immediates themselves, setTimeout and its kin are
// native (TimerNatives.cpp); order and time are the loop's (engine/loop).

const binding = require('./binding');
const lib = require('./lib');
const { codes } = require('./errors');
const { validateFunction, validateNumber } = require('./validators');

const longestTimeout = 2 ** 31 - 1;

const kReferenced = Symbol('refed');
const kHasPrimitive = Symbol('kHasPrimitive');
const kAsyncId = Symbol('asyncId');
const kTriggerAsyncId = Symbol('triggerId');

// What `_idlePrev` and `_idleNext` point to while a timer waits: the real lists are in engine/loop/TimerLists.
class TimersList {
  constructor() {
    this.expiry = 0;
  }
}

// Timers that were turned into a number or string, so that clearTimeout finds them by it.
const knownByNumber = Object.create(null);

class Timeout {
  constructor(callback, after, args, isRepeat, isReferenced) {
    return binding.makeTimeout(callback, after, args, isRepeat, isReferenced);
  }

  /** Starts it again from now on, without making a new timer. */
  refresh() {
    binding.activateTimer(this, this[kReferenced]);
    return this;
  }

  unref() {
    if (this[kReferenced]) binding.referenceTimer(this, false);
    return this;
  }

  ref() {
    if (!this[kReferenced]) binding.referenceTimer(this, true);
    return this;
  }

  hasRef() {
    return this[kReferenced];
  }

  [Symbol.toPrimitive]() {
    const id = this[kAsyncId];
    if (!this[kHasPrimitive]) {
      this[kHasPrimitive] = true;
      knownByNumber[id] = this;
    }
    return id;
  }
}

Timeout.prototype.close = function close() {
  clearTimeout(this);
  return this;
};

Timeout.prototype[Symbol.for('nodejs.util.inspect.custom')] = function inspectTimeout(depth, options, inspect) {
  binding.showNeighbours(this, true);
  try {
    return inspect(this, Object.assign({}, options, { depth: 0, customInspect: false }));
  } finally {
    binding.showNeighbours(this, false);
  }
};

class Immediate {
  ref() {
    if (this[kReferenced] === false) binding.referenceImmediate(this, true);
    return this;
  }

  unref() {
    if (this[kReferenced] === true) binding.referenceImmediate(this, false);
    return this;
  }

  hasRef() {
    return !!this[kReferenced];
  }
}

binding.adoptTimers(Timeout.prototype, Immediate.prototype, new TimersList(), [
  '_idleTimeout', '_idlePrev', '_idleNext', '_idleStart', '_onTimeout', '_timerArgs', '_repeat', '_destroyed',
  kReferenced, kHasPrimitive, kAsyncId, kTriggerAsyncId,
], ['_idleNext', '_idlePrev', '_onImmediate', '_argv', '_destroyed', kReferenced, kAsyncId, kTriggerAsyncId]);

const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = binding;

binding.setHook('invalidCallback', (callback) => validateFunction(callback, 'callback'));
binding.setHook('timerOverflow', (delay) => {
  process.emitWarning(`${delay} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`, 'TimeoutOverflowWarning');
});
binding.setHook('forgetTimer', (id) => { delete knownByNumber[id]; });
// clearTimeout of what is no timer of ours: its number, or an object of the old interface.
binding.setHook('clearTimer', (timer) => {
  if (timer._onTimeout) {
    timer._onTimeout = null;
    unenroll(timer);
  } else if ((typeof timer === 'number' || typeof timer === 'string') && knownByNumber[timer] !== undefined) {
    clearTimeout(knownByNumber[timer]);
  }
});

if (Symbol.dispose) {
  Timeout.prototype[Symbol.dispose] = function dispose() { clearTimeout(this); };
  Immediate.prototype[Symbol.dispose] = function dispose() { clearImmediate(this); };
}

// util.promisify(setTimeout) is timers/promises' setTimeout.
const customPromisify = Symbol.for('nodejs.util.promisify.custom');
for (const [original, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(original, customPromisify, {
    enumerable: true,
    configurable: true,
    get() { return lib.require('timers/promises')[name]; },
  });
}

// The old interface, still there and deprecated: objects that carry their own `_onTimeout`. A timer of ours stands behind each.
const kTimer = Symbol('loopscope.timer');

function timerBehind(item) {
  return item instanceof Timeout ? item : item[kTimer];
}

function unenroll(item) {
  const timer = timerBehind(item);
  if (timer !== undefined) binding.unenrollTimer(timer);
  if (item !== timer) {
    item._idleNext = item._idlePrev = null;
    item._destroyed = true;
  }
  item._idleTimeout = -1;
}

function enroll(item, msecs) {
  validateNumber(msecs, 'msecs');
  if (!(msecs >= 0 && msecs < Infinity)) throw new codes.ERR_OUT_OF_RANGE('msecs', 'a non-negative finite number', msecs);
  if (msecs > longestTimeout) {
    process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${longestTimeout}.`,
      'TimeoutOverflowWarning');
  }
  if (item._idleNext) unenroll(item);
  item._idleNext = item;
  item._idlePrev = item;
  item._idleTimeout = Math.min(msecs, longestTimeout);
}

/** Starts an enrolled object, or starts it again. */
function activate(item, isReferenced) {
  if (item instanceof Timeout) {
    binding.activateTimer(item, isReferenced);
  } else if (item._idleTimeout >= 0) {
    if (item[kTimer] !== undefined) clearTimeout(item[kTimer]);
    const timer = setTimeout(() => { if (item._onTimeout) item._onTimeout(); }, item._idleTimeout);
    if (!isReferenced) timer.unref();
    Object.defineProperty(item, kTimer, { value: timer, configurable: true, enumerable: false });
    for (const name of ['_idleStart', '_idleNext', '_idlePrev', '_destroyed']) item[name] = timer[name];
  }
}

/** A function of the old interface, with the warning that Node gives at its first call. */
function deprecated(name, work, instead, code) {
  let call = (...args) => {
    call = lib.require('util').deprecate(work, `timers.${name}() is deprecated. Please use ${instead} instead.`, code);
    return call(...args);
  };
  return (...args) => call(...args);
}

const timers = {
  _unrefActive: deprecated('_unrefActive', (item) => activate(item, false), 'timeout.refresh()', 'DEP0127'),
  active: deprecated('active', (item) => activate(item, true), 'timeout.refresh()', 'DEP0126'),
  setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval,
  enroll: deprecated('enroll', enroll, 'setTimeout', 'DEP0095'),
  unenroll: deprecated('unenroll', unenroll, 'clearTimeout', 'DEP0096'),
};
Object.defineProperty(timers, 'promises', { configurable: true, enumerable: true, get() { return lib.require('timers/promises'); } });

module.exports = { timers, Timeout, Immediate };
