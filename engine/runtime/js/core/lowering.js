// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What lowered code calls ($h): async functions, async generators, for await and yield*, with the job counts of ECMAScript 2023. They take the place
// of esbuild's helpers of the same names, which are not exact.

const binding = require('./binding');

const { awaitThen, createPromise, resolvePromise, rejectPromise, setPromiseOfJob } = binding;
const asyncGeneratorOrigin = 11; // PromiseOrigin::AsyncGenerator

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * object[key] for the results of a program's iterators. V4 remembers per place what `result.done` was the last time, and may then call a getter
 * twice; not so with a variable key.
 */
const read = (object, key) => object[key];

/** What a lowered `await x` inside an async generator yields. */
function Await(value) {
  this[0] = value;
}

/** What yield* yields for a value of the inner generator: handed on without another await. */
class Delegated {
  constructor(value) {
    this.value = value;
  }
}

/** What yield* yields when the inner generator obeyed a return: the outer one returns too. */
class ReturnNow {
  constructor(value) {
    this.value = value;
  }
}

// ----------------------------------------------------------------------------------------------------- async generators (27.6)

const states = new WeakMap();

class State {
  constructor(generator) {
    this.generator = generator;
    this.phase = 'suspended-start'; // suspended-yield, executing, awaiting-return, completed
    this.queue = []; // { kind: 'next' | 'throw' | 'return', value, promise }
  }
}

function settle(state, kind, value, done) {
  const { promise } = state.queue.shift();
  if (kind === 'throw') rejectPromise(promise, value);
  else resolvePromise(promise, { value, done });
}

/** Runs the lowered generator on from a request, up to its next await, yield or end. */
function resume(state, method, value) {
  state.phase = 'executing';
  let result;
  try {
    result = state.generator[method](value);
  } catch (error) {
    complete(state, 'throw', error);
    return;
  }
  if (result.done) {
    complete(state, 'normal', result.value);
    return;
  }
  const yielded = result.value;
  if (yielded instanceof Await) {
    suspend(state, yielded[0], (settled) => goOn(state, 'next', settled), (reason) => goOn(state, 'throw', reason));
  } else if (yielded instanceof Delegated) {
    yieldValue(state, yielded.value);
  } else if (yielded instanceof ReturnNow) {
    resume(state, 'return', yielded.value);
  } else {
    // `yield x` awaits x first.
    suspend(state, yielded, (settled) => yieldValue(state, settled), (reason) => goOn(state, 'throw', reason));
  }
}

/** After an await: what waits for the request is what waits for all that runs now. */
function goOn(state, method, value) {
  setPromiseOfJob(state.queue[0].promise);
  resume(state, method, value);
}

function suspend(state, value, onFulfilled, onRejected) {
  try {
    awaitThen(value, onFulfilled, onRejected, state);
  } catch (error) {
    resume(state, 'throw', error);
  }
}

function yieldValue(state, value) {
  state.phase = 'suspended-yield';
  settle(state, 'normal', value, false);
  if (state.queue.length > 0) resumeYield(state, state.queue[0]);
}

/** A suspended yield gets its next request; a return is awaited before the generator sees it. */
function resumeYield(state, request) {
  if (request.kind !== 'return') {
    resume(state, request.kind, request.value);
    return;
  }
  state.phase = 'executing';
  suspend(state, request.value, (settled) => goOn(state, 'return', settled), (reason) => goOn(state, 'throw', reason));
}

function complete(state, kind, value) {
  state.phase = 'completed';
  settle(state, kind, value, true);
  drain(state);
}

/** AsyncGeneratorDrainQueue */
function drain(state) {
  while (state.queue.length > 0) {
    const request = state.queue[0];
    if (request.kind === 'return') {
      awaitReturn(state, request);
      return;
    }
    settle(state, request.kind === 'throw' ? 'throw' : 'normal', request.kind === 'throw' ? request.value : undefined, true);
  }
}

/** AsyncGeneratorAwaitReturn */
function awaitReturn(state, request) {
  state.phase = 'awaiting-return';
  const finish = (kind) => (value) => {
    state.phase = 'completed';
    settle(state, kind, value, true);
    drain(state);
  };
  try {
    awaitThen(request.value, finish('normal'), finish('throw'));
  } catch (error) {
    finish('throw')(error);
  }
}

function enqueue(generator, kind, value) {
  const promise = createPromise(asyncGeneratorOrigin);
  const state = isObject(generator) ? states.get(generator) : undefined;
  if (state === undefined) {
    rejectPromise(promise, new TypeError(`Method [AsyncGenerator].prototype.${kind} called on incompatible receiver ${describe(generator)}`));
    return promise;
  }
  const request = { kind, value, promise };
  state.queue.push(request);
  if (state.queue.length > 1) return promise;
  switch (state.phase) {
    case 'suspended-start':
      if (kind === 'next') {
        resume(state, 'next', value);
      } else {
        state.phase = 'completed';
        drain(state);
      }
      break;
    case 'completed':
      drain(state);
      break;
    case 'suspended-yield':
      resumeYield(state, request);
      break;
    default:
      // executing or awaiting: whoever finishes takes the request
      break;
  }
  return promise;
}

const asyncIteratorPrototype = {};
Object.defineProperty(asyncIteratorPrototype, Symbol.asyncIterator, {
  value: { [Symbol.asyncIterator]() { return this; } }[Symbol.asyncIterator], writable: true, configurable: true,
});

const asyncGeneratorPrototype = Object.create(asyncIteratorPrototype);
const generatorMethods = {
  next(value) { return enqueue(this, 'next', value); },
  return(value) { return enqueue(this, 'return', value); },
  throw(value) { return enqueue(this, 'throw', value); },
};
for (const name of Object.keys(generatorMethods)) {
  Object.defineProperty(asyncGeneratorPrototype, name, { value: generatorMethods[name], writable: true, configurable: true });
}
Object.defineProperty(asyncGeneratorPrototype, Symbol.toStringTag, { value: 'AsyncGenerator', configurable: true });

/** A call of an async generator function (`caller`; undefined for one of the runtime's own): its parameters are bound now, its body runs at the first next(). */
function startAsyncGenerator(thisObject, args, generatorFunction, caller) {
  const generator = generatorFunction.apply(thisObject, args === null || args === undefined ? [] : args);
  const prototype = caller === undefined ? asyncGeneratorPrototype : caller.prototype;
  const object = Object.create(isObject(prototype) ? prototype : asyncGeneratorPrototype);
  states.set(object, new State(generator));
  return object;
}

// ------------------------------------------------------------------------------------- for await, yield* (7.4.3, 27.1.4, 15.5.5)

/** %AsyncFromSyncIteratorPrototype%: a synchronous iterator in asynchronous clothes. */
class AsyncFromSyncIterator {
  constructor(iterator, next) {
    this.iterator = iterator;
    this.nextMethod = next;
  }

  next(value) {
    return this.continue(() => (arguments.length === 0 ? this.nextMethod.call(this.iterator) : this.nextMethod.call(this.iterator, value)), true);
  }

  return(value) {
    const hasValue = arguments.length > 0;
    const promise = createPromise(asyncGeneratorOrigin);
    let method;
    try {
      method = this.iterator.return;
    } catch (error) {
      rejectPromise(promise, error);
      return promise;
    }
    if (method === undefined || method === null) {
      resolvePromise(promise, { value, done: true });
      return promise;
    }
    return this.continue(() => (hasValue ? method.call(this.iterator, value) : method.call(this.iterator)), false);
  }

  throw(value) {
    const promise = createPromise(asyncGeneratorOrigin);
    let method;
    try {
      method = this.iterator.throw;
    } catch (error) {
      rejectPromise(promise, error);
      return promise;
    }
    if (method === undefined || method === null) {
      rejectPromise(promise, value);
      return promise;
    }
    return this.continue(() => method.call(this.iterator, value), true);
  }

  /** AsyncFromSyncIteratorContinuation */
  continue(step, closesOnRejection) {
    const promise = createPromise(asyncGeneratorOrigin);
    try {
      const result = step();
      if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
      const done = !!read(result, 'done');
      const value = read(result, 'value');
      // Node 20 (ECMAScript 2023) does not close the iterator when the value rejects.
      void closesOnRejection;
      awaitThen(value, function settle(settled) { resolvePromise(promise, { value: settled, done }); },
        function refuse(reason) { rejectPromise(promise, reason); });
    } catch (error) {
      rejectPromise(promise, error);
    }
    return promise;
  }
}

/** GetIterator(value, async) */
function forAwait(value) {
  const method = value[Symbol.asyncIterator];
  if (method !== undefined && method !== null) {
    const iterator = method.call(value);
    if (!isObject(iterator)) throw new TypeError('Result of the Symbol.asyncIterator method is not an object');
    return guarded(iterator);
  }
  const syncMethod = value[Symbol.iterator];
  if (typeof syncMethod !== 'function') throw new TypeError(`${describe(value)} is not async iterable`);
  const iterator = syncMethod.call(value);
  if (!isObject(iterator)) throw new TypeError('Result of the Symbol.iterator method is not an object');
  return new AsyncFromSyncIterator(iterator, iterator.next);
}

function describe(value) {
  if (typeof value === 'function') return 'function';
  if (typeof value !== 'object' || value === null) return String(value);
  const { constructor } = value;
  return `#<${typeof constructor === 'function' && constructor.name ? constructor.name : 'Object'}>`;
}

/** The iterator as for await uses it: `next` is read once. The lowered loop reads `return` at its end, which must be the iterator's own. */
function guarded(iterator) {
  const { next } = iterator;
  return {
    next: () => next.call(iterator),
    get return() {
      const method = iterator.return;
      return method === undefined || method === null ? undefined : (value) => (value === undefined ? method.call(iterator) : method.call(iterator, value));
    },
  };
}

/** The iterator that a lowered `yield*` of an async generator delegates to. */
function yieldStar(value) {
  let iterator;
  let next;
  const method = value[Symbol.asyncIterator];
  if (method !== undefined && method !== null) {
    iterator = method.call(value);
    if (!isObject(iterator)) throw new TypeError('Result of the Symbol.asyncIterator method is not an object');
    ({ next } = iterator);
  } else {
    const syncMethod = value[Symbol.iterator];
    if (typeof syncMethod !== 'function') throw new TypeError(`${describe(value)} is not async iterable`);
    const syncIterator = syncMethod.call(value);
    iterator = new AsyncFromSyncIterator(syncIterator, syncIterator.next);
    ({ next } = iterator);
  }
  // Each request of the outer generator takes two turns here: the inner call's result is awaited, then its value is yielded on.
  let awaiting = null;
  let isReturning = false;
  const turn = (kind, call) => {
    awaiting = kind;
    return { done: false, value: new Await(call()) };
  };
  const finish = (kind, result) => {
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
    if (kind === 'close') throw new TypeError('The iterator does not provide a \'throw\' method');
    if (!read(result, 'done')) return { done: false, value: new Delegated(read(result, 'value')) };
    if (kind !== 'return') return { done: true, value: read(result, 'value') };
    isReturning = true;
    return { done: false, value: new ReturnNow(read(result, 'value')) };
  };
  return {
    [Symbol.iterator]() { return this; },
    next(received) {
      if (awaiting !== null) {
        const kind = awaiting;
        awaiting = null;
        return finish(kind, received);
      }
      return turn('next', () => next.call(iterator, received));
    },
    throw(error) {
      if (awaiting !== null) {
        awaiting = null;
        throw error;
      }
      const thrower = iterator.throw;
      if (thrower !== undefined && thrower !== null) return turn('throw', () => thrower.call(iterator, error));
      const close = iterator.return;
      if (close === undefined || close === null) throw new TypeError('The iterator does not provide a \'throw\' method');
      return turn('close', () => close.call(iterator));
    },
    return(received) {
      if (isReturning) return { done: true, value: received };
      const close = iterator.return;
      if (close === undefined || close === null) return { done: true, value: received };
      return turn('return', () => close.call(iterator, received));
    },
  };
}

module.exports = {
  async: binding.async,
  await: Await,
  asyncGenerator: binding.asyncGenerator,
  startAsyncGenerator,
  forAwait,
  read,
  yieldStar,
  asyncGeneratorPrototype,
  asyncIteratorPrototype,
};
