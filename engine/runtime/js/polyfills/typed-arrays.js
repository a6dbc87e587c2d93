// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// %TypedArray%.prototype: what V4 lacks.

const { defineHidden, defineMethods } = require('./define');
const { describe, isConstructor, isObject, relativeIndex, requireCallable, toIntegerOrInfinity, toLength, toObject } = require('./operations');
const { requireComparator } = require('./arrays');
const { sortValues } = require('./sort');

const TypedArray = Object.getPrototypeOf(Int8Array);
const lengthOf = Object.getOwnPropertyDescriptor(TypedArray.prototype, 'length').get;
const tagOf = Object.getOwnPropertyDescriptor(TypedArray.prototype, Symbol.toStringTag).get;

let global;

/** The length of `value`, which has to be a typed array. */
function validLength(value) {
  if (typeof value !== 'object' || value === null || tagOf.call(value) === undefined) {
    throw new TypeError('this is not a typed array.');
  }
  return lengthOf.call(value);
}

function compareNumbers(a, b) {
  if (a !== a) return b !== b ? 0 : 1;
  if (b !== b || a < b) return -1;
  if (a > b) return 1;
  if (a === 0 && b === 0) return Object.is(a, -0) ? (Object.is(b, -0) ? 0 : -1) : (Object.is(b, -0) ? 1 : 0);
  return 0;
}

function sortedValues(array, length, comparator) {
  const values = [];
  for (let index = 0; index < length; index++) values.push(array[index]);
  return sortValues(values, comparator === undefined ? compareNumbers : comparator);
}

function sameKind(array, length) {
  return new global[tagOf.call(array)](length);
}

const missing = {
  at(index) {
    const length = validLength(this);
    const position = relativeIndex(index, length);
    return position < 0 || position >= length ? undefined : this[position];
  },
  findLast(predicate /* , thisArgument */) {
    const length = validLength(this);
    requireCallable(predicate);
    for (let index = length - 1; index >= 0; index--) {
      const value = this[index];
      if (predicate.call(arguments[1], value, index, this)) return value;
    }
    return undefined;
  },
  findLastIndex(predicate /* , thisArgument */) {
    const length = validLength(this);
    requireCallable(predicate);
    for (let index = length - 1; index >= 0; index--) {
      if (predicate.call(arguments[1], this[index], index, this)) return index;
    }
    return -1;
  },
  sort(comparator) {
    requireComparator(comparator);
    const length = validLength(this);
    const sorted = sortedValues(this, length, comparator);
    for (let index = 0; index < length; index++) this[index] = sorted[index];
    return this;
  },
  toReversed() {
    const length = validLength(this);
    const result = sameKind(this, length);
    for (let index = 0; index < length; index++) result[index] = this[length - 1 - index];
    return result;
  },
  toSorted(comparator) {
    requireComparator(comparator);
    const length = validLength(this);
    const sorted = sortedValues(this, length, comparator);
    const result = sameKind(this, length);
    for (let index = 0; index < length; index++) result[index] = sorted[index];
    return result;
  },
  with(index, value) {
    const length = validLength(this);
    const position = relativeIndex(index, length);
    const number = +value;
    if (position < 0 || position >= lengthOf.call(this)) throw new RangeError('Invalid typed array index');
    const result = sameKind(this, length);
    for (let i = 0; i < length; i++) result[i] = i === position ? number : this[i];
    return result;
  },
};

/** The values that an iterable gives; `method` is what makes its iterator. */
function listOfIterable(iterable, method) {
  if (typeof method !== 'function') throw new TypeError(`${describe(method)} is not a function`);
  const list = [];
  const iterator = method.call(iterable);
  if (!isObject(iterator)) throw new TypeError('Result of the Symbol.iterator method is not an object');
  const { next } = iterator;
  for (;;) {
    const step = next.call(iterator);
    if (!isObject(step)) throw new TypeError(`Iterator result ${String(step)} is not an object`);
    if (step.done) return list;
    list.push(step.value);
  }
}

/** TypedArrayCreate with a length */
function create(Constructor, length) {
  const array = new Constructor(length);
  if (validLength(array) < length) throw new TypeError('Derived TypedArray constructor created an array which was too small');
  return array;
}

const statics = {
  from(source /* , mapper, thisArgument */) {
    const mapper = arguments[1];
    if (!isConstructor(this)) throw new TypeError(`${describe(this)} is not a constructor`);
    if (mapper !== undefined) requireCallable(mapper);
    const method = source[Symbol.iterator];
    const values = method === undefined || method === null ? toObject(source) : listOfIterable(source, method);
    const length = toLength(values.length);
    const target = create(this, length);
    for (let index = 0; index < length; index++) {
      const value = values[index];
      target[index] = mapper === undefined ? value : mapper.call(arguments[2], value, index);
    }
    return target;
  },
};

function setElements(array, source, offset) {
  const length = toLength(source.length);
  if (offset + length > validLength(array)) throw new RangeError('offset is out of bounds');
  for (let index = 0; index < length; index++) array[offset + index] = source[index];
}

function installCorrected(prototype) {
  const { copyWithin, set } = prototype;
  defineMethods(prototype, {
    copyWithin(target, start /* , end */) {
      return copyWithin.call(this, target, start, arguments[2] === undefined ? validLength(this) : arguments[2]);
    },
    set(source /* , offset */) {
      validLength(this);
      const offset = toIntegerOrInfinity(arguments[1]);
      if (offset < 0 || offset === Infinity) throw new RangeError('offset is out of bounds');
      if (Array.isArray(source) || ArrayBuffer.isView(source)) set.call(this, source, offset);
      else setElements(this, toObject(source), offset);
    },
  }, true);
  defineHidden(prototype, 'toString', Array.prototype.toString);
}

function installTypedArrays(globalObject, binding) {
  global = globalObject;
  binding.setHook('listOfIterable', listOfIterable);
  defineMethods(TypedArray, statics, true);
  const prototype = TypedArray.prototype;
  installCorrected(prototype);
  defineMethods(prototype, missing);
  if (!Object.prototype.hasOwnProperty.call(prototype, 'constructor')) defineHidden(prototype, 'constructor', TypedArray);
  delete global.ArrayBuffer.prototype.toString;
  for (const kind of ['Uint8', 'Uint16', 'Uint32']) {
    // V4's own spelling beside the standard's.
    delete global.DataView.prototype[`get${kind.replace('Ui', 'UI')}`];
    delete global.DataView.prototype[`set${kind.replace('Ui', 'UI')}`];
  }
}

module.exports = { installTypedArrays };
