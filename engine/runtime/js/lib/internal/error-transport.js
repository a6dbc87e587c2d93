// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Errors on their way to another thread, with all their properties and as near to their class as the other side has it.

const { inspect } = require('./inspect');
const { types } = require('./types');

const errorTypes = { Error, TypeError, RangeError, URIError, SyntaxError, ReferenceError, EvalError };

/** Values of all properties that an object has or inherits, as descriptors by name. */
function allProperties(object, target = object) {
  if (object === null) return {};
  const all = allProperties(Object.getPrototypeOf(object), target);
  for (const key of Object.getOwnPropertyNames(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    let { value } = descriptor;
    if (descriptor.get !== undefined && key !== '__proto__') {
      try {
        value = descriptor.get.call(target);
      } catch (error) {
        continue;
      }
    }
    if (key === 'cause') all[key] = { nested: serializeError(value), enumerable: descriptor.enumerable };
    else if (typeof value !== 'function' && typeof value !== 'symbol' && key !== '__proto__') all[key] = { value, enumerable: descriptor.enumerable };
  }
  return all;
}

function knownTypeOf(error) {
  for (let current = error; current !== null; current = Object.getPrototypeOf(current)) {
    const descriptor = Object.getOwnPropertyDescriptor(current, 'constructor');
    const name = descriptor && typeof descriptor.value === 'function' ? descriptor.value.name : '';
    if (Object.prototype.hasOwnProperty.call(errorTypes, name)) return name;
  }
  return undefined;
}

/** Something that can be cloned; what cannot be is shown as text. */
function serializeError(error) {
  if (typeof error === 'symbol') return { kind: 'symbol', text: inspect(error) };
  const isError = typeof error === 'object' && error !== null &&
    (types.isNativeError(error) || Object.prototype.toString.call(error) === '[object Error]');
  const { encode } = require('./message-codec');
  try {
    const name = isError ? knownTypeOf(error) : undefined;
    if (name !== undefined) {
      const result = { kind: 'error', name, properties: allProperties(error) };
      encode(result);
      return result;
    }
  } catch (failure) {
    // Shown as text instead.
  }
  try {
    if (!isError) {
      encode(error);
      return { kind: 'value', value: error };
    }
  } catch (failure) {
    // Shown as text instead.
  }
  return { kind: 'text', text: inspect(error) };
}

function deserializeError(serialized) {
  switch (serialized.kind) {
    case 'symbol':
      return { [inspect.custom]: () => serialized.text };
    case 'value':
      return serialized.value;
    case 'text':
      return serialized.text;
    default: {
      const error = new errorTypes[serialized.name]();
      for (const key of Object.getOwnPropertyNames(serialized.properties)) {
        const { value, nested, enumerable } = serialized.properties[key];
        Object.defineProperty(error, key, {
          value: nested === undefined ? value : deserializeError(nested), enumerable, writable: true, configurable: true,
        });
      }
      return error;
    }
  }
}

module.exports = { deserializeError, serializeError };
