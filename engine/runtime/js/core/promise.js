// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The JavaScript half of Promise, after ECMAScript 2023, 27.2: methods that call back into a program's code (then of subclasses, the combinators,
// finally). States, jobs and resolving functions are in Promises.cpp. Each method reads what the specification reads, in its order.

const binding = require('./binding');

const { thenFor, promiseThen, promiseThenCapability, promiseResolve, isPromise, createPromise, rejectPromise, recordCombinator, addResolvers,
        combinatorElement } = binding;

// Numbers of PromiseOrigin in engine/recording/Event.h.
const origins = { then: 2, resolve: 4, reject: 5, all: 6, allSettled: 7, any: 8, race: 9, finally: 10, catch: 13 };

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

/** NewPromiseCapability(C) */
function newCapability(constructor) {
  if (typeof constructor !== 'function') throw new TypeError('object is not a constructor');
  const capability = { promise: undefined, resolve: undefined, reject: undefined };
  let resolveFunction;
  let rejectFunction;
  capability.promise = new constructor((resolve, reject) => {
    if (resolveFunction !== undefined || rejectFunction !== undefined) throw new TypeError('Promise executor has already been invoked with non-undefined arguments');
    resolveFunction = resolve;
    rejectFunction = reject;
  });
  if (typeof resolveFunction !== 'function' || typeof rejectFunction !== 'function') throw new TypeError('Promise resolve or reject function is not callable');
  capability.resolve = resolveFunction;
  capability.reject = rejectFunction;
  return capability;
}

/** A capability of the intrinsic constructor. */
const intrinsicCapability = (origin) => addResolvers({ promise: createPromise(origin), resolve: undefined, reject: undefined });

function install(global) {
  const { Promise } = global;
  const { prototype } = Promise;
  const { species, toStringTag, iterator } = Symbol;

  function speciesConstructor(promise) {
    const { constructor } = promise;
    if (constructor === undefined) return Promise;
    if (!isObject(constructor)) throw new TypeError('The .constructor property is not an object');
    const wanted = constructor[species];
    if (wanted === undefined || wanted === null) return Promise;
    if (typeof wanted === 'function') return wanted;
    throw new TypeError('object.constructor[Symbol.species] is not a constructor');
  }

  function capabilityOf(constructor, origin) {
    return constructor === Promise ? intrinsicCapability(origin) : newCapability(constructor);
  }

  /** PromiseResolve(C, x) */
  function resolveWith(constructor, value) {
    if (constructor === Promise) return promiseResolve(value);
    if (isPromise(value) && value.constructor === constructor) return value;
    const capability = newCapability(constructor);
    capability.resolve.call(undefined, value);
    return capability.promise;
  }

  function thenWith(promise, onFulfilled, onRejected, origin) {
    const constructor = speciesConstructor(promise);
    if (constructor === Promise) return promiseThen(promise, onFulfilled, onRejected, origin);
    const capability = newCapability(constructor);
    promiseThenCapability(promise, typeof onFulfilled === 'function' ? onFulfilled : undefined,
      typeof onRejected === 'function' ? onRejected : undefined, capability);
    return capability.promise;
  }

  /** The elements' loop that all combinators share: `add(element, index)` for each, errors reject the capability. */
  function combine(constructor, iterable, capability, add, atEnd) {
    let step;
    let next;
    let iteratorObject;
    let resolveMethod;
    try {
      resolveMethod = constructor.resolve;
      if (typeof resolveMethod !== 'function') throw new TypeError('Promise resolve or reject function is not callable');
      const method = iterable === undefined || iterable === null ? undefined : iterable[iterator];
      if (typeof method !== 'function') throw new TypeError(`${describe(iterable)} is not iterable (cannot read property Symbol(Symbol.iterator))`);
      iteratorObject = method.call(iterable);
      if (!isObject(iteratorObject)) throw new TypeError(`Result of the Symbol.iterator method is not an object`);
      ({ next } = iteratorObject);
      for (let index = 0; ; ++index) {
        step = next.call(iteratorObject);
        if (!isObject(step)) throw new TypeError(`Iterator result ${String(step)} is not an object`);
        if (step.done) break;
        const { value } = step;
        try {
          const element = resolveMethod.call(constructor, value);
          recordCombinator(capability.promise, element);
          add(element, index);
        } catch (error) {
          closeIterator(iteratorObject);
          throw error;
        }
      }
      atEnd();
    } catch (error) {
      capability.reject.call(undefined, error);
    }
    return capability.promise;
  }

  // Counts what is left to wait for; 1 for the loop itself, so that it cannot reach 0 before all elements were seen.
  function collector(capability, finish) {
    const values = [];
    let remaining = 1;
    const done = () => {
      if (--remaining === 0) finish(values);
    };
    return {
      values,
      done,
      /** What stores what `make` makes of an element's outcome. */
      storing: (make) => (index, outcome) => {
        values[index] = make(outcome);
        return done();
      },
      expect(index) {
        values[index] = undefined;
        ++remaining;
      },
    };
  }

  const statics = {
    all(iterable) {
      const capability = capabilityOf(this, origins.all);
      const collected = collector(capability, (values) => capability.resolve.call(undefined, values));
      const store = collected.storing((value) => value);
      return combine(this, iterable, capability, (element, index) => {
        collected.expect(index);
        invokeThen(element, combinatorElement(origins.all, capability.promise, index, store), capability.reject);
      }, collected.done);
    },

    allSettled(iterable) {
      const capability = capabilityOf(this, origins.allSettled);
      const collected = collector(capability, (values) => capability.resolve.call(undefined, values));
      const storeValue = collected.storing((value) => ({ status: 'fulfilled', value }));
      const storeReason = collected.storing((reason) => ({ status: 'rejected', reason }));
      return combine(this, iterable, capability, (element, index) => {
        collected.expect(index);
        const fulfilled = combinatorElement(origins.allSettled, capability.promise, index, storeValue);
        invokeThen(element, fulfilled, combinatorElement(origins.allSettled, capability.promise, index, storeReason, fulfilled));
      }, collected.done);
    },

    any(iterable) {
      const capability = capabilityOf(this, origins.any);
      const collected = collector(capability, (errors) => {
        const error = new global.AggregateError(errors, 'All promises were rejected');
        capability.reject.call(undefined, error);
      });
      const store = collected.storing((reason) => reason);
      return combine(this, iterable, capability, (element, index) => {
        collected.expect(index);
        invokeThen(element, capability.resolve, combinatorElement(origins.any, capability.promise, index, store));
      }, collected.done);
    },

    race(iterable) {
      const capability = capabilityOf(this, origins.race);
      return combine(this, iterable, capability, (element) => invokeThen(element, capability.resolve, capability.reject), () => {});
    },

    reject(reason) {
      if (this === Promise) {
        const promise = createPromise(origins.reject);
        rejectPromise(promise, reason);
        return promise;
      }
      const capability = newCapability(this);
      capability.reject.call(undefined, reason);
      return capability.promise;
    },
  };

  const methods = {
    catch(onRejected) {
      return invokeThenFor(this, undefined, onRejected, origins.catch, onRejected);
    },

    finally(onFinally) {
      if (!isObject(this)) throw new TypeError('Promise.prototype.finally called on non-object');
      const constructor = speciesConstructor(this);
      if (typeof onFinally !== 'function') return invokeThen(this, onFinally, onFinally);
      // Functions without a name, as ECMAScript has them.
      return invokeThenFor(this, (value) => invokeThen(resolveWith(constructor, onFinally.call(undefined)), () => value),
        (reason) => invokeThen(resolveWith(constructor, onFinally.call(undefined)), () => { throw reason; }), origins.finally, onFinally);
    },
  };

  // The two hottest are native; what is not plain comes here.
  binding.setHook('promiseThenSlowly', (promise, onFulfilled, onRejected) => {
    if (!isPromise(promise)) throw new TypeError(`Method Promise.prototype.then called on incompatible receiver ${shown(promise)}`);
    return thenWith(promise, onFulfilled, onRejected, origins.then);
  });
  binding.setHook('promiseResolveSlowly', (constructor, value) => {
    if (!isObject(constructor)) throw new TypeError('PromiseResolve called on non-object');
    return resolveWith(constructor, value);
  });
  methods.then = binding.then;
  statics.resolve = binding.resolve;

  for (const name of Object.keys(statics)) Object.defineProperty(Promise, name, { value: statics[name], writable: true, configurable: true });
  for (const name of Object.keys(methods)) Object.defineProperty(prototype, name, { value: methods[name], writable: true, configurable: true });
  Object.defineProperty(prototype, toStringTag, { value: 'Promise', configurable: true });
  Object.defineProperty(Promise, species, Object.getOwnPropertyDescriptor({ get [species]() { return this; } }, species));
  Object.defineProperty(Promise, species, { enumerable: false });
}

/**
 * Invoke(promise, "then", handlers). In two steps: where reading the property throws, V4 reports that no function was found instead.
 */
function invokeThen(promise, ...handlers) {
  const method = promise.then;
  if (typeof method !== 'function') throw new TypeError(`${shown(method)} is not a function`);
  return method.apply(promise, handlers);
}

/** The same for `catch` and `finally`: where that is the intrinsic `then`, the recording is told for which of them, and what it was given. */
function invokeThenFor(promise, onFulfilled, onRejected, origin, handler) {
  const method = promise.then;
  if (method === binding.then) return thenFor(promise, onFulfilled, onRejected, origin, handler);
  if (typeof method !== 'function') throw new TypeError(`${shown(method)} is not a function`);
  return method.apply(promise, [onFulfilled, onRejected]);
}

function closeIterator(iteratorObject) {
  try {
    const close = iteratorObject.return;
    if (close !== undefined && close !== null) close.call(iteratorObject);
  } catch (ignored) {
    // The first error counts.
  }
}

/** A value as V8's messages show it. */
function shown(value) {
  if (typeof value === 'object' && value !== null) return binding.describeObject(value);
  return typeof value === 'function' ? Function.prototype.toString.call(value) : String(value);
}

/** What V8's messages call a value that cannot be gone through. */
function describe(value) {
  if (typeof value === 'string') return `string "${value}"`;
  if (value === null) return 'object null';
  return typeof value === 'number' || typeof value === 'boolean' ? `${typeof value} ${value}` : typeof value;
}

module.exports = { install };
