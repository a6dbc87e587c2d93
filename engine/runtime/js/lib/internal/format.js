// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// util.format: printf-like placeholders, and inspection of everything that is not a string.

const { isBigInt } = require('../../core/type-of');
const { bigintText, numberText } = require('./inspect-text');
const { isBuiltIn } = require('./inspect-names');
const { proxyDetails } = require('./types');

const hasOwn = Object.prototype.hasOwnProperty;

/** Whether String(value) would run code that the language, not the program, defines. */
function hasBuiltInToString(given) {
  let value = given;
  const details = proxyDetails(value);
  if (details !== undefined) {
    if (details === null || details[0] === null) return true;
    [value] = details;
  }
  const hasToString = typeof value.toString === 'function';
  const hasToPrimitive = typeof value[Symbol.toPrimitive] === 'function';
  if (!hasToString && !hasToPrimitive) return true;
  const owns = (object) => (hasToString && hasOwn.call(object, 'toString')) ||
    (hasToPrimitive && hasOwn.call(object, Symbol.toPrimitive));
  if (owns(value)) return false;
  let object = value;
  do {
    object = Object.getPrototypeOf(object);
  } while (!owns(object));
  const descriptor = Object.getOwnPropertyDescriptor(object, 'constructor');
  return descriptor !== undefined && typeof descriptor.value === 'function' && isBuiltIn(descriptor.value.name);
}

function isCircular(value) {
  const path = [];
  const visit = (item) => {
    if (typeof item !== 'object' || item === null) return false;
    if (path.includes(item)) return true;
    path.push(item);
    const found = Object.keys(item).some((key) => visit(item[key]));
    path.pop();
    return found;
  };
  return visit(value);
}

function jsonText(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error.name === 'TypeError' && isCircular(value)) return '[Circular]';
    throw error;
  }
}

function numeric(inspect, value, convert, options) {
  const isGiven = options !== undefined && options !== null && options.numericSeparator !== undefined;
  const separator = (isGiven ? options : inspect.defaultOptions).numericSeparator;
  if (isBigInt(value)) return bigintText(value, separator);
  if (typeof value === 'symbol') return 'NaN';
  return numberText(convert(value), separator);
}

function stringPlaceholder(inspect, value, options) {
  if (typeof value === 'number' || isBigInt(value)) return numeric(inspect, value, Number, options);
  if (typeof value !== 'object' || value === null || !hasBuiltInToString(value)) return String(value);
  return inspect(value, Object.assign({}, options, { compact: 3, colors: false, depth: 0 }));
}

const noPlaceholder = Symbol('no placeholder');

/** Text of one placeholder (undefined for JSON that is none), `noPlaceholder` for a letter that is none. */
function placeholder(inspect, letter, value, options) {
  switch (letter) {
    case 's': return stringPlaceholder(inspect, value, options);
    case 'j': return jsonText(value);
    case 'd': return numeric(inspect, value, Number, options);
    case 'i': return numeric(inspect, value, parseInt, options);
    case 'f': return isBigInt(value) ? numberText(parseFloat(String(value))) : numeric(inspect, value, parseFloat, options);
    case 'O': return inspect(value, options);
    case 'o': return inspect(value, Object.assign({}, options, { showHidden: true, showProxy: true, depth: 4 }));
    case 'c': return '';
    default: return noPlaceholder;
  }
}

function formatList(inspect, options, args) {
  const first = args[0];
  if (typeof first !== 'string') return args.map((value) => shown(inspect, value, options)).join(' ');
  if (args.length === 1) return first;
  let used = 0;
  let result = '';
  let last = 0;
  for (let i = first.indexOf('%'); i !== -1 && i < first.length - 1; i = first.indexOf('%', i + 1)) {
    const letter = first[++i];
    if (letter === '%') {
      result += first.slice(last, i);
      last = i + 1;
    } else if (used + 1 !== args.length) {
      const part = placeholder(inspect, letter, args[used + 1], options);
      if (part === noPlaceholder) continue;
      ++used;
      result += first.slice(last, i - 1) + part;
      last = i + 1;
    }
  }
  result += first.slice(last);
  for (let i = used + 1; i < args.length; ++i) result += ` ${shown(inspect, args[i], options)}`;
  return result;
}

function shown(inspect, value, options) {
  return typeof value === 'string' ? value : inspect(value, options);
}

module.exports = { formatList };
