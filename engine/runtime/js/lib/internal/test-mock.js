// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// mock of node:test: functions and methods that are watched or replaced.

const { codes } = require('../../core/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('../../core/validators');

const untouched = function() {};
const isOptions = (value) => value !== null && typeof value === 'object';

function validateTimes(value, name) {
  if (value !== Infinity) validateInteger(value, name, 1);
}

class MockFunctionContext {
  #calls = [];
  #once = new Map(); // number of a call -> what it runs
  #implementation;
  #restore;
  #times;

  constructor(implementation, restore, times) {
    this.#implementation = implementation;
    this.#restore = restore;
    this.#times = times;
  }

  get calls() {
    return this.#calls.slice();
  }

  callCount() {
    return this.#calls.length;
  }

  mockImplementation(implementation) {
    validateFunction(implementation, 'implementation');
    this.#implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall) {
    validateFunction(implementation, 'implementation');
    const nextCall = this.#calls.length;
    const call = onCall === undefined || onCall === null ? nextCall : onCall;
    validateInteger(call, 'onCall', nextCall);
    this.#once.set(call, implementation);
  }

  restore() {
    const { descriptor, object, original, methodName } = this.#restore;
    if (typeof methodName === 'string' || typeof methodName === 'symbol') Object.defineProperty(object, methodName, descriptor);
    else this.#implementation = original;
  }

  resetCalls() {
    this.#calls = [];
  }

  /** Runs one call and keeps what came of it; `run` gets what to call. */
  watch(run, details) {
    const number = this.#calls.length;
    const implementation = this.#once.has(number) ? this.#once.get(number) : this.#implementation;
    if (number + 1 === this.#times) this.restore();
    this.#once.delete(number);
    let result;
    let error;
    try {
      result = run(implementation);
    } catch (thrown) {
      error = thrown;
      throw thrown;
    } finally {
      this.#calls.push(Object.assign({ result, error, stack: new Error() }, details(result)));
    }
    return result;
  }
}

Object.defineProperty(MockFunctionContext.prototype, 'watch', { enumerable: false });

function makeMock(context, original) {
  const mock = new Proxy(original, {
    apply(target, receiver, args) {
      return context.watch((implementation) => Reflect.apply(implementation, receiver, args),
                           () => ({ arguments: args, target: undefined, this: receiver }));
    },
    construct(target, args, newTarget) {
      let built;
      return context.watch((implementation) => {
        built = implementation;
        // V4 asks no proxy for the prototype of what it makes.
        return Reflect.construct(implementation, args, newTarget === mock ? target : newTarget);
      }, (result) => ({ arguments: args, target: built, this: result }));
    },
    get(target, property, receiver) {
      return property === 'mock' ? context : Reflect.get(target, property, receiver);
    },
  });
  return mock;
}

function findProperty(object, name) {
  for (let holder = object; holder !== null && holder !== undefined; holder = Object.getPrototypeOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

class MockTracker {
  #mocks = [];
  #timers;

  get timers() {
    if (this.#timers === undefined) this.#timers = new (require('./test-mock-timers').MockTimers)();
    return this.#timers;
  }

  fn(...given) {
    let [original = function() {}, implementation = original, options = {}] = given;
    if (isOptions(original)) {
      options = original;
      original = function() {};
      implementation = original;
    } else if (isOptions(implementation)) {
      options = implementation;
      implementation = original;
    }
    validateFunction(original, 'original');
    validateFunction(implementation, 'implementation');
    validateObject(options, 'options');
    const { times = Infinity } = options;
    validateTimes(times, 'options.times');
    return this.#add(new MockFunctionContext(implementation, { original }, times), original);
  }

  #add(context, original) {
    this.#mocks.push(context);
    return makeMock(context, original);
  }

  method(object, methodName, ...given) {
    if (typeof methodName !== 'string' && typeof methodName !== 'symbol') {
      throw new codes.ERR_INVALID_ARG_TYPE('methodName', ['string', 'symbol'], methodName);
    }
    if (typeof object !== 'function') validateObject(object, 'object');
    let [implementation = untouched, options = {}] = given;
    if (isOptions(implementation)) {
      options = implementation;
      implementation = untouched;
    }
    validateFunction(implementation, 'implementation');
    validateObject(options, 'options');
    const { getter = false, setter = false, times = Infinity } = options;
    validateBoolean(getter, 'options.getter');
    validateBoolean(setter, 'options.setter');
    validateTimes(times, 'options.times');
    if (setter && getter) throw new codes.ERR_INVALID_ARG_VALUE('options.setter', setter, "cannot be used with 'options.getter'");
    const part = getter ? 'get' : setter ? 'set' : 'value';
    const descriptor = findProperty(object, methodName);
    const original = descriptor === undefined ? undefined : descriptor[part];
    if (typeof original !== 'function') throw new codes.ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    const context = new MockFunctionContext(implementation === untouched ? original : implementation, { descriptor, object, methodName }, times);
    const mock = this.#add(context, original);
    Object.defineProperty(object, methodName, Object.assign({}, descriptor, { [part]: mock }));
    return mock;
  }

  getter(object, methodName, ...given) {
    return this.#accessor('getter', object, methodName, given);
  }

  setter(object, methodName, ...given) {
    return this.#accessor('setter', object, methodName, given);
  }

  #accessor(kind, object, methodName, given) {
    let [implementation = untouched, options = {}] = given;
    if (isOptions(implementation)) {
      options = implementation;
      implementation = untouched;
    } else {
      validateObject(options, 'options');
    }
    if (options[kind] === false) throw new codes.ERR_INVALID_ARG_VALUE(`options.${kind}`, false, 'cannot be false');
    return this.method(object, methodName, implementation, Object.assign({}, options, { [kind]: true }));
  }

  reset() {
    this.restoreAll();
    if (this.#timers !== undefined) this.#timers.reset();
    this.#mocks = [];
  }

  restoreAll() {
    for (const context of this.#mocks) context.restore();
  }
}

module.exports = { MockTracker };
