// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// util.inspect, to print the same text as Node 20. Written for this runtime because it has to ask the engine
// (states of promises, targets of proxies, kinds of lowered functions) and because V4 lacks look-behind.

const { codes } = require('../../core/errors');
const { typeOf } = require('../../core/type-of');
const { validateObject } = require('../../core/validators');
const text = require('./inspect-text');
const { arrayEntries, arrayEntry, objectEntries, reduceToSingleString } = require('./inspect-layout');
const collections = require('./inspect-collections');
const { constructorName, functionText, isBuiltIn, plainPrefix, prefixOf } = require('./inspect-names');
const { formatError, isError } = require('./inspect-errors');
const { enumerableNames, enumerableSymbols, nonIndexNames } = require('./keys');
const { types, proxyDetails, typedArrayTag } = require('./types');

const customInspect = Symbol.for('nodejs.util.inspect.custom');
const hasOwn = Object.prototype.hasOwnProperty;
const isEnumerable = Object.prototype.propertyIsEnumerable;

const defaultOptions = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
});
const optionNames = Object.keys(defaultOptions);
// The runtime's own breakLength default is the documented one; console passes its own options.
defaultOptions.breakLength = 80;

function inspect(value, options, ...legacy) {
  const context = {
    budget: {},
    indentationLvl: 0,
    seen: [],
    currentDepth: 0,
    circular: undefined,
    userOptions: undefined,
    stylize: text.stylizeNoColor,
  };
  for (const name of optionNames) context[name] = defaultOptions[name];
  if (legacy.length > 0 && legacy[0] !== undefined) context.depth = legacy[0];
  if (legacy.length > 1 && legacy[1] !== undefined) context.colors = legacy[1];
  if (typeof options === 'boolean') {
    context.showHidden = options;
  } else if (options) {
    for (const key of Object.keys(options)) {
      if (hasOwn.call(defaultOptions, key) || key === 'stylize') context[key] = options[key];
      else if (context.userOptions === undefined) context.userOptions = options;
    }
  }
  if (context.colors) context.stylize = text.stylizeWithColor;
  if (context.maxArrayLength === null) context.maxArrayLength = Infinity;
  if (context.maxStringLength === null) context.maxStringLength = Infinity;
  return formatValue(context, value, 0);
}

function optionsForUser(context, isForeign) {
  const options = { stylize: context.stylize };
  for (const name of optionNames) options[name] = context[name];
  Object.assign(options, context.userOptions);
  if (!isForeign) return options;
  // Objects of another realm must not receive ones of this realm.
  Object.setPrototypeOf(options, null);
  for (const key of Object.keys(options)) {
    const type = typeof options[key];
    if ((type === 'object' || type === 'function') && options[key] !== null) delete options[key];
  }
  options.stylize = Object.setPrototypeOf((value, flavour) => {
    let result;
    try {
      result = `${context.stylize(value, flavour)}`;
    } catch (error) {
      result = undefined;
    }
    return typeof result === 'string' ? result : value;
  }, null);
  return options;
}

function formatString(stylize, value, context) {
  let shown = value;
  let trailer = '';
  if (value.length > context.maxStringLength) {
    const remaining = value.length - context.maxStringLength;
    shown = value.slice(0, context.maxStringLength);
    trailer = `... ${remaining} more character${remaining > 1 ? 's' : ''}`;
  }
  if (context.compact !== true && shown.length > 16 &&
      shown.length > context.breakLength - context.indentationLvl - 4) {
    const lines = shown.split('\n');
    const last = lines.length - 1;
    const pieces = lines.map((line, i) => (i < last ? `${line}\n` : line)).filter((line, i) => i < last || line !== '');
    return pieces.map((line) => stylize(text.quoteText(line), 'string'))
      .join(` +\n${' '.repeat(context.indentationLvl + 2)}`) + trailer;
  }
  return stylize(text.quoteText(shown), 'string') + trailer;
}

function formatPrimitive(stylize, value, context) {
  switch (typeOf(value)) {
    case 'string': return formatString(stylize, value, context);
    case 'number': return stylize(text.numberText(value, context.numericSeparator), 'number');
    case 'bigint': return stylize(text.bigintText(value, context.numericSeparator), 'bigint');
    case 'boolean': return stylize(`${value}`, 'boolean');
    case 'undefined': return stylize('undefined', 'undefined');
    case 'symbol': return stylize(Symbol.prototype.toString.call(value), 'symbol');
    default: throw new TypeError("Symbol.prototype.toString requires that 'this' be a Symbol");
  }
}

function formatProxy(context, [target, handler], depth) {
  if (depth > context.depth && context.depth !== null) return context.stylize('Proxy [Array]', 'special');
  context.indentationLvl += 2;
  const entries = [formatValue(context, target, depth + 1), formatValue(context, handler, depth + 1)];
  context.indentationLvl -= 2;
  return reduceToSingleString(context, entries, '', ['Proxy [', ']'], arrayEntries, depth + 1);
}

/** The result of a custom inspection function, or undefined when the value has none. */
function formatCustom(context, value, original, isProxy, depth) {
  const custom = value[customInspect];
  if (typeof custom !== 'function' || custom === inspect) return undefined;
  if (value.constructor && value.constructor.prototype === value) return undefined;
  const rest = context.depth === null ? null : context.depth - depth;
  const isForeign = isProxy || !(original instanceof Object);
  const result = custom.call(original, rest, optionsForUser(context, isForeign), inspect);
  if (result === original) return undefined;
  if (typeof result !== 'string') return formatValue(context, result, depth);
  return result.replace(/\n/g, `\n${' '.repeat(context.indentationLvl)}`);
}

function circularReference(context, value) {
  if (context.circular === undefined) context.circular = new Map();
  let index = context.circular.get(value);
  if (index === undefined) {
    index = context.circular.size + 1;
    context.circular.set(value, index);
  }
  return context.stylize(`[Circular *${index}]`, 'special');
}

function formatValue(context, original, depth, isTypedArrayBuffer) {
  const type = typeOf(original);
  if (type !== 'object' && type !== 'function') {
    return formatPrimitive(context.stylize, original, context);
  }
  if (original === null) return context.stylize('null', 'null');
  let value = original;
  let details = proxyDetails(original);
  const isProxy = details !== undefined;
  if (isProxy) {
    if (details === null || details[0] === null) return context.stylize('<Revoked Proxy>', 'special');
    if (context.showProxy) return formatProxy(context, details, depth);
    // Traps of the program must not run.
    while (details !== undefined && details !== null && details[0] !== null) {
      value = details[0];
      details = proxyDetails(value);
    }
  }
  if (context.customInspect) {
    const result = formatCustom(context, value, original, isProxy, depth);
    if (result !== undefined) return result;
  }
  if (context.seen.includes(value)) return circularReference(context, value);
  return formatObject(context, value, depth, isTypedArrayBuffer);
}

function ownKeys(value, showHidden) {
  if (showHidden) return allNames(value).concat(Object.getOwnPropertySymbols(value));
  return enumerableNames(value).concat(enumerableSymbols(value));
}

/** All own names; those that every function has come first, in V8's order. */
function allNames(value) {
  const names = Object.getOwnPropertyNames(value);
  if (typeof value !== 'function') return names;
  const builtin = ['length', 'name', 'arguments', 'caller', 'prototype'].filter((name) => names.includes(name));
  return builtin.concat(names.filter((name) => !builtin.includes(name)));
}

function ownNonIndexKeys(value, showHidden) {
  const names = nonIndexNames(value, !showHidden);
  return names.concat(showHidden ? Object.getOwnPropertySymbols(value) : enumerableSymbols(value));
}

/** Properties that a program's own prototypes add, shown with showHidden. */
function prototypeProperties(context, main, start, depth, output) {
  let object = start;
  const seenKeys = new Set();
  let keys = [];
  for (let layer = 0; layer < 3; ++layer) {
    if (layer !== 0 || main === object) {
      object = Object.getPrototypeOf(object);
      if (object === null) return;
      const descriptor = Object.getOwnPropertyDescriptor(object, 'constructor');
      if (descriptor !== undefined && typeof descriptor.value === 'function' && isBuiltIn(descriptor.value.name)) return;
    }
    for (const key of keys) seenKeys.add(key);
    keys = Reflect.ownKeys(object);
    context.seen.push(main);
    for (const key of keys) {
      if (key === 'constructor' || hasOwn.call(main, key) || (layer !== 0 && seenKeys.has(key))) continue;
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      if (typeof descriptor.value === 'function') continue;
      const entry = formatProperty(context, object, depth, key, objectEntries, descriptor, main);
      output.push(context.colors ? `\u001b[2m${entry}\u001b[22m` : entry);
    }
    context.seen.pop();
  }
}

/** What formatObject needs to know: `done` is the whole text when nothing more is to be said. */
class Shape {
  constructor(keys, braces) {
    this.keys = keys;
    this.braces = braces;
    this.base = '';
    this.kind = objectEntries;
    this.entries = () => [];
    this.done = undefined;
  }
}

function iterableShape(context, value, constructor, tag, isPlain) {
  const { showHidden } = context;
  let shape;
  if (Array.isArray(value)) {
    const prefix = constructor !== 'Array' || tag !== '' ? prefixOf(constructor, tag, 'Array', `(${value.length})`) : '';
    shape = new Shape(ownNonIndexKeys(value, showHidden), [`${prefix}[`, ']']);
    shape.kind = arrayEntries;
    shape.entries = collections.formatArray;
    if (value.length === 0 && isPlain(shape.keys)) shape.done = `${prefix}[]`;
  } else if (types.isSet(value) || types.isMap(value)) {
    const isSet = types.isSet(value);
    const size = Object.getOwnPropertyDescriptor((isSet ? Set : Map).prototype, 'size').get.call(value);
    const prefix = prefixOf(constructor, tag, isSet ? 'Set' : 'Map', `(${size})`);
    shape = new Shape(ownKeys(value, showHidden), [`${prefix}{`, '}']);
    shape.entries = isSet ? collections.formatSet : collections.formatMap;
    if (size === 0 && isPlain(shape.keys)) shape.done = `${prefix}{}`;
  } else if (types.isTypedArray(value)) {
    const fallback = constructor === null ? typedArrayTag.call(value) : '';
    const prefix = prefixOf(constructor, tag, fallback, `(${value.length})`);
    shape = new Shape(ownNonIndexKeys(value, showHidden), [`${prefix}[`, ']']);
    shape.kind = arrayEntries;
    shape.entries = collections.formatTypedArray;
    if (value.length === 0 && shape.keys.length === 0 && !showHidden) shape.done = `${prefix}[]`;
  } else if (types.isMapIterator(value) || types.isSetIterator(value)) {
    const type = types.isMapIterator(value) ? 'Map' : 'Set';
    const name = tag === `${type} Iterator` ? tag : `${tag === '' ? '' : `${tag}] [`}${type} Iterator`;
    shape = new Shape(ownKeys(value, showHidden), [`[${name}] {`, '}']);
    shape.entries = collections.formatIterator.bind(null, shape.braces);
  }
  return shape;
}

function boxedText(context, value, keys, constructor, tag) {
  const type = types.isNumberObject(value) ? 'Number' : types.isStringObject(value) ? 'String' :
    types.isBooleanObject(value) ? 'Boolean' : types.isBigIntObject(value) ? 'BigInt' : 'Symbol';
  const primitive = Function('return this')()[type].prototype.valueOf.call(value);
  if (type === 'String') keys.splice(0, value.length);
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive(text.stylizeNoColor, primitive, context)}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  return keys.length !== 0 ? base : context.stylize(base, type.toLowerCase());
}

function isUrl(value) {
  if (typeof value.href !== 'string') return false;
  const { URL } = require('../url');
  return value instanceof URL;
}

function arrayBufferShape(shape, context, value, constructor, tag, isPlain, isTypedArrayBuffer) {
  const prefix = prefixOf(constructor, tag, types.isArrayBuffer(value) ? 'ArrayBuffer' : 'SharedArrayBuffer');
  if (isTypedArrayBuffer === undefined) {
    shape.entries = collections.formatArrayBuffer;
  } else if (isPlain(shape.keys)) {
    // A typed array already showed the contents.
    shape.done = `${prefix}{ byteLength: ${context.stylize(`${value.byteLength}`, 'number')} }`;
  }
  shape.braces[0] = `${prefix}{`;
  shape.keys.unshift('byteLength');
}

/** Objects that no loop can walk through, in the order of Node's checks. */
function objectShape(context, value, depth, constructor, tag, isPlain, isTypedArrayBuffer) {
  const shape = new Shape(ownKeys(value, context.showHidden), ['{', '}']);
  const { keys, braces } = shape;
  const tooDeep = depth > context.depth && context.depth !== null;
  const named = (name) => `${prefixOf(constructor, tag, name)}{`;
  const finishBase = (style) => {
    if (isPlain(keys)) shape.done = style === undefined ? shape.base : context.stylize(shape.base, style);
  };
  if (typeof value === 'function') {
    shape.base = functionText(value, constructor, tag);
    finishBase('special');
  } else if (constructor === 'Object') {
    if (types.isArgumentsObject(value)) braces[0] = '[Arguments] {';
    else if (tag !== '') braces[0] = named('Object');
    if (isPlain(keys)) shape.done = `${braces[0]}}`;
  } else if (types.isRegExp(value)) {
    shape.base = RegExp.prototype.toString.call(constructor !== null ? value : new RegExp(value));
    const prefix = prefixOf(constructor, tag, 'RegExp');
    if (prefix !== 'RegExp ') shape.base = `${prefix}${shape.base}`;
    if (isPlain(keys) || tooDeep) shape.done = context.stylize(shape.base, 'regexp');
  } else if (types.isDate(value)) {
    const isInvalid = Number.isNaN(Date.prototype.getTime.call(value));
    shape.base = isInvalid ? Date.prototype.toString.call(value) : Date.prototype.toISOString.call(value);
    const prefix = prefixOf(constructor, tag, 'Date');
    if (prefix !== 'Date ') shape.base = `${prefix}${shape.base}`;
    finishBase('date');
  } else if (isError(value)) {
    if (context.showHidden) removeEngineKeys(keys);
    shape.base = formatError(context, value, constructor, keys, (fallback) => prefixOf(constructor, tag, fallback));
    finishBase();
  } else if (types.isAnyArrayBuffer(value)) {
    arrayBufferShape(shape, context, value, constructor, tag, isPlain, isTypedArrayBuffer);
  } else if (types.isDataView(value)) {
    braces[0] = named('DataView');
    keys.unshift('byteLength', 'byteOffset', 'buffer');
  } else if (types.isPromise(value)) {
    braces[0] = named('Promise');
    shape.entries = collections.formatPromise;
  } else if (types.isWeakSet(value) || types.isWeakMap(value)) {
    braces[0] = named(types.isWeakSet(value) ? 'WeakSet' : 'WeakMap');
    shape.entries = collections.formatWeakCollection;
  } else if (types.isModuleNamespaceObject(value)) {
    braces[0] = named('Module');
  } else if (types.isBoxedPrimitive(value)) {
    shape.base = boxedText(context, value, keys, constructor, tag);
    finishBase();
  } else if (!tooDeep && isUrl(value)) {
    shape.base = value.href;
    finishBase();
  } else {
    if (isPlain(keys)) shape.done = `${plainPrefix(value, constructor, tag)}{}`;
    braces[0] = `${plainPrefix(value, constructor, tag)}{`;
  }
  return shape;
}

// V4's error objects have own properties that V8's do not have.
function removeEngineKeys(keys) {
  for (const name of ['fileName', 'lineNumber']) {
    const index = keys.indexOf(name);
    if (index !== -1) keys.splice(index, 1);
  }
}

function visibleTag(context, value) {
  const tag = value[Symbol.toStringTag];
  // An own one is listed among the properties.
  const isListed = (context.showHidden ? hasOwn : isEnumerable).call(value, Symbol.toStringTag);
  return typeof tag !== 'string' || (tag !== '' && isListed) ? '' : tag;
}

function isStackOverflow(error) {
  return error !== null && typeof error === 'object' && error.name === 'RangeError' &&
    /call stack/.test(String(error.message));
}

function sortOutput(context, output, keyCount, kind) {
  const comparator = context.sorted === true ? undefined : context.sorted;
  if (kind === objectEntries) {
    output.sort(comparator);
  } else if (keyCount > 1) {
    const start = output.length - keyCount;
    const sorted = output.slice(start).sort(comparator);
    output.splice(start, keyCount, ...sorted);
  }
}

function formatObject(context, value, depth, isTypedArrayBuffer) {
  let added;
  let onPrototype;
  if (context.showHidden && (depth <= context.depth || context.depth === null)) {
    added = [];
    onPrototype = (start) => prototypeProperties(context, value, start, depth, added);
  }
  const describe = (prototype) =>
    inspect(prototype, Object.assign(optionsForUser(context, false), { customInspect: false, depth: -1 }));
  const constructor = constructorName(value, context, depth, onPrototype, describe);
  const isPlain = (keys) => keys.length === 0 && (added === undefined || added.length === 0);
  const tag = visibleTag(context, value);

  let shape;
  if (Symbol.iterator in value || constructor === null) shape = iterableShape(context, value, constructor, tag, isPlain);
  if (shape === undefined) {
    shape = objectShape(context, value, depth, constructor, tag, isPlain, isTypedArrayBuffer);
  }
  if (shape.done !== undefined) return shape.done;
  if (depth > context.depth && context.depth !== null) {
    const name = plainPrefix(value, constructor, tag).slice(0, -1);
    return context.stylize(constructor === null ? name : `[${name}]`, 'special');
  }
  return formatEntries(context, value, depth + 1, shape, added, () => plainPrefix(value, constructor, tag).slice(0, -1));
}

function formatEntries(context, value, depth, shape, added, nameOf) {
  const { keys, braces, kind } = shape;
  const indentation = context.indentationLvl;
  context.seen.push(value);
  context.currentDepth = depth;
  let output;
  try {
    output = shape.entries(context, value, depth);
    for (const key of keys) output.push(formatProperty(context, value, depth, key, kind));
    if (added !== undefined) output.push(...added);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    context.seen.pop();
    context.indentationLvl = indentation;
    const note = 'Inspection interrupted prematurely. Maximum call stack size exceeded.';
    return context.stylize(`[${nameOf()}: ${note}]`, 'special');
  }
  let { base } = shape;
  const index = context.circular === undefined ? undefined : context.circular.get(value);
  if (index !== undefined) {
    const reference = context.stylize(`<ref *${index}>`, 'special');
    if (context.compact !== true) base = base === '' ? reference : `${reference} ${base}`;
    else braces[0] = `${reference} ${braces[0]}`;
  }
  context.seen.pop();
  if (context.sorted) sortOutput(context, output, keys.length, kind);
  const result = reduceToSingleString(context, output, base, braces, kind, depth, value);
  // Past this size only the outline is shown, so that a huge object does not block everything.
  const length = (context.budget[context.indentationLvl] || 0) + result.length;
  context.budget[context.indentationLvl] = length;
  if (length > 2 ** 27) context.depth = -1;
  return result;
}

function formatGetter(context, descriptor, owner, depth) {
  const label = descriptor.set !== undefined ? 'Getter/Setter' : 'Getter';
  const special = (part) => context.stylize(part, 'special');
  const wanted = context.getters === true || (context.getters === 'get' && descriptor.set === undefined) ||
    (context.getters === 'set' && descriptor.set !== undefined);
  if (!wanted) return special(`[${label}]`);
  const surround = (inner) => `${special(`[${label}:`)} ${inner}${special(']')}`;
  context.indentationLvl += 2;
  try {
    const value = descriptor.get.call(owner);
    if (value === null) return surround(context.stylize('null', 'null'));
    if (typeOf(value) === 'object') return `${special(`[${label}]`)} ${formatValue(context, value, depth)}`;
    return surround(formatPrimitive(context.stylize, value, context)); // Node does not foresee functions either
  } catch (error) {
    return surround(`<Inspection threw (${error.message})>`);
  } finally {
    context.indentationLvl -= 2;
  }
}

function propertyName(context, key, descriptor) {
  if (typeof key === 'symbol') {
    return `[${context.stylize(text.escapeText(Symbol.prototype.toString.call(key)), 'symbol')}]`;
  }
  if (key === '__proto__') return "['__proto__']";
  if (descriptor.enumerable === false) return `[${text.escapeText(key)}]`;
  if (/^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key)) return context.stylize(key, 'name');
  return context.stylize(text.quoteText(key), 'string');
}

/** An export of a module namespace, whose properties are getters here. */
function formatExport(context, namespace, key, depth) {
  let value;
  try {
    value = namespace[key];
  } catch {
    return context.stylize('<uninitialized>', 'special');
  }
  context.indentationLvl += 2;
  const shown = formatValue(context, value, depth);
  context.indentationLvl -= 2;
  return shown;
}

function formatProperty(context, value, depth, key, kind, given, owner = value) {
  const descriptor = given || Object.getOwnPropertyDescriptor(value, key) || { value: value[key], enumerable: true };
  let shown;
  let gap = ' ';
  if (descriptor.value !== undefined) {
    const indentation = context.compact !== true || kind !== objectEntries ? 2 : 3;
    context.indentationLvl += indentation;
    shown = formatValue(context, descriptor.value, depth);
    if (indentation === 3 && context.breakLength < text.getStringWidth(shown, context.colors)) {
      gap = `\n${' '.repeat(context.indentationLvl)}`;
    }
    context.indentationLvl -= indentation;
  } else if (descriptor.get !== undefined && types.isModuleNamespaceObject(value)) {
    shown = formatExport(context, value, key, depth);
  } else if (descriptor.get !== undefined) {
    shown = formatGetter(context, descriptor, owner, depth);
  } else if (descriptor.set !== undefined) {
    shown = context.stylize('[Setter]', 'special');
  } else {
    shown = context.stylize('undefined', 'undefined');
  }
  return kind === arrayEntry ? shown : `${propertyName(context, key, descriptor)}:${gap}${shown}`;
}

collections.tools.formatValue = formatValue;
collections.tools.formatProperty = formatProperty;

inspect.custom = customInspect;
Object.defineProperty(inspect, 'defaultOptions', {
  get: () => defaultOptions,
  set(options) {
    validateObject(options, 'options');
    for (const key of Object.keys(options)) {
      if (!hasOwn.call(defaultOptions, key)) {
        throw new TypeError(`Cannot add property ${key}, object is not extensible`);
      }
    }
    Object.assign(defaultOptions, options);
  },
});
inspect.colors = text.colors;
inspect.styles = text.styles;

const format = require('./format');

module.exports = {
  codes,
  defaultOptions,
  format: (...args) => format.formatList(inspect, undefined, args),
  formatWithOptions(options, ...args) {
    validateObject(options, 'inspectOptions', { allowArray: true });
    return format.formatList(inspect, options, args);
  },
  formatList: (options, args) => format.formatList(inspect, options, args),
  getStringWidth: text.getStringWidth,
  inspect,
  isBuiltIn,
  stripVTControlCharacters: text.stripVTControlCharacters,
};
