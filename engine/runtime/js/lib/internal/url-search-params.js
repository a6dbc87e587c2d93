// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// URLSearchParams, and application/x-www-form-urlencoded.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { validateFunction } = require('../../core/validators');
const { tag } = require('./event');
const { inspect } = require('./inspect');
const { stripColors } = require('./inspect-text');
const querystring = require('../querystring');
const utf8 = require('./utf8');

const list = Symbol('query');
const owner = Symbol('context');

function decodePart(text) {
  const spaced = text.replace(/\+/g, ' ');
  return /%[0-9a-f]{2}/i.test(spaced) ? querystring.unescape(spaced) : spaced;
}

function parseQuery(query) {
  const pairs = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals === -1 ? part : part.slice(0, equals);
    pairs.push([decodePart(name), equals === -1 ? '' : decodePart(part.slice(equals + 1))]);
  }
  return pairs;
}

function encodePart(text) {
  if (/^[A-Za-z0-9*\-._]*$/.test(text)) return text;
  let result = '';
  for (const byte of utf8.encode(text)) {
    const character = String.fromCharCode(byte);
    if (byte === 0x20) result += '+';
    else if (byte < 0x80 && /[A-Za-z0-9*\-._]/.test(character)) result += character;
    else result += `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
  }
  return result;
}

function serialize(pairs) {
  return pairs.map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`).join('&');
}

const scalar = (value) => utf8.toWellFormed(`${binding.text(value)}`);

function pairsOfSequence(sequence) {
  if (typeof sequence[Symbol.iterator] !== 'function') throw new codes.ERR_ARG_NOT_ITERABLE('Query pairs');
  const pairs = [];
  for (const item of sequence) {
    const isIterable = item !== null && (typeof item === 'object' || typeof item === 'function') &&
      typeof item[Symbol.iterator] === 'function';
    const pair = isIterable ? Array.from(item) : [];
    if (pair.length !== 2) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
    pairs.push(pair.map(scalar));
  }
  return pairs;
}

function pairsOfRecord(record) {
  const pairs = new Map();
  for (const key of Reflect.ownKeys(record)) {
    const descriptor = Object.getOwnPropertyDescriptor(record, key);
    if (descriptor !== undefined && descriptor.enumerable) pairs.set(scalar(key), scalar(record[key]));
  }
  return Array.from(pairs);
}

function pairsOf(init) {
  if (init === undefined || init === null) return [];
  if (typeof init !== 'object' && typeof init !== 'function') return parseQuery(scalar(init).replace(/^\?/, ''));
  const method = init[Symbol.iterator];
  return method === undefined || method === null ? pairsOfRecord(init) : pairsOfSequence(init);
}

function listOf(params) {
  if (typeof params !== 'object' || params === null || params[list] === undefined) {
    throw new codes.ERR_INVALID_THIS('URLSearchParams');
  }
  return params[list];
}

function need(args, ...names) {
  if (args.length < names.length) throw new codes.ERR_MISSING_ARGS(...names);
}

function changed(params) {
  if (params[owner] !== undefined) params[owner]();
}

class URLSearchParams {
  constructor(init = undefined) {
    Object.defineProperty(this, list, { value: pairsOf(init), writable: true });
    Object.defineProperty(this, owner, { value: undefined, writable: true });
  }

  [inspect.custom](depth, context) {
    const pairs = listOf(this);
    if (typeof depth === 'number' && depth < 0) return context.stylize('[Object]', 'special');
    const options = Object.assign({}, context);
    if (depth !== null) options.depth = depth - 1;
    const output = pairs.map(([name, value]) => `${inspect(name, options)} => ${inspect(value, options)}`);
    const { name } = this.constructor;
    if (output.length === 0) return `${name} {}`;
    const length = output.reduce((sum, entry) => sum + stripColors(entry).length + 2, -2);
    return length > context.breakLength ? `${name} {\n  ${output.join(',\n  ')} }` : `${name} { ${output.join(', ')} }`;
  }

  get size() {
    return listOf(this).length;
  }

  append(...args) {
    listOf(this);
    need(args, 'name', 'value');
    this[list].push([scalar(args[0]), scalar(args[1])]);
    changed(this);
  }

  delete(...args) {
    listOf(this);
    need(args, 'name');
    const name = scalar(args[0]);
    const value = args[1] === undefined ? undefined : scalar(args[1]);
    this[list] = this[list].filter((pair) => pair[0] !== name || (value !== undefined && pair[1] !== value));
    changed(this);
  }

  get(...args) {
    const pairs = listOf(this);
    need(args, 'name');
    const name = scalar(args[0]);
    const found = pairs.find((pair) => pair[0] === name);
    return found === undefined ? null : found[1];
  }

  getAll(...args) {
    const pairs = listOf(this);
    need(args, 'name');
    const name = scalar(args[0]);
    return pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  }

  has(...args) {
    const pairs = listOf(this);
    need(args, 'name');
    const name = scalar(args[0]);
    const value = args[1] === undefined ? undefined : scalar(args[1]);
    return pairs.some((pair) => pair[0] === name && (value === undefined || pair[1] === value));
  }

  set(...args) {
    listOf(this);
    need(args, 'name', 'value');
    const [name, value] = args.map(scalar);
    const first = this[list].findIndex((pair) => pair[0] === name);
    if (first === -1) {
      this[list].push([name, value]);
    } else {
      this[list] = this[list].filter((pair, i) => i <= first || pair[0] !== name);
      this[list][first] = [name, value];
    }
    changed(this);
  }

  sort() {
    const pairs = listOf(this).map((pair, i) => [pair, i]);
    // By UTF-16 code units, equal names in their order.
    pairs.sort(([a, i], [b, j]) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : i - j));
    this[list] = pairs.map(([pair]) => pair);
    changed(this);
  }

  forEach(callback, thisArgument = undefined) {
    listOf(this);
    validateFunction(callback, 'callback');
    for (let i = 0; i < this[list].length; ++i) {
      const [name, value] = this[list][i];
      callback.call(thisArgument, value, name, this);
    }
  }

  toString() {
    return serialize(listOf(this));
  }
}

const iteratorState = Symbol('state');

function remaining(iterator) {
  const { params, pick, index } = iterator[iteratorState];
  return params[list].slice(index).map(pick);
}

const iteratorPrototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));

function defineIteratorMethod(name, value, enumerable) {
  Object.defineProperty(iteratorPrototype, name, { value, enumerable, writable: true, configurable: true });
}

defineIteratorMethod('next', function next() {
  const state = this === undefined || this === null ? undefined : this[iteratorState];
  if (state === undefined) throw new codes.ERR_INVALID_THIS('URLSearchParamsIterator');
  const pairs = state.params[list];
  if (state.index >= pairs.length) return { value: undefined, done: true };
  return { value: state.pick(pairs[state.index++]), done: false };
}, true);

defineIteratorMethod(inspect.custom, function(depth, context) {
  if (typeof depth === 'number' && depth < 0) return context.stylize('[Object]', 'special');
  const options = Object.assign({}, context);
  if (depth !== null) options.depth = depth - 1;
  const items = remaining(this);
  const shown = items.map((item) => inspect(item, options));
  const text = inspect(items, options).includes('\n') ? `\n  ${shown.join(',\n  ')}` : ` ${shown.join(', ')}`;
  return `URLSearchParams Iterator {${text} }`;
}, false);

Object.defineProperty(iteratorPrototype, Symbol.toStringTag, { value: 'URLSearchParams Iterator', configurable: true });

function defineIteration(name, pick) {
  const method = {
    [name]() {
      listOf(this);
      const iterator = Object.create(iteratorPrototype);
      Object.defineProperty(iterator, iteratorState, { value: { params: this, pick, index: 0 } });
      return iterator;
    },
  }[name];
  Object.defineProperty(URLSearchParams.prototype, name, { value: method, writable: true, configurable: true });
}

defineIteration('entries', (pair) => pair.slice());
defineIteration('keys', (pair) => pair[0]);
defineIteration('values', (pair) => pair[1]);
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, {
  value: URLSearchParams.prototype.entries, writable: true, configurable: true,
});
tag(URLSearchParams, 'URLSearchParams');
for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'size', 'sort', 'entries', 'forEach', 'keys',
                    'values', 'toString']) {
  Object.defineProperty(URLSearchParams.prototype, name, { enumerable: true });
}

/** Ties params to a URL: `onChange` runs after each change. */
function attach(params, onChange) {
  params[owner] = onChange;
}

/** Replaces the pairs by those of a query without its question mark. */
function reset(params, query) {
  params[list] = parseQuery(query);
}

module.exports = { URLSearchParams, attach, reset };
