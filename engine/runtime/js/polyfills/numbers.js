// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Number, Math and JSON: small differences between V4 and V8. What is large (error messages, circles, Intl) is in lib/.

const { defineMethods } = require('./define');
const { toIntegerOrInfinity } = require('./operations');

function installNumbers(global, binding, loadLib) {
  const prototype = global.Number.prototype;
  const { toString, toFixed, toPrecision, toExponential, valueOf } = prototype;
  const inRange = (value, low, high, message) => {
    const integer = toIntegerOrInfinity(value);
    if (integer < low || integer > high) throw new RangeError(message);
  };
  const requireNumber = (value, method) => {
    if (typeof value === 'number') return value;
    try {
      return valueOf.call(value);
    } catch (error) {
      throw new TypeError(`Number.prototype.${method} requires that 'this' be a Number`);
    }
  };
  // V4 takes to exponents too soon.
  const withPrecision = (number, precision) => {
    const text = toExponential.call(number, precision - 1);
    const exponent = +text.slice(text.indexOf('e') + 1);
    if (exponent < -6 || exponent >= precision) return text;
    const sign = number < 0 ? '-' : '';
    const digits = text.slice(sign.length, text.indexOf('e')).replace('.', '');
    if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
    return exponent + 1 === precision ? sign + digits : `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
  };
  const replacements = {
    toString(radix) {
      const number = requireNumber(this, 'toString');
      if (radix === undefined) return toString.call(number);
      inRange(radix, 2, 36, 'toString() radix argument must be between 2 and 36');
      const base = toIntegerOrInfinity(radix);
      return base === 10 || !isFinite(number) ? toString.call(number) : binding.radixText(number, base);
    },
    toFixed(digits) {
      const number = requireNumber(this, 'toFixed');
      inRange(digits, 0, 100, 'toFixed() digits argument must be between 0 and 100');
      return Math.abs(number) >= 1e21 ? toString.call(number) : toFixed.call(number, digits);
    },
    toPrecision(precision) {
      const number = requireNumber(this, 'toPrecision');
      if (precision === undefined) return toString.call(number);
      if (isFinite(number)) inRange(precision, 1, 100, 'toPrecision() argument must be between 1 and 100');
      return isFinite(number) && number !== 0 ? withPrecision(number, toIntegerOrInfinity(precision)) : toPrecision.call(number, precision);
    },
    toExponential(digits) {
      const number = requireNumber(this, 'toExponential');
      if (isFinite(number)) inRange(digits, 0, 100, 'toExponential() argument must be between 0 and 100');
      return toExponential.call(number, digits);
    },
    toLocaleString(/* locales, options */) {
      const number = requireNumber(this, 'toLocaleString');
      return loadLib().polyfills.formatNumber(binding, number, arguments[0], arguments[1]);
    },
  };
  defineMethods(prototype, replacements, true);

  defineMethods(Math, { cbrt(x) { return binding.cubeRoot(+x); } }, true);
}

/** What follows the reviver of JSON.parse through a parsed value. */
function revive(holder, key, reviver) {
  const value = holder[key];
  if (typeof value === 'object' && value !== null) {
    const keys = Array.isArray(value) ? value.map((item, index) => String(index)) : Object.keys(value);
    for (const name of keys) {
      const revived = revive(value, name, reviver);
      if (revived === undefined) delete value[name];
      else Object.defineProperty(value, name, { value: revived, writable: true, enumerable: true, configurable: true });
    }
  }
  return reviver.call(holder, key, value);
}

function installJson(global, binding, loadLib) {
  const { JSON } = global;
  const { parse, stringify } = JSON;
  binding.stringifyByV4 = stringify;
  const nativeSyntaxError = SyntaxError;
  const badNumber = /-0(?![.0-9eE])|[0-9]\.(?![0-9])/;
  const loneSurrogate = /[\ud800-\udfff]/;
  defineMethods(JSON, {
    parse(text, reviver) {
      const source = String(text);
      let value;
      try {
        value = parse(source);
      } catch (error) {
        if (!(error instanceof nativeSyntaxError)) throw error;
        const { message, position } = loadLib().polyfills.describeJsonError(source);
        const described = new SyntaxError(message);
        binding.jsonFailure = { error: described, source, position }; // for the report, if nobody catches it
        throw described;
      }
      // V4 lets "1." pass and loses the sign of -0; the slow parser decides where the text has anything like it.
      if (badNumber.test(source)) value = loadLib().polyfills.parseJson(source);
      return typeof reviver === 'function' ? revive({ '': value }, '', reviver) : value;
    },
    stringify(value, replacer, space) {
      let text;
      // V4 gives a replacer the wrong `this`, and takes proxies of arrays for objects.
      if (Array.isArray(replacer) || typeof replacer === 'function' || (typeof value === 'object' && binding.hasArrayProxies())) {
        return loadLib().polyfills.stringifyJson(value, replacer, space);
      }
      try {
        text = stringify(value, replacer, space);
      } catch (error) {
        if (error instanceof TypeError && error.message === 'Cannot convert circular structure to JSON') {
          return loadLib().polyfills.stringifyJson(value, replacer, space);
        }
        throw error;
      }
      if (text === undefined || !loneSurrogate.test(text)) return text;
      return loadLib().polyfills.escapeLoneSurrogates(text);
    },
  }, true);
}

module.exports = { installNumbers, installJson };
