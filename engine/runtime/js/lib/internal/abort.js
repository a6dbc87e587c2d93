// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// AbortController and AbortSignal.

const { codes } = require('../../core/errors');
const { validateAbortSignal, validateArray, validateObject, validateUint32 } = require('../../core/validators');
const { asynchronously } = require('./async');
const { DOMException } = require('./dom-exception');
const { Event, enumerable, tag, trusted } = require('./event');
const { EventTarget, defineEventHandler, initEventTarget, resistStopPropagation } = require('./event-target');
const { inspect } = require('./inspect');

const aborted = Symbol('kAborted');
const reasonOf = Symbol('kReason');
const composite = Symbol('kComposite');
const sources = Symbol('kSourceSignals');
const dependants = Symbol('kDependantSignals');
const ownSignal = Symbol('kSignal');

function show(self, properties, depth, options) {
  if (depth < 0) return self;
  const deeper = Object.assign({}, options, { depth: options.depth === null ? null : options.depth - 1 });
  return `${self.constructor.name} ${inspect(properties, deeper)}`;
}

function checkThis(signal) {
  if (signal === undefined || signal === null || signal[aborted] === undefined) {
    throw new codes.ERR_INVALID_THIS('AbortSignal');
  }
}

function abortReason() {
  return new DOMException('This operation was aborted', 'AbortError');
}

class AbortSignal extends EventTarget {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get aborted() {
    checkThis(this);
    return this[aborted];
  }

  get reason() {
    checkThis(this);
    return this[reasonOf];
  }

  throwIfAborted() {
    checkThis(this);
    if (this[aborted]) throw this[reasonOf];
  }

  [inspect.custom](depth, options) {
    return show(this, { aborted: this.aborted }, depth, options);
  }

  static abort(reason = abortReason()) {
    return createSignal({ isAborted: true, reason });
  }

  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = createSignal();
    const timer = setTimeout(() => {
      abortSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, delay);
    timer.unref();
    return signal;
  }

  static any(signals) {
    validateArray(signals, 'signals');
    signals.forEach((signal, i) => {
      if (signal === undefined || signal === null) {
        throw new codes.ERR_INVALID_ARG_TYPE(`signals[${i}]`, 'AbortSignal', signal);
      }
      validateAbortSignal(signal, `signals[${i}]`);
    });
    const result = createSignal({ isComposite: true });
    for (const signal of signals) {
      if (signal.aborted) {
        abortSignal(result, signal.reason);
        return result;
      }
      // A composite signal stands for the plain ones that it was made from.
      for (const source of signal[composite] ? signal[sources] : [signal]) {
        if (result[sources].has(source)) continue;
        result[sources].add(source);
        source[dependants].add(result);
      }
    }
    return result;
  }
}

enumerable(AbortSignal, ['aborted']);
tag(AbortSignal, 'AbortSignal');
defineEventHandler(AbortSignal.prototype, 'abort');

function createSignal({ isAborted = false, reason = undefined, isComposite = false } = {}) {
  const signal = Object.create(AbortSignal.prototype);
  initEventTarget(signal);
  const hidden = (name, value) => Object.defineProperty(signal, name, { value, writable: true });
  hidden(aborted, isAborted);
  hidden(reasonOf, reason);
  hidden(composite, isComposite);
  hidden(sources, new Set());
  hidden(dependants, new Set());
  return signal;
}

function abortSignal(signal, reason) {
  if (signal[aborted]) return;
  signal[aborted] = true;
  signal[reasonOf] = reason;
  signal.dispatchEvent(new Event('abort', { [trusted]: true }));
  for (const dependant of signal[dependants]) abortSignal(dependant, reason);
}

class AbortController {
  get signal() {
    if (this[ownSignal] === undefined) Object.defineProperty(this, ownSignal, { value: createSignal() });
    return this[ownSignal];
  }

  abort(reason = abortReason()) {
    abortSignal(this.signal, reason);
  }

  [inspect.custom](depth, options) {
    return show(this, { signal: this.signal }, depth, options);
  }
}

enumerable(AbortController, ['signal', 'abort']);
tag(AbortController, 'AbortController');

/** util.aborted: a promise that is fulfilled when the signal is aborted. */
function whenAborted(signal, resource) {
  return asynchronously(() => {
    if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
    validateAbortSignal(signal, 'signal');
    validateObject(resource, 'resource', { allowArray: true, allowFunction: true });
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true, [resistStopPropagation]: true });
    });
  });
}

module.exports = { AbortController, AbortSignal, abortSignal, createSignal, whenAborted };
