// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Array.prototype's methods for proxies and array-likes, step by step as ECMAScript has them, so that every trap and getter sees what it sees
// in V8. V4's own ones reach past them.

const { toObject, toIntegerOrInfinity, toLength, isObject } = require('../operations');

const { isArray } = Array;

function relativeIndex(position, length, otherwise) {
  if (position === undefined) return otherwise;
  const index = toIntegerOrInfinity(position);
  return index < 0 ? Math.max(length + index, 0) : Math.min(index, length);
}

/** ArraySpeciesCreate */
function emptyLike(array, length) {
  if (!isArray(array)) return new Array(length);
  let constructor = array.constructor;
  if (isObject(constructor)) constructor = constructor[Symbol.species];
  if (constructor === undefined || constructor === null) return new Array(length);
  if (typeof constructor !== 'function') throw new TypeError('object.constructor[Symbol.species] is not a constructor');
  return new constructor(length);
}

function createDataProperty(target, key, value) {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Moves what stands at `from` to `to`, or the hole. */
function move(array, from, to) {
  if (from in array) array[to] = array[from];
  else delete array[to];
}

function isConcatSpreadable(value) {
  if (!isObject(value)) return false;
  const spreadable = value[Symbol.isConcatSpreadable];
  return spreadable === undefined ? isArray(value) : Boolean(spreadable);
}

const methods = {
  push(...items) {
    const array = toObject(this, 'Array.prototype.push');
    let length = toLength(array.length);
    if (length + items.length > Number.MAX_SAFE_INTEGER) {
      throw new TypeError(`Pushing ${items.length} elements on an array-like of length ${length} is disallowed by ECMA-262`);
    }
    for (const item of items) array[length++] = item;
    array.length = length;
    return length;
  },

  pop() {
    const array = toObject(this, 'Array.prototype.pop');
    const length = toLength(array.length);
    if (length === 0) {
      array.length = 0;
      return undefined;
    }
    const last = array[length - 1];
    delete array[length - 1];
    array.length = length - 1;
    return last;
  },

  shift() {
    const array = toObject(this, 'Array.prototype.shift');
    const length = toLength(array.length);
    if (length === 0) {
      array.length = 0;
      return undefined;
    }
    const first = array[0];
    for (let index = 1; index < length; index++) move(array, index, index - 1);
    delete array[length - 1];
    array.length = length - 1;
    return first;
  },

  unshift(...items) {
    const array = toObject(this, 'Array.prototype.unshift');
    const length = toLength(array.length);
    if (items.length > 0) {
      for (let index = length; index > 0; index--) move(array, index - 1, index + items.length - 1);
      for (let index = 0; index < items.length; index++) array[index] = items[index];
    }
    array.length = length + items.length;
    return length + items.length;
  },

  splice(...args) {
    const array = toObject(this, 'Array.prototype.splice');
    const length = toLength(array.length);
    const start = relativeIndex(args[0], length, 0);
    const items = args.slice(2);
    let count = 0;
    if (args.length === 1) count = length - start;
    else if (args.length > 1) count = Math.min(Math.max(toIntegerOrInfinity(args[1]), 0), length - start);
    const removed = emptyLike(array, count);
    for (let index = 0; index < count; index++) {
      if (start + index in array) createDataProperty(removed, index, array[start + index]);
    }
    removed.length = count;
    const difference = items.length - count;
    if (difference < 0) {
      for (let index = start; index < length - count; index++) move(array, index + count, index + items.length);
      for (let index = length; index > length + difference; index--) delete array[index - 1];
    } else if (difference > 0) {
      for (let index = length - count; index > start; index--) move(array, index + count - 1, index + items.length - 1);
    }
    for (let index = 0; index < items.length; index++) array[start + index] = items[index];
    array.length = length + difference;
    return removed;
  },

  reverse() {
    const array = toObject(this, 'Array.prototype.reverse');
    const length = toLength(array.length);
    for (let lower = 0; lower < Math.floor(length / 2); lower++) {
      const upper = length - 1 - lower;
      const hasLower = lower in array;
      const lowerValue = hasLower ? array[lower] : undefined;
      const hasUpper = upper in array;
      const upperValue = hasUpper ? array[upper] : undefined;
      if (hasUpper) array[lower] = upperValue;
      else if (hasLower) delete array[lower];
      if (hasLower) array[upper] = lowerValue;
      else if (hasUpper) delete array[upper];
    }
    return array;
  },

  fill(value, start, end) {
    const array = toObject(this, 'Array.prototype.fill');
    const length = toLength(array.length);
    const last = relativeIndex(end, length, length);
    for (let index = relativeIndex(start, length, 0); index < last; index++) array[index] = value;
    return array;
  },

  copyWithin(target, start, end) {
    const array = toObject(this, 'Array.prototype.copyWithin');
    const length = toLength(array.length);
    let to = relativeIndex(target, length, 0);
    let from = relativeIndex(start, length, 0);
    let count = Math.min(relativeIndex(end, length, length) - from, length - to);
    const step = from < to && to < from + count ? -1 : 1;
    if (step < 0) {
      from += count - 1;
      to += count - 1;
    }
    for (; count > 0; count--, from += step, to += step) move(array, from, to);
    return array;
  },

  slice(start, end) {
    const array = toObject(this, 'Array.prototype.slice');
    const length = toLength(array.length);
    const first = relativeIndex(start, length, 0);
    const last = relativeIndex(end, length, length);
    const result = emptyLike(array, Math.max(last - first, 0));
    let count = 0;
    for (let index = first; index < last; index++, count++) {
      if (index in array) createDataProperty(result, count, array[index]);
    }
    result.length = count;
    return result;
  },

  indexOf(item, start) {
    const array = toObject(this, 'Array.prototype.indexOf');
    const length = toLength(array.length);
    for (let index = relativeIndex(start, length, 0); index < length; index++) {
      if (index in array && array[index] === item) return index;
    }
    return -1;
  },

  lastIndexOf(...args) {
    const array = toObject(this, 'Array.prototype.lastIndexOf');
    const length = toLength(array.length);
    const start = args.length > 1 ? toIntegerOrInfinity(args[1]) : length - 1;
    for (let index = start < 0 ? length + start : Math.min(start, length - 1); index >= 0; index--) {
      if (index in array && array[index] === args[0]) return index;
    }
    return -1;
  },

  concat(...items) {
    const array = toObject(this, 'Array.prototype.concat');
    const result = emptyLike(array, 0);
    let count = 0;
    for (const item of [array, ...items]) {
      if (isConcatSpreadable(item)) {
        const length = toLength(item.length);
        for (let index = 0; index < length; index++, count++) {
          if (index in item) createDataProperty(result, count, item[index]);
        }
      } else {
        createDataProperty(result, count++, item);
      }
    }
    result.length = count;
    return result;
  },
};

/** The method `name` of Array.prototype. */
function genericArrayMethod(name) {
  return methods[name];
}

module.exports = { genericArrayMethod };
