// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What util.inspect calls a value: the name of its class, the prefix of its braces, [Function: f], [class A extends B].

const { builtinTag, functionKind } = require('./types');

const hasOwn = Object.prototype.hasOwnProperty;
// What V8 has by itself, before Node adds its own.
const builtInObjects = new Set(`Object Function Array Number Infinity NaN Boolean String Symbol Date Promise RegExp Error AggregateError EvalError RangeError
  ReferenceError SyntaxError TypeError URIError JSON Math Intl ArrayBuffer Atomics Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array
  Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet WeakRef Proxy Reflect
  FinalizationRegistry SharedArrayBuffer WebAssembly`.split(/\s+/));

/** Whether a class of that name belongs to the language. */
function isBuiltIn(name) {
  return builtInObjects.has(name);
}

function isInstance(value, constructor) {
  try {
    return value instanceof constructor;
  } catch (error) {
    return false;
  }
}

/** Name of the engine's own class, for objects without a usable prototype. */
function internalName(value) {
  return typeof value === 'function' ? 'Function' : builtinTag(value);
}

/**
 * The name of the class of `value`: that of the first constructor in its prototype chain, null when there is none,
 * with a hint in angle brackets when the prototype is not complete. `onPrototype(first, isOwn)` is told of
 * prototypes that a program defined itself (for showHidden).
 */
function constructorName(value, context, depth, onPrototype, describe) {
  let first;
  let object = value;
  while (object !== null && object !== undefined) {
    const known = object === Object.prototype ? Object : object === Function.prototype ? Function : undefined;
    const descriptor = known === undefined ? Object.getOwnPropertyDescriptor(object, 'constructor') : undefined;
    const constructor = known !== undefined ? known : descriptor !== undefined ? descriptor.value : undefined;
    if (typeof constructor === 'function' && constructor.name !== '' && isInstance(value, constructor)) {
      if (onPrototype !== undefined && (first !== object || !isBuiltIn(constructor.name))) onPrototype(first || value);
      return String(known === undefined ? constructor.name : known.name);
    }
    object = Object.getPrototypeOf(object);
    if (first === undefined) first = object;
  }
  if (first === null) return null;
  const name = internalName(value);
  if (depth > context.depth && context.depth !== null) return `${name} <Complex prototype>`;
  const parent = constructorName(first, context, depth + 1, onPrototype, describe);
  return `${name} <${parent === null ? describe(first) : parent}>`;
}

function prefixOf(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    const plain = `[${fallback}${size}: null prototype] `;
    return tag !== '' && fallback !== tag ? `${plain}[${tag}] ` : plain;
  }
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

/** The prefix of an object of no special kind. */
function plainPrefix(value, constructor, tag) {
  let fallback = '';
  if (constructor === null) {
    fallback = internalName(value);
    if (fallback === tag) fallback = 'Object';
  }
  return prefixOf(constructor, tag, fallback);
}

function classText(value, constructor, tag) {
  const name = (hasOwn.call(value, 'name') && value.name) || '(anonymous)';
  let text = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) text += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) text += ` [${tag}]`;
  if (constructor === null) {
    text += ' extends [null prototype]';
  } else {
    const parent = Object.getPrototypeOf(value).name;
    if (parent) text += ` extends ${parent}`;
  }
  return `[${text}]`;
}

const functionTypes = {
  function: 'Function',
  generator: 'GeneratorFunction',
  async: 'AsyncFunction',
  asyncGenerator: 'AsyncGeneratorFunction',
};

function functionText(value, constructor, tag) {
  const kind = functionKind(value);
  if (kind === 'class') return classText(value, constructor, tag);
  const type = functionTypes[kind];
  let text = `[${type}`;
  if (constructor === null) text += ' (null prototype)';
  text += value.name === '' ? ' (anonymous)]' : `: ${String(value.name)}]`;
  if (constructor !== type && constructor !== null) text += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) text += ` [${tag}]`;
  return text;
}

module.exports = { constructorName, functionText, isBuiltIn, plainPrefix, prefixOf };
