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

/** Shows a timer or immediate with the properties that Node's have, shallowly. What is rarely read is kept off the objects: making one is a hot path. */
function inspectAs(names) {
  return function inspectTimer(depth, options, inspect) {
    const shown = Object.create(Object.getPrototypeOf(this));
    for (const name of names) {
      Object.defineProperty(shown, name, { value: this[name], writable: true, configurable: true, enumerable: true });
    }
    for (const [symbol, name] of [[kReferenced, '_isReferenced'], [kHasPrimitive, '_hasPrimitive'], [kAsyncId, '_id'], [kTriggerAsyncId, '_triggerId']]) {
      if (this[name] !== undefined) shown[symbol] = this[name];
    }
    return inspect(shown, Object.assign({}, options, { depth: 0, customInspect: false }));
  };
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
    this._idleStart = 0;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? delay : null;
    this._destroyed = false;
    this._id = 0;
    if (!isReferenced) this._isReferenced = false;
    arm(this);
  }

  /** Starts it again from now on, without making a new timer. */
  refresh() {
    arm(this);
    return this;
  }

  unref() {
    if (this._isReferenced) {
      this._isReferenced = false;
      binding.referenceTimer(this._id, false);
    }
    return this;
  }

  ref() {
    if (!this._isReferenced) {
      this._isReferenced = true;
      binding.referenceTimer(this._id, true);
    }
    return this;
  }

  hasRef() {
    return this._isReferenced;
  }

  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    const id = this._id;
    if (!this._hasPrimitive) {
      this._hasPrimitive = true;
      knownByNumber[id] = this;
    }
    return id;
  }
}

function hide(prototype, properties) {
  for (const name of Object.keys(properties)) {
    Object.defineProperty(prototype, name, Object.assign({ configurable: true, enumerable: false }, properties[name]));
  }
}

// Defaults of what few timers have of their own.
hide(Timeout.prototype, {
  _isReferenced: { value: true, writable: true },
  _hasPrimitive: { value: false, writable: true },
  _triggerId: { value: 1, writable: true },
  _idlePrev: { get() { return this._destroyed ? null : waitingList; }, set() {} },
  _idleNext: { get() { return this._destroyed ? null : waitingList; }, set() {} },
});
Object.defineProperty(Timeout.prototype, customInspect, {
  value: inspectAs(['_idleTimeout', '_idlePrev', '_idleNext', '_idleStart', '_onTimeout', '_timerArgs', '_repeat', '_destroyed']),
  writable: true, configurable: true, enumerable: false,
});

function arm(timeout) {
  timeout._idleStart = binding.loopTime();
  if (timeout._destroyed && timeout._onTimeout === null) return;
  timeout._destroyed = false;
  timeout._id = binding.armTimer(timeout, Math.trunc(timeout._idleTimeout), timeout._repeat !== null, timeout._isReferenced,
    timeout._onTimeout, timeout._id);
}

function unenroll(timeout) {
  timeout._destroyed = true;
  if (timeout._hasPrimitive) delete knownByNumber[timeout._id];
  binding.disarmTimer(timeout._id);
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
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this._id = binding.enqueueImmediate(this, callback);
  }

  ref() {
    if (!this._isReferenced) {
      this._isReferenced = true;
      binding.referenceImmediate(this._id, true);
    }
    return this;
  }

  unref() {
    if (this._isReferenced) {
      this._isReferenced = false;
      binding.referenceImmediate(this._id, false);
    }
    return this;
  }

  hasRef() {
    return this._isReferenced;
  }
}

function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args.length === 0 ? undefined : args);
}

function clearImmediate(immediate) {
  if (!immediate || immediate._destroyed) return;
  immediate._destroyed = true;
  if (immediate._id === undefined) return;
  binding.clearImmediate(immediate._id);
  immediate._onImmediate = null;
}

hide(Immediate.prototype, {
  _isReferenced: { value: true, writable: true },
  _triggerId: { value: 1, writable: true },
  _idlePrev: { value: null, writable: true },
  _idleNext: { value: null, writable: true },
});
Object.defineProperty(Immediate.prototype, customInspect, {
  value: inspectAs(['_idleNext', '_idlePrev', '_onImmediate', '_argv', '_destroyed']), writable: true, configurable: true, enumerable: false,
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
