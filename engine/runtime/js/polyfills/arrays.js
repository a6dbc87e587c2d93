// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Array and typed-array methods that V4 lacks or has with other semantics: stable sort, species, joins of cyclic arrays.

const { defineMethods } = require('./define');
const { toObject, toIntegerOrInfinity, toLength, requireCallable, relativeIndex } = require('./operations');
const { sortValues } = require('./sort');

const { isArray } = Array;
const nativePrototype = Array.prototype;
const nativeJoin = nativePrototype.join;

/** What V8 says of the compare function of sort and toSorted. */
function requireComparator(comparator) {
  if (comparator !== undefined && typeof comparator !== 'function') {
    throw new TypeError('The comparison function must be either a function or undefined');
  }
}

function createDataProperty(target, key, value) {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** ArraySpeciesCreate, or undefined if the answer is an ordinary Array. */
function speciesConstructor(array) {
  if (!isArray(array)) return undefined;
  let constructor = array.constructor;
  if (constructor === Array) return undefined;
  if (constructor !== null && (typeof constructor === 'object' || typeof constructor === 'function')) {
    constructor = constructor[Symbol.species];
    if (constructor === null) return undefined;
  }
  if (constructor === undefined || constructor === Array) return undefined;
  if (typeof constructor !== 'function') throw new TypeError('object.constructor[Symbol.species] is not a constructor');
  return constructor;
}

function flattenInto(target, source, depth) {
  const length = toLength(source.length);
  for (let index = 0; index < length; index++) {
    if (!(index in source)) continue;
    const value = source[index];
    if (depth > 0 && isArray(value)) flattenInto(target, value, depth - 1);
    else createDataProperty(target, target.length, value);
  }
}

function emptyLike(array, length) {
  const Constructor = speciesConstructor(array);
  return Constructor === undefined ? [] : new Constructor(length);
}

const missing = {
  at(index) {
    const array = toObject(this);
    const length = toLength(array.length);
    const position = relativeIndex(index, length);
    return position < 0 || position >= length ? undefined : array[position];
  },
  flat(/* depth */) {
    const array = toObject(this);
    const depth = arguments.length === 0 || arguments[0] === undefined ? 1 : toIntegerOrInfinity(arguments[0]);
    const result = emptyLike(array, 0);
    flattenInto(result, array, depth);
    return result;
  },
  flatMap(callback /* , thisArgument */) {
    const array = toObject(this);
    const length = toLength(array.length);
    if (typeof callback !== 'function') throw new TypeError('flatMap mapper function is not callable');
    const thisArgument = arguments[1];
    const result = emptyLike(array, 0);
    for (let index = 0; index < length; index++) {
      if (!(index in array)) continue;
      const value = callback.call(thisArgument, array[index], index, array);
      if (isArray(value)) flattenInto(result, value, 0);
      else createDataProperty(result, result.length, value);
    }
    return result;
  },
  findLast(predicate /* , thisArgument */) {
    const array = toObject(this, 'Array.prototype.findLast');
    const length = toLength(array.length);
    requireCallable(predicate);
    const thisArgument = arguments[1];
    for (let index = length - 1; index >= 0; index--) {
      const value = array[index];
      if (predicate.call(thisArgument, value, index, array)) return value;
    }
    return undefined;
  },
  findLastIndex(predicate /* , thisArgument */) {
    const array = toObject(this, 'Array.prototype.findLastIndex');
    const length = toLength(array.length);
    requireCallable(predicate);
    const thisArgument = arguments[1];
    for (let index = length - 1; index >= 0; index--) {
      if (predicate.call(thisArgument, array[index], index, array)) return index;
    }
    return -1;
  },
  toReversed() {
    const array = toObject(this);
    const length = checkedLength(array);
    const result = new Array(length);
    for (let index = 0; index < length; index++) result[index] = array[length - 1 - index];
    return result;
  },
  toSorted(comparator) {
    requireComparator(comparator);
    const array = toObject(this);
    const length = checkedLength(array);
    const values = [];
    let undefinedCount = 0;
    for (let index = 0; index < length; index++) {
      const value = array[index];
      if (value === undefined) undefinedCount++;
      else values.push(value);
    }
    const result = sortValues(values, comparator);
    while (undefinedCount-- > 0) result.push(undefined);
    return result;
  },
  toSpliced(start, skipCount /* , ...items */) {
    const array = toObject(this);
    const length = toLength(array.length);
    const from = clampRelative(start, length);
    const itemCount = Math.max(arguments.length - 2, 0);
    let skip;
    if (arguments.length === 0) skip = 0;
    else if (arguments.length === 1) skip = length - from;
    else skip = Math.min(Math.max(toIntegerOrInfinity(skipCount), 0), length - from);
    const newLength = length + itemCount - skip;
    if (newLength > Number.MAX_SAFE_INTEGER) throw new TypeError('Invalid array length');
    if (newLength > 4294967295) throw new RangeError('Invalid array length');
    const result = new Array(newLength);
    let to = 0;
    for (; to < from; to++) result[to] = array[to];
    for (let item = 0; item < itemCount; item++) result[to++] = arguments[item + 2];
    for (let index = from + skip; index < length; index++) result[to++] = array[index];
    return result;
  },
  with(index, value) {
    const array = toObject(this);
    const length = checkedLength(array);
    const position = relativeIndex(index, length);
    if (position < 0 || position >= length) throw new RangeError('Invalid index : ' + String(toIntegerOrInfinity(index)));
    const result = new Array(length);
    for (let i = 0; i < length; i++) result[i] = i === position ? value : array[i];
    return result;
  },
};

function clampRelative(value, length) {
  const integer = toIntegerOrInfinity(value);
  return integer < 0 ? Math.max(length + integer, 0) : Math.min(integer, length);
}

function checkedLength(array) {
  const length = toLength(array.length);
  if (length > 4294967295) throw new RangeError('Invalid array length');
  return length;
}

const joining = [];

const replaced = {
  /** V4's sort is not stable, and its compare calls come in another order than V8's. */
  sort(comparator) {
    if (isArray(this) && this.length > 1 && Object.isFrozen(this)) {
      throw new TypeError("Cannot assign to read only property '0' of object '[object Array]'");
    }
    requireComparator(comparator);
    const array = toObject(this);
    const length = toLength(array.length);
    const values = [];
    let present = 0;
    for (let index = 0; index < length; index++) {
      const value = array[index];
      if (value !== undefined) {
        values.push(value);
        present++;
      } else if (index in array) present++;
    }
    const sorted = sortValues(values, comparator);
    const count = sorted.length;
    let index = 0;
    for (; index < count; index++) array[index] = sorted[index];
    for (; index < present; index++) array[index] = undefined;
    for (; index < length; index++) {
      if (index in array) delete array[index];
    }
    return array;
  },
  /** V4 recurses without end into an array that contains itself; V8 prints nothing there. */
  join(separator) {
    if (joining.length !== 0 && joining.indexOf(this) !== -1) return '';
    joining.push(this);
    try {
      return nativeJoin.call(this, separator);
    } finally {
      joining.pop();
    }
  },
  toLocaleString() {
    const array = toObject(this);
    if (joining.indexOf(array) !== -1) return '';
    joining.push(array);
    try {
      const parts = [];
      const length = toLength(array.length);
      for (let index = 0; index < length; index++) {
        const value = array[index];
        parts.push(value === undefined || value === null ? '' : String(value.toLocaleString(arguments[0], arguments[1])));
      }
      return nativeJoin.call(parts, ',');
    } finally {
      joining.pop();
    }
  },
};

// The methods below make a new array; V4 always makes a plain one, ECMAScript asks the constructor of the array.

function mapSpecies(Constructor, array, callback, thisArgument) {
  const length = toLength(array.length);
  requireCallable(callback);
  const result = new Constructor(length);
  for (let index = 0; index < length; index++) {
    if (index in array) createDataProperty(result, index, callback.call(thisArgument, array[index], index, array));
  }
  return result;
}

function filterSpecies(Constructor, array, callback, thisArgument) {
  const length = toLength(array.length);
  requireCallable(callback);
  const result = new Constructor(0);
  let to = 0;
  for (let index = 0; index < length; index++) {
    if (!(index in array)) continue;
    const value = array[index];
    if (callback.call(thisArgument, value, index, array)) createDataProperty(result, to++, value);
  }
  return result;
}

function copySpecies(Constructor, values) {
  const result = new Constructor(values.length);
  for (let index = 0; index < values.length; index++) {
    if (index in values) createDataProperty(result, index, values[index]);
  }
  result.length = values.length;
  return result;
}

function clampedIndex(index, length) {
  return Math.min(Math.max(relativeIndex(index, length), 0), length);
}

function sliceLength(length, start, end) {
  return Math.max((end === undefined ? length : clampedIndex(end, length)) - clampedIndex(start, length), 0);
}

/** Methods that V4 has with another meaning of what is left out, or of holes. */
function installCorrected(Array, prototype) {
  const { from } = Array;
  const { fill, join } = prototype;
  defineMethods(Array, {
    from(source /* , mapper, thisArgument */) {
      // V4 takes a text for a list of code units, and undefined for a mapper.
      const items = typeof source === 'string' ? [...source] : source;
      return arguments[1] === undefined ? from.call(this, items) : from.call(this, items, arguments[1], arguments[2]);
    },
  }, true);
  defineMethods(prototype, {
    fill(value /* , start, end */) {
      // V4 reads a value that is not given, and takes Infinity for the start.
      if (arguments.length < 2) return fill.call(this, value);
      const start = toIntegerOrInfinity(arguments[1]);
      return fill.call(this, value, start === Infinity ? Number.MAX_SAFE_INTEGER : start, arguments[2]);
    },
    toString() {
      const array = toObject(this, 'Array.prototype.toString');
      const own = array.join;
      if (own === join) return join.call(array);
      return typeof own === 'function' ? own.call(array) : Object.prototype.toString.call(array);
    },
  }, true);
}

function installSpecies(prototype) {
  const { map, filter, slice, splice, concat } = prototype;
  defineMethods(prototype, {
    map(callback /* , thisArgument */) {
      const Constructor = speciesConstructor(this);
      if (Constructor === undefined) return map.call(this, callback, arguments[1]);
      return mapSpecies(Constructor, this, callback, arguments[1]);
    },
    filter(callback /* , thisArgument */) {
      const Constructor = speciesConstructor(this);
      if (Constructor === undefined) return filter.call(this, callback, arguments[1]);
      return filterSpecies(Constructor, this, callback, arguments[1]);
    },
    slice(start, end) {
      const Constructor = speciesConstructor(this);
      const copy = slice.call(this, start, end);
      if (isArray(this)) { // V4 forgets holes at the end
        const length = sliceLength(this.length, start, end);
        if (copy.length < length) copy.length = length;
      }
      return Constructor === undefined ? copy : copySpecies(Constructor, copy);
    },
    splice(start, deleteCount) { // eslint-disable-line no-unused-vars -- the length is 2
      const Constructor = speciesConstructor(this);
      const removed = splice.apply(this, arguments);
      return Constructor === undefined ? removed : copySpecies(Constructor, removed);
    },
    concat(item) { // eslint-disable-line no-unused-vars -- the length is 1
      const Constructor = speciesConstructor(this);
      const joined = concat.apply(this, arguments);
      return Constructor === undefined ? joined : copySpecies(Constructor, joined);
    },
  }, true);
}

function installArrays(global, binding, loadLib) {
  binding.setArrayLikeMethods((name) => loadLib().polyfills.genericArrayMethod(name));
  const prototype = global.Array.prototype;
  defineMethods(prototype, missing);
  defineMethods(prototype, replaced, true);
  installCorrected(global.Array, prototype);
  installSpecies(prototype);
  const unscopables = prototype[Symbol.unscopables];
  for (const name of ['at', 'findLast', 'findLastIndex', 'flat', 'flatMap', 'toReversed', 'toSorted', 'toSpliced']) {
    unscopables[name] = true;
  }
}

module.exports = { installArrays, requireComparator };
