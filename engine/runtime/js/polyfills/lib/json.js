// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// JSON in plain JavaScript, for what V4's does otherwise than V8's: the words of its errors, -0, replacer arrays, circles. The checks come
// in the order of V8's parser, so that the first error found is the same one.

const { constructorName } = require('../operations');

const contextLength = 10;

/** V8's words for a character where none like it may stand. */
function unexpected(source, position) {
  if (position >= source.length) return 'Unexpected end of JSON input';
  const character = source[position];
  if (character === '"') return `Unexpected string in JSON at position ${position}`;
  if (/[-0-9]/.test(character)) return `Unexpected number in JSON at position ${position}`;
  if (['[object Object]', 'NaN', 'Infinity', 'undefined'].indexOf(source) !== -1) return `"${source}" is not valid JSON`;
  const start = `Unexpected token '${character}', `;
  if (source.length <= 2 * contextLength) return `${start}"${source}" is not valid JSON`;
  const from = Math.max(position - contextLength, 0);
  const atEnd = position >= source.length - contextLength;
  const before = position < contextLength ? '' : '...';
  const after = position >= contextLength && atEnd ? '' : '...';
  const context = source.slice(from, after === '' ? source.length : position + contextLength);
  return `${start}${before}"${context}"${after} is not valid JSON`;
}

class JsonError {
  constructor(message, position) {
    this.message = message;
    this.position = position;
  }
}

class Parser {
  constructor(source) {
    this.source = source;
    this.position = 0;
  }

  fail(message) {
    const { position } = this;
    throw new JsonError(message === undefined ? unexpected(this.source, position) : `${message} in JSON at position ${position}`, position);
  }

  peek() {
    const { source } = this;
    while (this.position < source.length) {
      const code = source.charCodeAt(this.position);
      if (code !== 32 && code !== 9 && code !== 10 && code !== 13) break;
      this.position++;
    }
    return source[this.position];
  }

  take(character) {
    if (this.peek() !== character) return false;
    this.position++;
    return true;
  }

  document() {
    const value = this.value();
    if (this.peek() !== undefined) {
      const character = this.source[this.position];
      // A further digit is a number out of place to V8, anything else just follows.
      if (/[0-9]/.test(character) && /^-?0$/.test(this.source.slice(0, this.position).trim())) this.fail();
      throw new JsonError(`Unexpected non-whitespace character after JSON at position ${this.position}`, this.position);
    }
    return value;
  }

  value() {
    const character = this.peek();
    switch (character) {
      case '"': return this.string();
      case '{': return this.object();
      case '[': return this.array();
      case 't': return this.literal('true', true);
      case 'f': return this.literal('false', false);
      case 'n': return this.literal('null', null);
      default:
        if (character !== undefined && /[-0-9]/.test(character)) return this.number();
        return this.fail();
    }
  }

  literal(text, value) {
    for (let index = 0; index < text.length; index++) {
      if (this.source[this.position] !== text[index]) this.fail();
      this.position++;
    }
    return value;
  }

  object() {
    const result = {};
    this.position++;
    if (this.peek() !== '"') {
      if (!this.take('}')) this.fail("Expected property name or '}'");
      return result;
    }
    for (;;) {
      const key = this.string();
      if (!this.take(':')) this.fail("Expected ':' after property name");
      Object.defineProperty(result, key, { value: this.value(), writable: true, enumerable: true, configurable: true });
      if (!this.take(',')) {
        if (!this.take('}')) this.fail("Expected ',' or '}' after property value");
        return result;
      }
      if (this.peek() !== '"') this.fail('Expected double-quoted property name');
    }
  }

  array() {
    const result = [];
    this.position++;
    if (this.take(']')) return result;
    for (;;) {
      result.push(this.value());
      if (this.take(',')) continue;
      if (!this.take(']')) this.fail("Expected ',' or ']' after array element");
      return result;
    }
  }

  number() {
    const start = this.position;
    const { source } = this;
    const isDigit = () => source[this.position] >= '0' && source[this.position] <= '9';
    const digits = () => {
      while (isDigit()) this.position++;
    };
    if (source[this.position] === '-') {
      this.position++;
      if (!isDigit()) this.fail('No number after minus sign');
    }
    if (source[this.position] === '0') {
      this.position++;
      if (isDigit()) this.fail();
    } else digits();
    if (source[this.position] === '.') {
      this.position++;
      if (!isDigit()) this.fail('Unterminated fractional number');
      digits();
    }
    if (source[this.position] === 'e' || source[this.position] === 'E') {
      this.position++;
      if (source[this.position] === '+' || source[this.position] === '-') this.position++;
      if (!isDigit()) this.fail('Exponent part is missing a number');
      digits();
    }
    return +source.slice(start, this.position);
  }

  string() {
    const { source } = this;
    let result = '';
    let start = ++this.position;
    for (;;) {
      if (this.position >= source.length) this.fail('Unterminated string');
      const code = source.charCodeAt(this.position);
      if (code === 34) {
        result += source.slice(start, this.position++);
        return result;
      }
      if (code < 32) this.fail('Bad control character in string literal');
      if (code === 92) {
        result += source.slice(start, this.position++) + this.escape();
        start = this.position;
      } else this.position++;
    }
  }

  escape() {
    const simple = { '"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t' };
    const character = this.source[this.position];
    if (character === undefined) this.fail('Unterminated string');
    if (character === 'u') {
      let code = 0;
      for (let digit = 0; digit < 4; digit++) {
        this.position++;
        const value = /^[0-9a-fA-F]$/.test(this.source[this.position] || '') ? parseInt(this.source[this.position], 16) : -1;
        if (value < 0) this.fail(this.position >= this.source.length ? 'Bad Unicode escape' : 'Bad Unicode escape');
        code = code * 16 + value;
      }
      this.position++;
      return String.fromCharCode(code);
    }
    if (simple[character] === undefined) this.fail('Bad escaped character');
    this.position++;
    return simple[character];
  }
}

/** The value, or V8's SyntaxError. */
function parseJson(source) {
  try {
    return new Parser(source).document();
  } catch (error) {
    throw error instanceof JsonError ? new SyntaxError(error.message) : error;
  }
}

/** V8's message for a text that is no JSON, and where it fails. */
function describeJsonError(source) {
  try {
    new Parser(source).document();
  } catch (error) {
    if (error instanceof JsonError) return error;
    throw error;
  }
  return new JsonError('Unexpected end of JSON input', source.length);
}

function escapeLoneSurrogates(text) {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (match) => (
    match.length === 2 ? match : `\\u${match.charCodeAt(0).toString(16)}`));
}

const nativeQuote = JSON.stringify;
const quote = (text) => escapeLoneSurrogates(nativeQuote(text));

function unwrap(value) {
  if (typeof value !== 'object' || value === null) return value;
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Number]') return Number(value);
  if (tag === '[object String]') return String(value);
  return tag === '[object Boolean]' ? value.valueOf() : value;
}

class Writer {
  constructor(replacer, space, check) {
    this.check = check;
    this.replacer = typeof replacer === 'function' ? replacer : undefined;
    this.keys = Array.isArray(replacer) ? allowedKeys(replacer) : undefined;
    space = unwrap(space);
    if (typeof space === 'number') this.gap = ' '.repeat(Math.max(0, Math.min(10, Math.trunc(space))));
    else this.gap = typeof space === 'string' ? space.slice(0, 10) : '';
    this.indent = '';
    this.stack = [];
  }

  property(holder, key) {
    let value = holder[key];
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
      const { toJSON } = value;
      if (typeof toJSON === 'function') value = toJSON.call(value, String(key));
    }
    if (this.replacer !== undefined) value = this.replacer.call(holder, String(key), value);
    if (this.check !== undefined) this.check(value);
    value = unwrap(value);
    switch (typeof value) {
      case 'string': return quote(value);
      case 'number': return isFinite(value) ? String(value) : 'null';
      case 'boolean': return String(value);
      case 'object': return value === null ? 'null' : this.structure(key, value);
      default: return undefined;
    }
  }

  structure(key, value) {
    const start = this.stack.findIndex((entry) => entry.value === value);
    if (start !== -1) throw new TypeError(circleMessage(this.stack, start, key));
    this.stack.push({ key, value });
    const outer = this.indent;
    this.indent += this.gap;
    const isArray = Array.isArray(value);
    const parts = isArray ? this.elements(value) : this.members(value);
    const [open, close] = isArray ? '[]' : '{}';
    let text;
    if (parts.length === 0) text = open + close;
    else if (this.gap === '') text = open + parts.join(',') + close;
    else text = `${open}\n${this.indent}${parts.join(`,\n${this.indent}`)}\n${outer}${close}`;
    this.indent = outer;
    this.stack.pop();
    return text;
  }

  elements(array) {
    const parts = [];
    for (let index = 0; index < array.length; index++) {
      const text = this.property(array, index);
      parts.push(text === undefined ? 'null' : text);
    }
    return parts;
  }

  members(object) {
    const parts = [];
    for (const key of this.keys === undefined ? Object.keys(object) : this.keys) {
      const text = this.property(object, key);
      if (text !== undefined) parts.push(`${quote(key)}:${this.gap === '' ? '' : ' '}${text}`);
    }
    return parts;
  }
}

function allowedKeys(replacer) {
  const keys = [];
  for (const item of replacer) {
    const plain = unwrap(item);
    if (typeof plain !== 'string' && typeof plain !== 'number') continue;
    if (keys.indexOf(String(plain)) === -1) keys.push(String(plain));
  }
  return keys;
}

function circleMessage(stack, start, lastKey) {
  const name = (key) => (typeof key === 'number' ? `index ${key}` : `property '${key}'`);
  const line = ({ key, value }) => `\n    |     ${name(key)} -> object with constructor '${constructorName(value)}'`;
  let text = `Converting circular structure to JSON\n    --> starting at object with constructor '${constructorName(stack[start].value)}'`;
  let index = start + 1;
  const prefixEnd = Math.min(stack.length, index + 2);
  for (; index < prefixEnd; index++) text += line(stack[index]);
  if (stack.length > prefixEnd + 1) text += '\n    |     ...';
  for (index = Math.max(index, stack.length - 1); index < stack.length; index++) text += line(stack[index]);
  return `${text}\n    --- ${name(lastKey)} closes the circle`;
}

/** `check` (if given) sees every value before it is written, and may throw. */
function stringifyJson(value, replacer, space, check) {
  return new Writer(replacer, space, check).property({ '': value }, '');
}

module.exports = { parseJson, describeJsonError, stringifyJson, escapeLoneSurrogates };
