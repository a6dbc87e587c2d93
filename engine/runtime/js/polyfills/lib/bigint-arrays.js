// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// BigInt64Array and BigUint64Array, which V4 lacks: proxies of a DataView through which their elements are read and written. Natives
// see that view (bytesOf in engine/runtime/Natives.h); methods of %TypedArray%.prototype do not take them, they have their own.

const { defineHidden, defineMethods } = require('../define');
const { relativeIndex, toIntegerOrInfinity } = require('../operations');

const bytesPerElement = 8;
const states = new WeakMap(); // proxy or its target -> { view, buffer, byteOffset, length, proxy }

const isIndex = (key) => typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key);

function stateOf(array) {
  const state = states.get(array);
  if (state === undefined) throw new TypeError('this is not a typed array.');
  return state;
}

/** The array that a proxy's target, which is all that inspect() looks at, belongs to; undefined for anything else. */
function arrayOf(value) {
  const state = states.get(value);
  return state === undefined ? undefined : state.proxy;
}

/** Traps of one of the two classes. `get` and `set` are DataView's. */
function handlerOf({ get, set }) {
  const read = (state, key) => (Number(key) < state.length ? get.call(state.view, Number(key) * bytesPerElement, true) : undefined);
  const write = (state, key, value) => {
    if (Number(key) < state.length) set.call(state.view, Number(key) * bytesPerElement, value, true);
    return true;
  };
  return {
    get: (target, key, receiver) => (isIndex(key) ? read(states.get(target), key) : Reflect.get(target, key, receiver)),
    set: (target, key, value, receiver) =>
      (isIndex(key) ? write(states.get(target), key, value) : Reflect.set(target, key, value, receiver)),
    has: (target, key) => (isIndex(key) ? Number(key) < states.get(target).length : Reflect.has(target, key)),
    deleteProperty: (target, key) => (isIndex(key) ? Number(key) >= states.get(target).length : Reflect.deleteProperty(target, key)),
    ownKeys: (target) => [...Array.from({ length: states.get(target).length }, (_, index) => String(index)), ...Reflect.ownKeys(target)],
    getOwnPropertyDescriptor(target, key) {
      if (!isIndex(key)) return Reflect.getOwnPropertyDescriptor(target, key);
      const value = read(states.get(target), key);
      return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
    },
    defineProperty: (target, key, descriptor) =>
      (isIndex(key) ? write(states.get(target), key, descriptor.value) : Reflect.defineProperty(target, key, descriptor)),
  };
}

const isBuffer = (value) => value instanceof ArrayBuffer || Object.prototype.toString.call(value) === '[object SharedArrayBuffer]';

/** What `new BigInt64Array(source, byteOffset, length)` views, and the values to begin with. */
function allocation(name, source, byteOffset, length) {
  if (typeof source !== 'object' || source === null) {
    const count = toIntegerOrInfinity(source);
    if (count < 0 || count > 2 ** 32) throw new RangeError(`Invalid typed array length: ${count}`);
    return { buffer: new ArrayBuffer(count * bytesPerElement), byteOffset: 0, length: count, values: [] };
  }
  if (!isBuffer(source)) {
    const values = Array.from(source);
    return { buffer: new ArrayBuffer(values.length * bytesPerElement), byteOffset: 0, length: values.length, values };
  }
  const offset = toIntegerOrInfinity(byteOffset);
  if (offset % bytesPerElement !== 0) throw new RangeError(`start offset of ${name} should be a multiple of ${bytesPerElement}`);
  const rest = source.byteLength - offset;
  if (length === undefined && source.byteLength % bytesPerElement !== 0) {
    throw new RangeError(`byte length of ${name} should be a multiple of ${bytesPerElement}`);
  }
  if (rest < 0) throw new RangeError(`Start offset ${offset} is outside the bounds of the buffer`);
  const count = length === undefined ? rest / bytesPerElement : toIntegerOrInfinity(length);
  if (count * bytesPerElement > rest) throw new RangeError(`Invalid typed array length: ${count}`);
  return { buffer: source, byteOffset: offset, length: count, values: [] };
}

function makeClass(name, access, natives) {
  const handler = handlerOf(access);
  const Class = { [name]: function (source, byteOffset, length) {
    if (new.target === undefined) throw new TypeError(`Constructor ${name} requires 'new'`);
    const { values, ...state } = allocation(name, source, byteOffset, length);
    const view = new DataView(state.buffer, state.byteOffset, state.length * bytesPerElement);
    const target = new DataView(state.buffer, state.byteOffset, view.byteLength); // has the prototype of the class, `view` that of its own
    Object.setPrototypeOf(target, new.target.prototype);
    const proxy = new Proxy(target, handler);
    Object.assign(state, { proxy, view });
    states.set(target, state);
    states.set(proxy, state);
    values.forEach((value, index) => { proxy[index] = value; });
    return proxy;
  } }[name];
  Object.defineProperty(Class, 'length', { value: 3, configurable: true });
  const { prototype } = Class;
  Object.setPrototypeOf(Class, Object.getPrototypeOf(Int8Array));
  Object.setPrototypeOf(prototype, Object.getPrototypeOf(Int8Array.prototype));
  Object.defineProperty(Class, 'prototype', { writable: false });
  for (const owner of [Class, prototype]) Object.defineProperty(owner, 'BYTES_PER_ELEMENT', { value: bytesPerElement });
  defineHidden(prototype, 'constructor', Class);
  defineMethods(Class, {
    from(source /* , map, receiver */) { return new this(Array.from(...arguments)); },
    of(...values) { return new this(values); },
  });
  defineMethods(prototype, methodsOf(Class, name, natives), true);
  for (const method of ['at', 'copyWithin', 'entries', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'forEach', 'includes', 'indexOf',
                        'join', 'keys', 'lastIndexOf', 'reduce', 'reduceRight', 'reverse', 'some', 'toLocaleString', 'toString', 'values']) {
    defineHidden(prototype, method, Array.prototype[method]);
  }
  defineHidden(prototype, Symbol.iterator, prototype.values);
  return Class;
}

function methodsOf(Class, name, natives) {
  const numerical = (a, b) => (natives.lt(a, b) ? -1 : natives.gt(a, b) ? 1 : 0);
  const copied = (method) => function (...given) { return new Class(Array.prototype[method].apply(Array.from(this), given)); };
  return {
    get [Symbol.toStringTag]() { return states.has(this) ? name : undefined; },
    get buffer() { return stateOf(this).buffer; },
    get byteLength() { return stateOf(this).length * bytesPerElement; },
    get byteOffset() { return stateOf(this).byteOffset; },
    get length() { return stateOf(this).length; },
    fill(value /* , start, end */) {
      const converted = natives.toBigInt(value);
      return Array.prototype.fill.call(this, converted, arguments[1], arguments[2]);
    },
    set(source /* , offset */) {
      const offset = toIntegerOrInfinity(arguments[1]);
      const values = Array.from(source);
      if (offset < 0 || values.length + offset > stateOf(this).length) throw new RangeError('offset is out of bounds');
      values.forEach((value, index) => { this[index + offset] = value; });
    },
    sort(comparator) {
      const sorted = Array.from(this).sort(comparator === undefined ? numerical : comparator);
      sorted.forEach((value, index) => { this[index] = value; });
      return this;
    },
    subarray(start, end) {
      const { buffer, byteOffset, length } = stateOf(this);
      const clamped = (index, fallback) => Math.min(Math.max(index === undefined ? fallback : relativeIndex(index, length), 0), length);
      const first = clamped(start, 0);
      return new Class(buffer, byteOffset + first * bytesPerElement, Math.max(clamped(end, length) - first, 0));
    },
    toSorted(comparator) { return new Class(this).sort(comparator); },
    filter: copied('filter'),
    map: copied('map'),
    slice: copied('slice'),
    toReversed: copied('toReversed'),
    with: copied('with'),
  };
}

/** Lets ArrayBuffer.isView() know them. */
function extendIsView() {
  const { isView } = ArrayBuffer;
  defineMethods(ArrayBuffer, { isView(value) { return isView(value) || (value !== null && typeof value === 'object' && states.has(value)); } }, true);
}

/** `natives` are binding.bigInt(). */
function makeBigIntArrays(natives) {
  extendIsView();
  const { getBigInt64, getBigUint64, setBigInt64, setBigUint64 } = DataView.prototype;
  return {
    BigInt64Array: makeClass('BigInt64Array', { get: getBigInt64, set: setBigInt64 }, natives),
    BigUint64Array: makeClass('BigUint64Array', { get: getBigUint64, set: setBigUint64 }, natives),
    arrayOf,
  };
}

module.exports = { makeBigIntArrays };
