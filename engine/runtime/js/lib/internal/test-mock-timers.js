// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// mock.timers of node:test: timers and Date that stand still until the test moves their time.

const { AbortError, codes } = require('../../core/errors');
const lib = require('../../core/lib');
const { validateAbortSignal, validateNumber, validateStringArray } = require('../../core/validators');

const supported = ['setTimeout', 'setInterval', 'setImmediate', 'Date'];
const longestTimeout = 2 ** 31 - 1;

class MockTimeout {
  constructor(id, callback, runAt, interval, args) {
    Object.assign(this, { id, callback, runAt, interval, args });
    this.isReferenced = true;
  }

  hasRef() {
    return this.isReferenced;
  }

  ref() {
    this.isReferenced = true;
    return this;
  }

  unref() {
    this.isReferenced = false;
    return this;
  }

  refresh() {
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.id;
  }
}

let hasWarned = false;

function warnOnce() {
  if (hasWarned) return;
  hasWarned = true;
  process.emitWarning('The MockTimers API is an experimental feature and might change at any time', 'ExperimentalWarning');
}

class MockTimers {
  #isEnabled = false;
  #now = 0;
  #queue = [];
  #lastId = 0;
  #restorers = [];

  constructor() {
    warnOnce();
  }

  enable(options = { apis: supported, now: 0 }) {
    const given = Object.assign({}, options);
    if (this.#isEnabled) throw new codes.ERR_INVALID_STATE('MockTimers is already enabled!');
    if (given.now === undefined) given.now = 0;
    this.#now = epochOf(given.now);
    const apis = given.apis === undefined ? supported : given.apis;
    validateStringArray(apis, 'options.apis');
    for (const name of apis) {
      if (!supported.includes(name)) throw new codes.ERR_INVALID_ARG_VALUE('options.apis', name, `option ${name} is not supported`);
    }
    this.#isEnabled = true;
    for (const name of apis) {
      if (name === 'Date') this.#mockDate();
      else this.#mockTimer(name);
    }
  }

  #replace(object, name, value) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    this.#restorers.push(() => Object.defineProperty(object, name, descriptor));
    Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: descriptor.enumerable });
  }

  #mockTimer(name) {
    const set = {
      setTimeout: (callback, delay, ...args) => this.#add(callback, delay, false, args),
      setInterval: (callback, delay, ...args) => this.#add(callback, delay, true, args),
      setImmediate: (callback, ...args) => this.#add(callback, 0, false, args),
    }[name];
    const clear = (timer) => this.#remove(timer);
    const clearName = name.replace('set', 'clear');
    for (const object of [globalThis, lib.require('timers')]) {
      this.#replace(object, name, set);
      this.#replace(object, clearName, clear);
    }
    const promises = lib.require('timers/promises');
    this.#replace(promises, name, {
      setTimeout: (delay, value, options) => this.#wait(delay, value, options),
      setImmediate: (value, options) => this.#wait(0, value, options),
      setInterval: (delay, value, options) => this.#repeat(delay, value, options),
    }[name]);
  }

  #add(callback, delay, repeats, args) {
    const milliseconds = delay >= 1 && delay <= longestTimeout ? Math.trunc(delay) : delay > longestTimeout || repeats ? 1 : 0;
    const timer = new MockTimeout(++this.#lastId, callback, this.#now + milliseconds, repeats ? milliseconds : undefined, args);
    this.#insert(timer);
    return timer;
  }

  #insert(timer) {
    let position = this.#queue.length;
    while (position > 0 && this.#queue[position - 1].runAt > timer.runAt) --position;
    this.#queue.splice(position, 0, timer);
  }

  #remove(timer) {
    const id = typeof timer === 'object' && timer !== null ? timer.id : Number(timer);
    const known = this.#queue.find((other) => other.id === id);
    if (known === undefined) return;
    this.#queue.splice(this.#queue.indexOf(known), 1);
    known.interval = undefined;
  }

  #wait(delay, value, { signal } = {}) {
    return new Promise((resolve, reject) => {
      if (signal !== undefined) {
        validateAbortSignal(signal, 'options.signal');
        if (signal.aborted) {
          reject(new AbortError(undefined, { cause: signal.reason }));
          return;
        }
      }
      const timer = this.#add(() => resolve(value), delay, false, []);
      if (signal === undefined) return;
      signal.addEventListener('abort', () => {
        this.#remove(timer);
        reject(new AbortError(undefined, { cause: signal.reason }));
      }, { once: true });
    });
  }

  #repeat(delay, value, { signal } = {}) {
    const { on } = lib.require('events');
    const EventEmitter = lib.require('events');
    const emitter = new EventEmitter();
    const timer = this.#add(() => emitter.emit('tick', value), delay, true, []);
    const ticks = on(emitter, 'tick', { signal });
    const close = () => {
      this.#remove(timer);
      return ticks.return();
    };
    return {
      next: () => ticks.next().then(({ done, value: args }) => ({ done, value: done ? undefined : args[0] })),
      return: close,
      throw: close,
      [Symbol.asyncIterator]() { return this; },
    };
  }

  #mockDate() {
    const RealDate = globalThis.Date;
    const now = () => this.#now;
    function Date(...args) {
      if (new.target === undefined) return new RealDate(now()).toString();
      return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target === Date ? RealDate : new.target);
    }
    Object.defineProperties(Date, Object.getOwnPropertyDescriptors({ now, parse: RealDate.parse, UTC: RealDate.UTC, isMock: true }));
    Object.defineProperty(Date, 'length', { value: 7, configurable: true });
    Date.prototype = RealDate.prototype;
    this.#replace(globalThis, 'Date', Date);
  }

  #check() {
    if (!this.#isEnabled) throw new codes.ERR_INVALID_STATE('You should enable MockTimers first by calling the .enable function');
  }

  tick(time = 1) {
    this.#check();
    if (time < 0) throw new codes.ERR_INVALID_ARG_VALUE('time', 'positive integer', time);
    this.#now += time;
    while (this.#queue.length > 0 && this.#queue[0].runAt <= this.#now) {
      const timer = this.#queue[0];
      timer.callback.apply(undefined, timer.args);
      // It may have cleared itself.
      const position = this.#queue.indexOf(timer);
      if (position !== -1) this.#queue.splice(position, 1);
      if (timer.interval === undefined || position === -1) continue;
      timer.runAt += timer.interval;
      this.#insert(timer);
    }
  }

  setTime(time = 0) {
    validateNumber(time, 'time');
    this.#check();
    this.#now = time;
  }

  runAll() {
    this.#check();
    const last = this.#queue[this.#queue.length - 1];
    if (last !== undefined) this.tick(last.runAt - this.#now);
  }

  reset() {
    if (!this.#isEnabled) return;
    for (const restore of this.#restorers.reverse()) restore();
    this.#restorers = [];
    this.#queue = [];
    this.#isEnabled = false;
  }

  [Symbol.dispose]() {
    this.reset();
  }
}

function epochOf(now) {
  if (now instanceof Date) return now.valueOf();
  if (Number.isInteger(now) && now >= 0) return now;
  throw new codes.ERR_INVALID_ARG_VALUE('now', now, `epoch must be a positive integer received ${now}`);
}

module.exports = { MockTimers };
