// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// BigInt, BigInt.prototype and what other built-ins do with BigInts. The values and their operators are C++'s; see docs/decisions/bigint.md.

const { defineHidden, defineMethods } = require('../define');
const { describe, isObject, toIntegerOrInfinity } = require('../operations');

/** `natives` are binding.bigIntNatives(). */
function makeBigInt(global, natives, binding, loadLib) {
  const { isBigInt } = natives;
  const boxes = new WeakMap(); // Object(bigint) -> bigint

  /** ToBigInt */
  function toBigInt(value) {
    const primitive = isObject(value) ? natives.toPrimitive(value, 'number') : value;
    if (isBigInt(primitive)) return primitive;
    if (typeof primitive === 'boolean') return natives.fromNumber(primitive ? 1 : 0);
    if (typeof primitive === 'string') {
      const parsed = natives.parse(primitive);
      if (parsed === undefined) throw new SyntaxError(`Cannot convert ${primitive} to a BigInt`);
      return parsed;
    }
    throw new TypeError(`Cannot convert ${describe(primitive)} to a BigInt`);
  }

  function toIndex(value) {
    const integer = toIntegerOrInfinity(isObject(value) ? natives.toPrimitive(value, 'number') : value);
    if (integer < 0 || integer > Number.MAX_SAFE_INTEGER) throw new RangeError('Invalid value: not (convertible to) a safe integer');
    return integer;
  }

  function BigInt(value) {
    if (new.target !== undefined) throw new TypeError('BigInt is not a constructor');
    const primitive = isObject(value) ? natives.toPrimitive(value, 'number') : value;
    if (typeof primitive !== 'number') return toBigInt(primitive);
    if (Number.isInteger(primitive)) return natives.fromNumber(primitive);
    throw new RangeError(`The number ${primitive} cannot be converted to a BigInt because it is not an integer`);
  }

  Object.defineProperty(BigInt, 'name', { value: 'BigInt', configurable: true }); // the bundler renames it
  const { prototype } = BigInt;
  Object.defineProperty(BigInt, 'prototype', { writable: false });
  defineHidden(prototype, 'constructor', BigInt);
  Object.defineProperty(prototype, Symbol.toStringTag, { value: 'BigInt', configurable: true });
  defineMethods(BigInt, {
    asUintN(bits, bigint) {
      const count = toIndex(bits);
      return natives.wrap(toBigInt(bigint), count, false);
    },
    asIntN(bits, bigint) {
      const count = toIndex(bits);
      return natives.wrap(toBigInt(bigint), count, true);
    },
  });

  function thisBigInt(value, method) {
    if (isBigInt(value)) return value;
    if (isObject(value) && boxes.has(value)) return boxes.get(value);
    throw new TypeError(`BigInt.prototype.${method} requires that 'this' be a BigInt`);
  }
  const methods = {
    toLocaleString(/* locales, options */) {
      const value = thisBigInt(this, 'toLocaleString');
      const number = natives.toNumber(value);
      if (Number.isSafeInteger(number) || arguments.length > 0) {
        return loadLib().polyfills.formatNumber(binding, number, arguments[0], arguments[1]);
      }
      return natives.toText(value, 10).replace(/\B(?=(?:\d{3})+$)/g, ',');
    },
    toString(/* radix */) {
      const value = thisBigInt(this, 'toString');
      const radix = arguments[0] === undefined ? 10 : toIntegerOrInfinity(arguments[0]);
      if (radix < 2 || radix > 36) throw new RangeError('toString() radix argument must be between 2 and 36');
      return natives.toText(value, radix);
    },
    valueOf() {
      return thisBigInt(this, 'valueOf');
    },
  };
  defineMethods(prototype, methods, true);

  const box = (value) => {
    const object = Object.create(prototype);
    boxes.set(object, value);
    return object;
  };
  natives.adopt(prototype, box, global.Number, global.Object, global.Boolean);
  natives.toBigInt = toBigInt;
  installDataView(global.DataView.prototype, natives);
  installTests(global.Array.prototype, natives);
  installTests(Object.getPrototypeOf(global.Uint8Array.prototype), natives);
  refuseInJson(global.JSON, isBigInt, binding, loadLib);
  return BigInt;
}

function installDataView(prototype, natives) {
  const { getUint32, setUint32 } = prototype;
  const get = (view, offset, littleEndian, isSigned) => {
    const low = getUint32.call(view, littleEndian ? offset : offset + 4, littleEndian);
    const high = getUint32.call(view, littleEndian ? offset + 4 : offset, littleEndian);
    return natives.fromWords(low, high, isSigned);
  };
  const set = (view, offset, value, littleEndian) => {
    const number = natives.toBigInt(value);
    setUint32.call(view, littleEndian ? offset + 4 : offset, natives.word(number, 1), littleEndian);
    setUint32.call(view, littleEndian ? offset : offset + 4, natives.word(number, 0), littleEndian);
  };
  defineMethods(prototype, {
    getBigInt64(byteOffset /* , littleEndian */) { return get(this, toIntegerOrInfinity(byteOffset), !!arguments[1], true); },
    getBigUint64(byteOffset /* , littleEndian */) { return get(this, toIntegerOrInfinity(byteOffset), !!arguments[1], false); },
    setBigInt64(byteOffset, value /* , littleEndian */) { set(this, toIntegerOrInfinity(byteOffset), value, !!arguments[2]); },
    setBigUint64(byteOffset, value /* , littleEndian */) { set(this, toIntegerOrInfinity(byteOffset), value, !!arguments[2]); },
  });
}

/** What a callback finds true or false may be 0n, an object to V4. */
function installTests(prototype, natives) {
  const tested = (callback, receiver) => (value, index, array) => natives.truth(callback.call(receiver, value, index, array));
  for (const name of ['filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex']) {
    const method = prototype[name];
    defineMethods(prototype, {
      [name](callback /* , receiver */) {
        return typeof callback === 'function' ? method.call(this, tested(callback, arguments[1])) : method.call(this, callback);
      },
    }, true);
  }
}

/** SerializeJSONProperty throws for a BigInt that neither toJSON nor the replacer took. */
function refuseInJson(JSON, isBigInt, binding, loadLib) {
  const { stringify } = JSON;
  const check = (value) => {
    if (isBigInt(value)) throw new TypeError('Do not know how to serialize a BigInt');
    return value;
  };
  defineMethods(JSON, {
    stringify(value, replacer, space) {
      if (typeof value === 'string' && typeof replacer !== 'function') return stringify(value);
      const isPlain = typeof replacer !== 'function' && !Array.isArray(replacer) && !binding.hasArrayProxies();
      const text = isPlain ? plainText(value, space) : undefined;
      return text === undefined || /[\ud800-\udfff]/.test(text) ? loadLib().polyfills.stringifyJson(value, replacer, space, check) : text;
    },
  }, true);

  /** What V4 makes of it, much quicker; undefined if it refuses. */
  function plainText(value, space) {
    try {
      return binding.stringifyByV4(value, (key, item) => check(item), space);
    } catch (error) {
      if (error instanceof TypeError && error.message === 'Cannot convert circular structure to JSON') return undefined;
      throw error;
    }
  }
}

module.exports = { makeBigInt };
