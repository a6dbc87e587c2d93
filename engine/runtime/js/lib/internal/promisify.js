// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// util.promisify, util.callbackify, util.deprecate.

const { codes } = require('../../core/errors');
const { validateFunction, validateString } = require('../../core/validators');

const custom = Symbol.for('nodejs.util.promisify.custom');
// Names for the properties of the result when a callback gets more than one value, as fs.read's does.
const customArguments = Symbol('customPromisifyArgs');

function promisify(original) {
  validateFunction(original, 'original');
  const ready = original[custom];
  if (ready) {
    validateFunction(ready, 'util.promisify.custom');
    return Object.defineProperty(ready, custom, { value: ready, enumerable: false, writable: false, configurable: true });
  }
  const names = original[customArguments];
  function fn(...args) {
    return new Promise((resolve, reject) => {
      args.push((error, ...values) => {
        if (error) {
          reject(error);
        } else if (names !== undefined && values.length > 1) {
          const result = {};
          names.forEach((name, i) => { result[name] = values[i]; });
          resolve(result);
        } else {
          resolve(values[0]);
        }
      });
      original.apply(this, args);
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, custom, { value: fn, enumerable: false, writable: false, configurable: true });
  return copyProperties(fn, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = custom;

function copyProperties(target, descriptors) {
  for (const key of Reflect.ownKeys(descriptors)) {
    const existing = Object.getOwnPropertyDescriptor(target, key);
    // V4's functions have a `prototype` that cannot be redefined.
    if (existing !== undefined && !existing.configurable) {
      if (existing.writable && 'value' in descriptors[key]) target[key] = descriptors[key].value;
    } else {
      Object.defineProperty(target, key, descriptors[key]);
    }
  }
  return target;
}

function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const last = args.pop();
    validateFunction(last, 'last argument');
    const callback = last.bind(this);
    original.apply(this, args).then(
      (value) => process.nextTick(callback, null, value),
      (reason) => process.nextTick(() => callback(reason || new codes.ERR_FALSY_VALUE_REJECTION(reason))));
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (descriptors.length !== undefined && typeof descriptors.length.value === 'number') ++descriptors.length.value;
  if (descriptors.name !== undefined && typeof descriptors.name.value === 'string') {
    descriptors.name.value += 'Callbackified';
  }
  return copyProperties(callbackified, descriptors);
}

const codesWarned = new Set();

function deprecate(fn, message, code) {
  if (code !== undefined) validateString(code, 'code');
  let warned = false;
  function warn() {
    if (warned || process.noDeprecation) return;
    warned = true;
    if (code === undefined) {
      process.emitWarning(message, 'DeprecationWarning');
    } else if (!codesWarned.has(code)) {
      codesWarned.add(code);
      process.emitWarning(message, 'DeprecationWarning', code);
    }
  }
  function deprecated(...args) {
    warn();
    return new.target ? Reflect.construct(fn, args, new.target) : fn.apply(this, args);
  }
  Object.setPrototypeOf(deprecated, fn);
  if (fn.prototype) deprecated.prototype = fn.prototype;
  return deprecated;
}

module.exports = { callbackify, customArguments, deprecate, promisify };
