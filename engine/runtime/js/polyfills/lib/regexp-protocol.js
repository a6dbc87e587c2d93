// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The methods of RegExp.prototype and String.prototype that work through `exec`, step by step as ECMA-262 has them (22.1.3 and 22.2.6).

const { isObject, toIntegerOrInfinity, toLength } = require('../operations');

/** RegExpExec: a program's own exec goes first. */
function exec(regExp, text, builtin) {
  const method = regExp.exec;
  if (typeof method === 'function' && method !== builtin) {
    const result = method.call(regExp, text);
    if (result !== null && !isObject(result)) throw new TypeError('object null is not a function');
    return result;
  }
  return builtin.call(regExp, text);
}

function advance(text, index, unicode) {
  if (!unicode || index + 1 >= text.length) return index + 1;
  const first = text.charCodeAt(index);
  if (first < 0xd800 || first > 0xdbff) return index + 1;
  const second = text.charCodeAt(index + 1);
  return second < 0xdc00 || second > 0xdfff ? index + 1 : index + 2;
}

const isUnicode = (flags) => flags.indexOf('u') !== -1 || flags.indexOf('v') !== -1;

function match(regExp, text, builtin) {
  const flags = String(regExp.flags);
  if (flags.indexOf('g') === -1) return exec(regExp, text, builtin);
  const unicode = isUnicode(flags);
  regExp.lastIndex = 0;
  const results = [];
  for (;;) {
    const result = exec(regExp, text, builtin);
    if (result === null) return results.length === 0 ? null : results;
    const matched = String(result[0]);
    results.push(matched);
    if (matched === '') regExp.lastIndex = advance(text, toLength(regExp.lastIndex), unicode);
  }
}

const iteratorStates = new WeakMap();
const iteratorPrototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));
Object.defineProperty(iteratorPrototype, 'next', {
  value: {
    next() {
      const state = iteratorStates.get(this);
      if (state === undefined) {
        throw new TypeError(`Method %RegExpStringIterator%.prototype.next called on incompatible receiver ${String(this)}`);
      }
      if (state.done) return { value: undefined, done: true };
      const result = exec(state.matcher, state.text, state.builtin);
      if (result === null) {
        state.done = true;
        return { value: undefined, done: true };
      }
      if (!state.global) state.done = true;
      else if (String(result[0]) === '') {
        state.matcher.lastIndex = advance(state.text, toLength(state.matcher.lastIndex), state.unicode);
      }
      return { value: result, done: false };
    },
  }.next,
  writable: true,
  configurable: true,
});
Object.defineProperty(iteratorPrototype, Symbol.toStringTag, { value: 'RegExp String Iterator', configurable: true });

function species(regExp, RegExp) {
  const { constructor } = regExp;
  if (constructor === undefined || constructor === RegExp) return RegExp;
  if (!isObject(constructor)) throw new TypeError('The .constructor property is not an object');
  const found = constructor[Symbol.species];
  return found === undefined || found === null ? RegExp : found;
}

function matchAll(regExp, text, builtin, RegExp) {
  const flags = String(regExp.flags);
  const matcher = new (species(regExp, RegExp))(regExp, flags);
  matcher.lastIndex = toLength(regExp.lastIndex);
  const iterator = Object.create(iteratorPrototype);
  iteratorStates.set(iterator, { matcher, text, builtin, global: flags.indexOf('g') !== -1, unicode: isUnicode(flags), done: false });
  return iterator;
}

function search(regExp, text, builtin) {
  const previous = regExp.lastIndex;
  if (!Object.is(previous, 0)) regExp.lastIndex = 0;
  const result = exec(regExp, text, builtin);
  if (!Object.is(regExp.lastIndex, previous)) regExp.lastIndex = previous;
  return result === null ? -1 : result.index;
}

function split(regExp, text, limit, builtin, RegExp) {
  const Constructor = species(regExp, RegExp);
  const flags = String(regExp.flags);
  const unicode = isUnicode(flags);
  const splitter = new Constructor(regExp, flags.indexOf('y') === -1 ? `${flags}y` : flags);
  const parts = [];
  const most = limit === undefined ? 4294967295 : limit >>> 0;
  if (most === 0) return parts;
  if (text.length === 0) {
    if (exec(splitter, text, builtin) === null) parts.push(text);
    return parts;
  }
  let start = 0;
  let index = 0;
  while (index < text.length) {
    splitter.lastIndex = index;
    const result = exec(splitter, text, builtin);
    const end = result === null ? start : Math.min(toLength(splitter.lastIndex), text.length);
    if (result === null || end === start) {
      index = advance(text, index, unicode);
      continue;
    }
    parts.push(text.slice(start, index));
    if (parts.length === most) return parts;
    start = end;
    const groups = Math.max(toLength(result.length) - 1, 0);
    for (let group = 1; group <= groups; group++) {
      parts.push(result[group]);
      if (parts.length === most) return parts;
    }
    index = start;
  }
  parts.push(text.slice(start));
  return parts;
}

/** GetSubstitution: "$1", "$<name>" and the others in a replacement text. */
function substitute(matched, text, position, captures, groups, template) {
  if (template.indexOf('$') === -1) return template;
  return expand(template, (sign, digits, name) => {
    if (sign === '$') return '$';
    if (sign === '&') return matched;
    if (sign === '`') return text.slice(0, position);
    if (sign === '\'') return text.slice(Math.min(position + matched.length, text.length));
    if (name !== undefined) {
      if (groups === undefined) return undefined;
      const value = groups[name];
      return value === undefined ? '' : String(value);
    }
    let number = +digits;
    let rest = '';
    if (number > captures.length && digits.length === 2) {
      number = +digits[0];
      rest = digits[1];
    }
    if (number < 1 || number > captures.length) return undefined;
    const value = captures[number - 1];
    return (value === undefined ? '' : value) + rest;
  });
}

function expand(template, valueOf) {
  let result = '';
  let index = 0;
  while (index < template.length) {
    const sign = template.indexOf('$', index);
    if (sign === -1 || sign + 1 >= template.length) break;
    result += template.slice(index, sign);
    const next = template[sign + 1];
    let length = 2;
    let value;
    if (next === '$' || next === '&' || next === '`' || next === '\'') value = valueOf(next);
    else if (next >= '0' && next <= '9') {
      const second = template[sign + 2];
      if (second >= '0' && second <= '9') length = 3;
      value = valueOf('', template.slice(sign + 1, sign + length));
    } else if (next === '<') {
      const end = template.indexOf('>', sign);
      if (end !== -1) {
        length = end + 1 - sign;
        value = valueOf('', '', template.slice(sign + 2, end));
      }
    }
    if (value === undefined) {
      result += '$';
      index = sign + 1;
    } else {
      result += value;
      index = sign + length;
    }
  }
  return result + template.slice(index);
}

function collect(regExp, text, builtin) {
  const flags = String(regExp.flags);
  const global = flags.indexOf('g') !== -1;
  const unicode = isUnicode(flags);
  if (global) regExp.lastIndex = 0;
  const results = [];
  for (;;) {
    const result = exec(regExp, text, builtin);
    if (result === null) return results;
    results.push(result);
    if (!global) return results;
    if (String(result[0]) === '') regExp.lastIndex = advance(text, toLength(regExp.lastIndex), unicode);
  }
}

function replace(regExp, text, replaceValue, builtin) {
  const template = typeof replaceValue === 'function' ? undefined : String(replaceValue);
  let accumulated = '';
  let next = 0;
  for (const result of collect(regExp, text, builtin)) {
    const count = Math.max(toLength(result.length) - 1, 0);
    const matched = String(result[0]);
    const position = Math.max(Math.min(toIntegerOrInfinity(result.index), text.length), 0);
    const captures = [];
    for (let group = 1; group <= count; group++) captures.push(result[group] === undefined ? undefined : String(result[group]));
    const { groups } = result;
    let replacement;
    if (template === undefined) {
      const parameters = [matched, ...captures, position, text];
      if (groups !== undefined) parameters.push(groups);
      replacement = String(replaceValue.apply(undefined, parameters));
    } else {
      replacement = substitute(matched, text, position, captures, groups === undefined ? undefined : Object(groups), template);
    }
    if (position >= next) {
      accumulated += text.slice(next, position) + replacement;
      next = position + matched.length;
    }
  }
  return next >= text.length ? accumulated : accumulated + text.slice(next);
}

/** String.prototype.replaceAll with a text to search for. */
function replaceAllText(text, searched, replaceValue) {
  const isFunction = typeof replaceValue === 'function';
  const template = isFunction ? undefined : String(replaceValue);
  const step = Math.max(searched.length, 1);
  let result = '';
  let end = 0;
  for (let position = text.indexOf(searched); position !== -1;
    position = position + step > text.length ? -1 : text.indexOf(searched, position + step)) {
    const replacement = isFunction ?
      String(replaceValue.call(undefined, searched, position, text)) :
      substitute(searched, text, position, [], undefined, template);
    result += text.slice(end, position) + replacement;
    end = position + searched.length;
  }
  return end < text.length ? result + text.slice(end) : result;
}

module.exports = { exec, match, matchAll, replace, replaceAllText, search, split, substitute };
