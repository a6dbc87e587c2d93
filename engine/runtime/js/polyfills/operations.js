// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// ECMAScript's abstract operations, as far as the polyfills need them, with V8's words for what goes wrong.

/** `this` of a method of Object kind; V8 names the method in some messages. */
function toObject(value, method) {
  if (value === null || value === undefined) {
    throw new TypeError(method === undefined ? 'Cannot convert undefined or null to object' : `${method} called on null or undefined`);
  }
  return typeof value === 'object' || typeof value === 'function' ? value : Object(value);
}

function toIntegerOrInfinity(value) {
  const number = +value;
  return number !== number ? 0 : Math.trunc(number) + 0;
}

function toLength(value) {
  if (typeof value === 'number' && value >= 0 && value <= 4294967295) return value >>> 0;
  const integer = toIntegerOrInfinity(value);
  return integer <= 0 ? 0 : Math.min(integer, Number.MAX_SAFE_INTEGER);
}

/** The absolute position of an index that counts from the end if negative; may lie outside of 0..length-1. */
function relativeIndex(index, length) {
  const integer = toIntegerOrInfinity(index);
  return integer >= 0 ? integer : length + integer;
}

function isObject(value) {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}

/** A value as V8 shows it in messages: strings in quotes, objects as #<Constructor>. */
function describe(value) {
  switch (typeof value) {
    case 'string': return `"${value}"`;
    case 'symbol': return String(value);
    case 'function': return Function.prototype.toString.call(value);
    case 'object': {
      if (value === null) return 'null';
      const tag = Object.prototype.toString.call(value);
      if (tag === '[object Array]') return '[object Array]';
      if (tag === '[object Error]') return String(value);
      return `#<${constructorName(value)}>`;
    }
    default: return String(value);
  }
}

/** The name of the class that made an object, as V8 reports it. */
function constructorName(object) {
  for (let holder = object; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, 'constructor');
    if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name) return descriptor.value.name;
  }
  return 'Object';
}

function requireCallable(value) {
  if (typeof value !== 'function') throw new TypeError(`${describe(value)} is not a function`);
  return value;
}

function isConstructor(value) {
  if (typeof value !== 'function') return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch (error) {
    return false;
  }
}

/** CreateListFromIterable's head: the iterator of a value, or V8's error. */
function getIterator(value) {
  if (value === null || value === undefined) {
    throw new TypeError(`${value} is not iterable`);
  }
  const method = value[Symbol.iterator];
  if (typeof method !== 'function') {
    const kind = typeof value;
    throw new TypeError(`${kind === 'object' || kind === 'function' ? kind : `${kind} ${describe(value)}`} is not iterable ` +
                        '(cannot read property Symbol(Symbol.iterator))');
  }
  return method.call(value);
}

module.exports = {
  toObject, toIntegerOrInfinity, toLength, relativeIndex, isObject, describe, constructorName, requireCallable, isConstructor, getIterator,
};
