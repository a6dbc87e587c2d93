// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// How a built-in is put into place. Missing methods are written as methods of an object literal, which gives them what
// ECMAScript asks of built-in functions: a name, a length, no `prototype`, no [[Construct]].

/** Defines target[key] as built-in methods are: writable, configurable, not enumerable. */
function defineHidden(target, key, value) {
  Object.defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true });
}

/** Copies the methods and accessors of `methods` (an object literal) onto `target`; only those it lacks unless `replace`. */
function defineMethods(target, methods, replace) {
  for (const key of Reflect.ownKeys(methods)) {
    if (!replace && Object.prototype.hasOwnProperty.call(target, key)) continue;
    const descriptor = Object.getOwnPropertyDescriptor(methods, key);
    descriptor.enumerable = false;
    Object.defineProperty(target, key, descriptor);
  }
}

/** A property that becomes a data property with the value of make() at its first use; assignments replace it too. */
function defineLazy(target, key, make) {
  Object.defineProperty(target, key, {
    configurable: true,
    enumerable: false,
    get() {
      const value = make();
      defineHidden(target, key, value);
      return value;
    },
    set(value) {
      defineHidden(this, key, value);
    },
  });
}

/** Makes a function look like `original` to name, length and prototype. */
function imitate(replacement, original) {
  Object.defineProperty(replacement, 'name', { value: original.name, configurable: true });
  Object.defineProperty(replacement, 'length', { value: original.length, configurable: true });
  return replacement;
}

module.exports = { defineHidden, defineMethods, defineLazy, imitate };
