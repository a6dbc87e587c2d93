// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's timers module: classes, arguments and bookkeeping of lib/timers.js. Order and time are the loop's (engine/loop, TimerNatives.cpp).

const binding = require('./binding');
const lib = require('./lib');
const { validateFunction, validateNumber } = require('./validators');

const longestTimeout = 2 ** 31 - 1;

const kReferenced = Symbol('refed');
const kHasPrimitive = Symbol('kHasPrimitive');
const kAsyncId = Symbol('asyncId');
const kTriggerAsyncId = Symbol('triggerId');

// What `_idlePrev` and `_idleNext` point to while a timer waits, and how it all prints: the real lists are in engine/loop/TimerLists.
class TimersList {
  constructor() {
    this.expiry = 0;
  }
}
const waitingList = new TimersList();
const customInspect = Symbol.for('nodejs.util.inspect.custom');

function inspectShallow(depth, options, inspect) {
  return inspect(this, Object.assign({}, options, { depth: 0, customInspect: false }));
}

// Timers that were turned into a number or string, so that clearTimeout finds them by it.
const knownByNumber = Object.create(null);

function clampDelay(after) {
  const delay = after * 1;
  if (delay >= 1 && delay <= longestTimeout) return delay;
  if (delay > longestTimeout) {
    process.emitWarning(`${delay} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`, 'TimeoutOverflowWarning');
  }
  return 1; // as browsers do
}

class Timeout {
  constructor(callback, after, args, isRepeat, isReferenced) {
    const delay = clampDelay(after);
    this._idleTimeout = delay;
    this._idlePrev = waitingList;
    this._idleNext = waitingList;
    this._idleStart = null;
    this._onTimeout = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? delay : null;
    this._destroyed = false;
    this[kReferenced] = isReferenced;
    this[kHasPrimitive] = false;
    this[kAsyncId] = 0;
    this[kTriggerAsyncId] = binding.runningTask();
    arm(this);
  }

  /** Starts it again from now on, without making a new timer. */
  refresh() {
    arm(this);
    return this;
  }

  unref() {
    if (this[kReferenced]) {
      this[kReferenced] = false;
      binding.referenceTimer(this[kAsyncId], false);
    }
    return this;
  }

  ref() {
    if (!this[kReferenced]) {
      this[kReferenced] = true;
      binding.referenceTimer(this[kAsyncId], true);
    }
    return this;
  }

  hasRef() {
    return this[kReferenced];
  }

  close() {
    clearTimeout(this);
    return this;
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

Object.defineProperty(Timeout.prototype, '_timerArgs', { value: undefined, writable: true, configurable: true, enumerable: false });

function arm(timeout) {
  timeout._idleStart = binding.loopTime();
  if (timeout._destroyed && timeout._onTimeout === null) return;
  timeout._destroyed = false;
  timeout[kAsyncId] = binding.armTimer(timeout, Math.trunc(timeout._idleTimeout), timeout._repeat !== null, timeout[kReferenced],
    timeout._onTimeout, timeout[kAsyncId]);
}

function unenroll(timeout) {
  timeout._destroyed = true;
  if (timeout[kHasPrimitive]) delete knownByNumber[timeout[kAsyncId]];
  binding.disarmTimer(timeout[kAsyncId]);
  timeout._idlePrev = null;
  timeout._idleNext = null;
  timeout._idleTimeout = -1;
}

function setTimeout(callback, after, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, after, args.length === 0 ? undefined : args, false, true);
}

function clearTimeout(timer) {
  if (timer && timer._onTimeout) {
    timer._onTimeout = null;
    unenroll(timer);
    return;
  }
  if (typeof timer === 'number' || typeof timer === 'string') {
    const known = knownByNumber[timer];
    if (known !== undefined) {
      known._onTimeout = null;
      unenroll(known);
    }
  }
}

function setInterval(callback, repeat, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, repeat, args.length === 0 ? undefined : args, true, true);
}

function clearInterval(timer) {
  clearTimeout(timer);
}

class Immediate {
  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this[kReferenced] = true;
    this[kAsyncId] = binding.enqueueImmediate(this, callback);
    this[kTriggerAsyncId] = binding.runningTask();
  }

  ref() {
    if (this[kReferenced] === false) {
      this[kReferenced] = true;
      binding.referenceImmediate(this[kAsyncId], true);
    }
    return this;
  }

  unref() {
    if (this[kReferenced] === true) {
      this[kReferenced] = false;
      binding.referenceImmediate(this[kAsyncId], false);
    }
    return this;
  }

  hasRef() {
    return !!this[kReferenced];
  }
}

function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args.length === 0 ? undefined : args);
}

function clearImmediate(immediate) {
  if (!immediate || immediate._destroyed) return;
  immediate._destroyed = true;
  if (immediate[kAsyncId] === undefined) return;
  binding.clearImmediate(immediate[kAsyncId]);
  immediate._onImmediate = null;
}

for (const { prototype } of [Timeout, Immediate]) {
  Object.defineProperty(prototype, customInspect, { value: inspectShallow, writable: true, configurable: true, enumerable: false });
}

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

// The old interface, still there and deprecated.
function enroll(item, msecs) {
  validateNumber(msecs, 'msecs');
  if (item._onTimeout) unenroll(item);
  item._idleTimeout = msecs;
}

/** Starts an enrolled object again; the old interface too. */
function active(item) {
  if (item._idleTimeout >= 0 && typeof item._onTimeout === 'function') {
    if (item instanceof Timeout) arm(item);
    else item._loopscopeTimer = setTimeout(() => item._onTimeout(), item._idleTimeout);
  }
}

function _unrefActive(item) {
  active(item);
  const timer = item instanceof Timeout ? item : item._loopscopeTimer;
  if (timer !== undefined) timer.unref();
}

const timers = {
  _unrefActive, active,
  setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval,
  enroll,
  unenroll,
};
Object.defineProperty(timers, 'promises', { configurable: true, enumerable: true, get() { return lib.require('timers/promises'); } });

module.exports = { timers, Timeout, Immediate };
