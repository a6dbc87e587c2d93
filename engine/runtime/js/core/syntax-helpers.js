// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What the instrumenter's own rewritings call ($h), beside the helpers of lowering.js. docs/decisions/lowering.md shows the forms.

const binding = require('./binding');
const { forAwait, read } = require('./lowering');

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * The state of one `for await` loop. The lowered loop awaits what next() and close() give; everything between the awaits is here
 * (ECMAScript 14.7.5.6 ForIn/OfBodyEvaluation, 7.4.12 AsyncIteratorClose).
 */
class AwaitLoop {
  constructor(iterable) {
    this.iterator = forAwait(iterable);
    this.value = undefined;
    this.inBody = false;
    this.failed = false;
    this.error = undefined;
    this.method = undefined;
  }

  next() {
    this.inBody = false; // what goes wrong in next() does not close the iterator
    return this.iterator.next();
  }

  /** Takes an awaited result; false ends the loop. */
  step(result) {
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
    if (read(result, 'done')) return false;
    this.value = read(result, 'value');
    this.inBody = true;
    return true;
  }

  /** The body threw. */
  fail(error) {
    this.failed = true;
    this.error = error;
  }

  /** True if the loop was left early and the iterator wants to know. */
  isOpen() {
    if (!this.inBody) return false;
    this.method = this.iterator.return;
    return this.method !== undefined && this.method !== null;
  }

  close() {
    return this.method.call(this.iterator);
  }

  check(result) {
    if (!this.failed && !isObject(result)) throw new TypeError(`${String(result)} is not an object`);
  }

  /** The body's own error wins over any of closing. */
  end() {
    if (this.failed) throw this.error;
  }
}

const { getOwnPropertyDescriptor, defineProperty, setPrototypeOf } = Object;
const propertyIsEnumerable = Object.prototype.propertyIsEnumerable;

/** `{...source}` (CopyDataProperties). */
function spreadValues(target, source) {
  if (source === undefined || source === null) return target;
  const from = Object(source);
  const keys = Reflect.ownKeys(from);
  for (let index = 0; index < keys.length; ++index) {
    const key = keys[index];
    if (!propertyIsEnumerable.call(from, key)) continue;
    if (key in target) defineProperty(target, key, { value: from[key], writable: true, enumerable: true, configurable: true });
    else target[key] = from[key];
  }
  return target;
}

/** `{a, ...rest} = source`: what is left but for the keys taken before. */
function objectRest(source, taken) {
  if (source === undefined || source === null) throw new TypeError(`Cannot destructure '${source}' as it is ${source}.`);
  const from = Object(source);
  const rest = {};
  const keys = Reflect.ownKeys(from);
  for (let index = 0; index < keys.length; ++index) {
    const key = keys[index];
    if (taken.indexOf(key) >= 0 || !propertyIsEnumerable.call(from, key)) continue;
    defineProperty(rest, key, { value: from[key], writable: true, enumerable: true, configurable: true });
  }
  return rest;
}

/** The properties that follow a spread: defined as they are, accessors too. */
function spreadProps(target, literal) {
  const keys = Reflect.ownKeys(literal);
  for (let index = 0; index < keys.length; ++index) defineProperty(target, keys[index], getOwnPropertyDescriptor(literal, keys[index]));
  return target;
}

/** `{__proto__: value, ...}`: V4 makes a plain property of it. */
function withPrototype(object) {
  const description = getOwnPropertyDescriptor(object, '__proto__');
  if (description === undefined) return object;
  delete object.__proto__;
  if (isObject(description.value) || description.value === null) setPrototypeOf(object, description.value);
  return object;
}

/** The name of a function or class that esbuild renamed. */
function setName(target, value) {
  return typeof target === 'function' ? defineProperty(target, 'name', { value, configurable: true }) : target;
}

/** A parameter that a default value reads before it is bound. */
function deadName(name) {
  throw new ReferenceError(`Cannot access '${name}' before initialization`);
}

/** A property that an operator (on a BigInt, or one that V4 gets wrong) reads and writes: object and key were evaluated once. */
class BigReference {
  constructor(object, key, isStrict) {
    this.object = object;
    this.key = typeof key === 'object' && key !== null ? toPropertyKey(key) : key;
    this.isStrict = isStrict;
    this.value = object[this.key];
  }

  set(value) {
    if (!Reflect.set(Object(this.object), this.key, value, this.object) && this.isStrict) {
      throw new TypeError(`Cannot assign to read only property '${String(this.key)}' of object`);
    }
    return value;
  }

  assign(operation, operand) {
    return this.set(binding.bigInt()[operation](this.value, operand));
  }

  multiply(operand) {
    return this.set(binding.multiply(this.value, operand));
  }

  update(operation, givesNew) {
    const old = binding.bigInt().numeric(this.value);
    const value = this.set(binding.bigInt()[operation](old));
    return givesNew ? value : old;
  }
}

function toPropertyKey(key) {
  const primitive = binding.bigInt().toPrimitive(key, 'string');
  return typeof primitive === 'symbol' ? primitive : String(primitive);
}

module.exports = {
  bigReference: (object, key, isStrict) => new BigReference(object, key, isStrict),
  loop: (iterable) => new AwaitLoop(iterable),
  objectRest,
  spreadValues,
  spreadProps,
  withPrototype,
  deadName,
  name: setName,
  text: binding.text,
  product: binding.product,
  multiply: binding.multiply,
  delete: binding.delete,
  eval: binding.eval,
  forIn: binding.forIn,
  markNames: binding.markNames,
  keepName: binding.keepName,
  restoreNames: binding.restoreNames,
  inherits: binding.inherits,
  isInstance: binding.instanceOf,
  regexp: (source, flags) => new RegExp(source, flags),
};
