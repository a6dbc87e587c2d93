// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The part of `events` that works with promises and with async_hooks.

const EventEmitter = require('../../core/events');
const { AbortError, codes } = require('../../core/errors');
const { validateAbortSignal, validateInteger, validateString } = require('../../core/validators');
const { asynchronously, asyncIteratorPrototype } = require('./async');
const { resistStopPropagation } = require('./event-target');

function addTo(target, name, listener, options) {
  if (typeof target.on === 'function') {
    if (options && options.once) target.once(name, listener);
    else target.on(name, listener);
  } else if (typeof target.addEventListener === 'function') {
    target.addEventListener(name, listener, options);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', target);
  }
}

function removeFrom(target, name, listener, options) {
  if (typeof target.removeListener === 'function') target.removeListener(name, listener);
  else if (typeof target.removeEventListener === 'function') target.removeEventListener(name, listener, options);
  else throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', target);
}

function checkedSignal(options) {
  const signal = options === undefined || options === null ? undefined : options.signal;
  validateAbortSignal(signal, 'options.signal');
  if (signal !== undefined && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return signal;
}

function once(emitter, name, options) {
  return asynchronously(() => {
    const signal = checkedSignal(options);
    return new Promise((resolve, reject) => {
      const onError = (error) => {
        emitter.removeListener(name, onEvent);
        if (signal !== undefined) removeFrom(signal, 'abort', onAbort);
        reject(error);
      };
      const onEvent = (...args) => {
        if (typeof emitter.removeListener === 'function') emitter.removeListener('error', onError);
        if (signal !== undefined) removeFrom(signal, 'abort', onAbort);
        resolve(args);
      };
      const onAbort = () => {
        removeFrom(emitter, name, onEvent);
        removeFrom(emitter, 'error', onError);
        reject(new AbortError(undefined, { cause: signal.reason }));
      };
      const flags = { once: true, [resistStopPropagation]: true };
      addTo(emitter, name, onEvent, flags);
      // Only emitters treat 'error' as a failure.
      if (name !== 'error' && typeof emitter.once === 'function') emitter.once('error', onError);
      if (signal !== undefined) addTo(signal, 'abort', onAbort, flags);
    });
  });
}

const result = (value, done) => ({ value, done });
const firstDefined = (...values) => values.find((value) => value !== undefined && value !== null);

/** State of one `events.on` iteration. */
class EventQueue {
  constructor(emitter, lowWatermark, highWatermark) {
    this.emitter = emitter;
    this.low = lowWatermark;
    this.high = highWatermark;
    this.events = [];
    this.waiting = [];
    this.listeners = [];
    this.isPaused = false;
    this.error = null;
    this.finished = false;
    this.signalListener = undefined;
  }

  get size() {
    return this.events.length;
  }

  listen(target, event, handler) {
    addTo(target, event, handler);
    this.listeners.push([target, event, handler]);
  }

  next() {
    if (this.events.length > 0) {
      const value = this.events.shift();
      if (this.isPaused && this.events.length < this.low) {
        this.emitter.resume();
        this.isPaused = false;
      }
      return Promise.resolve(result(value, false));
    }
    if (this.error) {
      const rejected = Promise.reject(this.error);
      this.error = null;
      return rejected;
    }
    if (this.finished) return this.close();
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  push(value) {
    if (this.waiting.length > 0) {
      this.waiting.shift().resolve(result(value, false));
      return;
    }
    this.events.push(value);
    if (!this.isPaused && this.events.length > this.high) {
      this.isPaused = true;
      this.emitter.pause();
    }
  }

  fail(error) {
    if (this.waiting.length > 0) this.waiting.shift().reject(error);
    else this.error = error;
    this.close();
  }

  close() {
    if (this.signalListener !== undefined) this.signalListener();
    while (this.listeners.length > 0) removeFrom(...this.listeners.pop());
    this.finished = true;
    const end = result(undefined, true);
    while (this.waiting.length > 0) this.waiting.shift().resolve(end);
    return Promise.resolve(end);
  }
}

function on(emitter, event, options = {}) {
  const signal = checkedSignal(options);
  const high = firstDefined(options.highWaterMark, options.highWatermark, Number.MAX_SAFE_INTEGER);
  validateInteger(high, 'options.highWaterMark', 1);
  const low = firstDefined(options.lowWaterMark, options.lowWatermark, 1);
  validateInteger(low, 'options.lowWaterMark', 1);

  const queue = new EventQueue(emitter, low, high);
  const fail = (error) => queue.fail(error);
  const close = () => queue.close();
  const iterator = Object.setPrototypeOf({
    next: () => queue.next(),
    return: () => queue.close(),
    throw(error) {
      if (!error || !(error instanceof Error)) {
        throw new codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', error);
      }
      queue.fail(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.for('nodejs.watermarkData')]: queue,
  }, asyncIteratorPrototype);

  const firstArgumentOnly = options[Symbol.for('nodejs.kFirstEventParam')];
  queue.listen(emitter, event, firstArgumentOnly ? (value) => queue.push(value) : (...args) => queue.push(args));
  if (event !== 'error' && typeof emitter.on === 'function') queue.listen(emitter, 'error', fail);
  for (const name of options.close || []) queue.listen(emitter, name, close);
  if (signal !== undefined) {
    const onAbort = () => fail(new AbortError(undefined, { cause: signal.reason }));
    signal.addEventListener('abort', onAbort, { once: true, [resistStopPropagation]: true });
    queue.signalListener = () => signal.removeEventListener('abort', onAbort);
  }
  return iterator;
}

const asyncResource = Symbol('kAsyncResource');
const eventEmitter = Symbol('kEventEmitter');

function resourceOf(emitter) {
  if (emitter === undefined || emitter === null || emitter[asyncResource] === undefined) throw new codes.ERR_INVALID_THIS('EventEmitterAsyncResource');
  return emitter[asyncResource];
}

function makeEventEmitterAsyncResource() {
  const { AsyncResource } = require('../async_hooks');

  class EventEmitterReferencingAsyncResource extends AsyncResource {
    constructor(emitter, type, options) {
      super(type, options);
      this[eventEmitter] = emitter;
    }

    get eventEmitter() {
      if (this[eventEmitter] === undefined) throw new codes.ERR_INVALID_THIS('EventEmitterReferencingAsyncResource');
      return this[eventEmitter];
    }
  }

  return class EventEmitterAsyncResource extends EventEmitter {
    constructor(options = undefined) {
      let name;
      let rest = options;
      if (typeof options === 'string') {
        name = options;
        rest = undefined;
      } else {
        const given = options === undefined || options === null ? undefined : options.name;
        if (new.target === EventEmitterAsyncResource) validateString(given, 'options.name');
        name = given || new.target.name;
      }
      super(rest);
      this[asyncResource] = new EventEmitterReferencingAsyncResource(this, name, rest);
    }

    emit(event, ...args) {
      return resourceOf(this).runInAsyncScope(super.emit, this, event, ...args);
    }

    emitDestroy() {
      resourceOf(this).emitDestroy();
    }

    get asyncId() {
      return resourceOf(this).asyncId();
    }

    get triggerAsyncId() {
      return resourceOf(this).triggerAsyncId();
    }

    get asyncResource() {
      return resourceOf(this);
    }
  };
}

let emitterClass;

module.exports = {
  on,
  once,
  get EventEmitterAsyncResource() {
    if (emitterClass === undefined) emitterClass = makeEventEmitterAsyncResource();
    return emitterClass;
  },
};
