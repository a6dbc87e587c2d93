// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// timers/promises.

const lowering = require('../core/lowering');
const { timers } = require('../core/timers');
const { AbortError, codes } = require('../core/errors');
const { validateAbortSignal, validateBoolean, validateNumber, validateObject } = require('../core/validators');
const { resistStopPropagation } = require('./internal/event-target');

function checkOptions(options) {
  validateObject(options, 'options');
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  if (options.ref !== undefined) validateBoolean(options.ref, 'options.ref');
}

function abortErrorOf(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

/**
 * `promise.finally(handler)` through two promises more, as Node goes to be safe from a patched Promise.prototype: the jobs
 * in between are part of the order that a script sees.
 */
function settleAfter(promise, handler) {
  return new Promise((resolve, reject) => {
    new Promise((pass, fail) => { promise.then(pass, fail); }).finally(handler).then(resolve, reject);
  });
}

/** A promise for a one-shot timer that `start(resolve)` makes and `clear` cancels. */
function once(start, clear, { signal, ref = true }) {
  if (signal !== undefined && signal.aborted) return Promise.reject(abortErrorOf(signal));
  let onAbort;
  const promise = new Promise((resolve, reject) => {
    const timer = start(resolve);
    if (!ref) timer.unref();
    if (signal === undefined) return;
    onAbort = () => {
      if (timer._destroyed) return;
      clear(timer);
      reject(abortErrorOf(signal));
    };
    signal.addEventListener('abort', onAbort, { [resistStopPropagation]: true });
  });
  return onAbort === undefined ? promise : settleAfter(promise, () => signal.removeEventListener('abort', onAbort));
}

function setTimeout(after, value, options = {}) {
  try {
    if (after !== undefined) validateNumber(after, 'delay');
    checkOptions(options);
  } catch (error) {
    return Promise.reject(error);
  }
  return once((resolve) => timers.setTimeout(resolve, after, value), timers.clearTimeout, options);
}

function setImmediate(value, options = {}) {
  try {
    checkOptions(options);
  } catch (error) {
    return Promise.reject(error);
  }
  return once((resolve) => timers.setImmediate(resolve, value), timers.clearImmediate, options);
}

/** The body of setInterval as an async generator, written for the runtime's own helpers: `yield new Await(x)` awaits. */
function* intervalBody(after, value, options) {
  const Await = lowering.await;
  if (after !== undefined) validateNumber(after, 'delay');
  checkOptions(options);
  const { signal, ref = true } = options;
  if (signal !== undefined && signal.aborted) throw abortErrorOf(signal);
  let due = 0;
  let wake;
  const notify = (reason) => {
    if (wake === undefined) return;
    wake(reason);
    wake = undefined;
  };
  const interval = timers.setInterval(() => {
    ++due;
    notify();
  }, after);
  if (!ref) interval.unref();
  const onAbort = () => {
    timers.clearInterval(interval);
    if (wake !== undefined) notify(Promise.reject(abortErrorOf(signal)));
  };
  if (signal !== undefined) signal.addEventListener('abort', onAbort, { once: true, [resistStopPropagation]: true });
  try {
    while (signal === undefined || !signal.aborted) {
      if (due === 0) yield new Await(new Promise((resolve) => { wake = resolve; }));
      for (; due > 0; --due) yield value;
    }
    throw abortErrorOf(signal);
  } finally {
    timers.clearInterval(interval);
    if (signal !== undefined) signal.removeEventListener('abort', onAbort);
  }
}

function setInterval(after, value, options = {}) {
  return lowering.asyncGenerator(undefined, [after, value, options], intervalBody);
}

class Scheduler {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  yield() {
    return setImmediate();
  }

  wait(delay, options) {
    return setTimeout(delay, undefined, options);
  }
}

for (const [fn, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate'], [setInterval, 'setInterval']]) {
  // The bundler may have renamed them.
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
}

module.exports = { setTimeout, setImmediate, setInterval, scheduler: Object.create(Scheduler.prototype) };
