// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// RegExp with everything of Node 20: named groups, look-behind, \p{...}, the d, s, u and v flags. Patterns that V4 knows stay V4's and take the
// short way through its own methods; the others are run by engine/runtime/regexp, and their string methods follow ECMAScript's text in
// lib/regexp-protocol.js. C++ is asked through binding.regexp...: see engine/runtime/RegExpNatives.cpp.

const { defineHidden, defineMethods } = require('./define');
const { isObject, describe, toLength } = require('./operations');

const plain = -1;
const notRegExp = -2;
// What V4 reads otherwise than V8: (?<name>, look-behind, \k, \p.
const beyondV4 = /\(\?<|\\[kpP]/;

const escaped = ['/', '\n', '\r', '\u2028', '\u2029'];

function escapeSource(pattern) {
  if (pattern === '') return '(?:)';
  if (!escaped.some((character) => pattern.indexOf(character) !== -1)) return pattern;
  let text = '';
  let inClass = false;
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index];
    if (character === '\\') {
      const next = pattern[++index];
      text += next === '\n' ? '\\n' : next === '\r' ? '\\r' : next === undefined ? '\\' : `\\${next}`;
      continue;
    }
    if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    if (character === '/' && !inClass) text += '\\/';
    else if (character === '\n') text += '\\n';
    else if (character === '\r') text += '\\r';
    else if (character === '\u2028') text += '\\u2028';
    else if (character === '\u2029') text += '\\u2029';
    else text += character;
  }
  return text;
}

function isRegExp(value, programOf) {
  if (!isObject(value)) return false;
  const matcher = value[Symbol.match];
  return matcher === undefined ? programOf(value) !== notRegExp : !!matcher;
}

function installConstructor(global, binding) {
  const NativeRegExp = global.RegExp;
  const { prototype } = NativeRegExp;
  const { regexpProgram: programOf, regexpCompile, regexpPlaceholder, regexpSource } = binding;

  function checkFlags(flags) {
    const seen = Object.create(null);
    for (const letter of flags) {
      if ('dgimsuvy'.indexOf(letter) === -1 || seen[letter]) {
        throw new SyntaxError(`Invalid flags supplied to RegExp constructor '${flags}'`);
      }
      seen[letter] = true;
    }
    if (seen.u && seen.v) throw new SyntaxError(`Invalid flags supplied to RegExp constructor '${flags}'`);
  }

  function invalid(pattern, flags, message) {
    return new SyntaxError(`Invalid regular expression: /${pattern}/${flags}: ${message}`);
  }

  function makeProgram(pattern, flags, target) {
    const program = regexpCompile(pattern, flags);
    if (typeof program === 'string') throw invalid(pattern, flags, program);
    const known = flags.indexOf('v') === -1 ? flags : `${flags}u`;
    return Reflect.construct(NativeRegExp, [regexpPlaceholder(program), known.replace(/[dsv]/g, '')], target);
  }

  function make(pattern, flags, target) {
    if (flags !== '') checkFlags(flags);
    // With the flag u, V4 finds nothing but at the start.
    if (beyondV4.test(pattern) || /[dsuv]/.test(flags)) return makeProgram(pattern, flags, target);
    try {
      return Reflect.construct(NativeRegExp, [pattern, flags], target);
    } catch (error) {
      return makeProgram(pattern, flags, target);
    }
  }

  function RegExp(pattern, flags) {
    const patternIsRegExp = isRegExp(pattern, programOf);
    let target = new.target;
    if (target === undefined) {
      target = RegExp;
      if (patternIsRegExp && flags === undefined && pattern.constructor === RegExp) return pattern;
    }
    let source = pattern;
    if (isObject(pattern) && programOf(pattern) !== notRegExp) {
      source = regexpSource(pattern);
      if (flags === undefined) ({ flags } = pattern);
    } else if (patternIsRegExp) {
      ({ source } = pattern);
      if (flags === undefined) ({ flags } = pattern);
    }
    return make(source === undefined ? '' : String(source), flags === undefined ? '' : String(flags), target);
  }

  Object.defineProperty(RegExp, 'prototype', { value: prototype, writable: false });
  // The bundler renames the function, because the file uses the global of that name too.
  Object.defineProperty(RegExp, 'name', { value: 'RegExp', configurable: true });
  defineHidden(prototype, 'constructor', RegExp);
  Object.defineProperty(RegExp, Symbol.species, Object.getOwnPropertyDescriptor(NativeRegExp, Symbol.species));
  copyStatics(NativeRegExp, RegExp);
  defineHidden(global, 'RegExp', RegExp);
  return NativeRegExp;
}

/** RegExp.$1 and its kin, which V4 keeps on its own constructor. */
function copyStatics(from, to) {
  for (const name of Object.getOwnPropertyNames(from)) {
    const descriptor = Object.getOwnPropertyDescriptor(from, name);
    if (descriptor.get === undefined) continue;
    const getter = descriptor.get;
    defineMethods(to, {
      get [name]() { return getter.call(from); },
      set [name](value) {}, // eslint-disable-line no-unused-vars -- it is ignored
    });
  }
}

function installAccessors(prototype, binding) {
  const { regexpProgram: programOf, regexpFlags, regexpSource } = binding;
  const native = (name) => Object.getOwnPropertyDescriptor(prototype, name).get;
  const nativeFlags = { global: native('global'), ignoreCase: native('ignoreCase'), multiline: native('multiline'), sticky: native('sticky') };
  const nativeUnicode = native('unicode');
  const bit = (value, mask, name) => {
    const program = programOf(value);
    if (program !== notRegExp) return program === plain ? false : (regexpFlags(program) & mask) !== 0;
    if (value === prototype) return undefined;
    throw new TypeError(`RegExp.prototype.${name} getter called on non-RegExp object`);
  };
  const flag = (value, name) => {
    if (programOf(value) !== notRegExp) return nativeFlags[name].call(value);
    if (value === prototype) return undefined;
    throw new TypeError(`RegExp.prototype.${name} getter called on non-RegExp object`);
  };
  defineMethods(prototype, {
    get dotAll() { return bit(this, 2, 'dotAll'); },
    get flags() {
      if (!isObject(this)) throw new TypeError(`RegExp.prototype.flags getter called on non-object ${describe(this)}`);
      let text = '';
      if (this.hasIndices) text += 'd';
      if (this.global) text += 'g';
      if (this.ignoreCase) text += 'i';
      if (this.multiline) text += 'm';
      if (this.dotAll) text += 's';
      if (this.unicode) text += 'u';
      if (this.unicodeSets) text += 'v';
      if (this.sticky) text += 'y';
      return text;
    },
    get global() { return flag(this, 'global'); },
    get hasIndices() { return bit(this, 1, 'hasIndices'); },
    get ignoreCase() { return flag(this, 'ignoreCase'); },
    get multiline() { return flag(this, 'multiline'); },
    get source() {
      const source = regexpSource(this);
      if (source !== undefined) return escapeSource(source);
      if (this === prototype) return '(?:)';
      throw new TypeError('RegExp.prototype.source getter called on non-RegExp object');
    },
    get sticky() { return flag(this, 'sticky'); },
    get unicode() {
      const program = programOf(this);
      if (program === notRegExp) return this === prototype ? undefined : nativeUnicode.call(this);
      return nativeUnicode.call(this) && !(program !== plain && (regexpFlags(program) & 4));
    },
    get unicodeSets() { return bit(this, 4, 'unicodeSets'); },
  }, true);
}

function requireRegExp(value, method) {
  if (!isObject(value)) throw new TypeError(`Method RegExp.prototype.${method} called on incompatible receiver ${describe(value)}`);
}

function installMethods(global, NativeRegExp, binding, loadLib) {
  const { prototype } = global.RegExp;
  const strings = global.String.prototype;
  const { regexpProgram: programOf, regexpExec } = binding;
  const nativeExec = prototype.exec;
  const nativeTest = prototype.test;
  const nativeReplace = strings.replace;
  const nativeTextSplit = strings.split;
  const nativeMatch = prototype[Symbol.match];
  const nativeSearch = prototype[Symbol.search];
  const protocol = () => loadLib().polyfills.regExpProtocol;

  function execProgram(regExp, program, text) {
    const usesLast = regExp.global || regExp.sticky;
    const last = toLength(regExp.lastIndex);
    const start = usesLast ? last : 0;
    const match = start > text.length ? null : regexpExec(program, text, start);
    if (match === null) {
      if (usesLast) regExp.lastIndex = 0;
    } else if (usesLast) regExp.lastIndex = match.index + match[0].length;
    return match;
  }

  const execMethod = {
    exec(string) {
      const program = programOf(this);
      if (program === plain) return nativeExec.call(this, string);
      if (program === notRegExp) {
        throw new TypeError(`Method RegExp.prototype.exec called on incompatible receiver ${describe(this)}`);
      }
      return execProgram(this, program, String(string));
    },
  };
  defineMethods(prototype, execMethod, true);
  const { exec } = execMethod;
  /** Nothing of the program's own has a say: V4's whole method may do the work. */
  const isPlain = (regExp) => programOf(regExp) === plain && regExp.exec === exec;

  /** Splits by a pattern of V4's: what one sticky match a place would find, found by searching on. */
  function splitPlain(regExp, text, limit) {
    const parts = [];
    const most = limit === undefined ? 4294967295 : limit >>> 0;
    if (most === 0) return parts;
    const { length } = text;
    const searcher = new NativeRegExp(regExp, regExp.flags.replace('g', '') + 'g');
    if (length === 0) {
      if (nativeExec.call(searcher, text) === null) parts.push(text);
      return parts;
    }
    let start = 0;
    for (let from = 0; from < length;) {
      searcher.lastIndex = from;
      const match = nativeExec.call(searcher, text);
      if (match === null || match.index >= length) break;
      const end = match.index + match[0].length;
      if (end === start) {
        from = match.index + 1;
        continue;
      }
      parts.push(text.slice(start, match.index));
      if (parts.length === most) return parts;
      for (let group = 1; group < match.length; group++) {
        parts.push(match[group]);
        if (parts.length === most) return parts;
      }
      start = from = end;
    }
    parts.push(text.slice(start));
    return parts;
  }

  // Patterns with anything else never match an empty text. Too many are no harm.
  const mayMatchNothing = /[*?^$|]|\{0|\\[bB0-9]|\(\)|^$/;

  function allMatches(regExp, text) {
    const matches = [];
    regExp.lastIndex = 0;
    for (let match = nativeExec.call(regExp, text); match !== null; match = nativeExec.call(regExp, text)) {
      matches.push(match);
      if (!regExp.global) break;
      if (match[0].length === 0) regExp.lastIndex = match.index + 1;
    }
    return matches;
  }

  /** `replacementOf` gets a match, as exec makes them; it may use the pattern itself. */
  function replaceMatches(regExp, text, replacementOf) {
    const parts = [];
    let end = 0;
    for (const match of allMatches(regExp, text)) {
      const { index } = match;
      parts.push(text.slice(end, index), replacementOf(match));
      end = index + match[0].length;
    }
    if (parts.length === 0) return text;
    parts.push(text.slice(end));
    return parts.join('');
  }

  /** V4 finds an empty match twice if there is text in front of it, and copies the whole text for each call of a function. */
  function replacePlain(regExp, text, replaceValue) {
    const isSafe = !regExp.global || !mayMatchNothing.test(regExp.source);
    if (typeof replaceValue === 'function') {
      if (isSafe && text.length < 200) return nativeReplace.call(text, regExp, replaceValue);
      return replaceMatches(regExp, text, (match) => String(replaceValue(...match, match.index, text)));
    }
    const template = String(replaceValue);
    if (isSafe) return nativeReplace.call(text, regExp, template);
    if (template.indexOf('$') === -1) return replaceMatches(regExp, text, () => template);
    const { substitute } = protocol();
    return replaceMatches(regExp, text, (match) => substitute(match[0], text, match.index, match.slice(1), undefined, template));
  }

  defineMethods(prototype, {
    test(string) {
      if (isPlain(this)) return nativeTest.call(this, string);
      requireRegExp(this, 'test');
      return protocol().exec(this, String(string), exec) !== null;
    },
    toString() {
      requireRegExp(this, 'toString');
      return `/${this.source}/${this.flags}`;
    },
    [Symbol.match](string) {
      if (isPlain(this)) return nativeMatch.call(this, string);
      requireRegExp(this, '@@match');
      return protocol().match(this, String(string), exec);
    },
    [Symbol.matchAll](string) {
      requireRegExp(this, '@@matchAll');
      return protocol().matchAll(this, String(string), exec, global.RegExp);
    },
    [Symbol.replace](string, replaceValue) {
      // V4 takes no notice of where a sticky pattern has to match.
      if (isPlain(this) && !this.sticky) return replacePlain(this, String(string), replaceValue);
      requireRegExp(this, '@@replace');
      return protocol().replace(this, String(string), replaceValue, exec);
    },
    [Symbol.search](string) {
      if (isPlain(this)) return nativeSearch.call(this, string);
      requireRegExp(this, '@@search');
      return protocol().search(this, String(string), exec);
    },
    [Symbol.split](string, limit) {
      // V4 splits between the halves of surrogate pairs, and sticky patterns only at the front.
      if (isPlain(this) && !this.unicode && !this.sticky) return splitPlain(this, String(string), limit);
      requireRegExp(this, '@@split');
      return protocol().split(this, String(string), limit, exec, global.RegExp);
    },
  }, true);
  installStringMethods(strings, { nativeReplace, nativeTextSplit }, protocol, programOf);
}

function installStringMethods(strings, { nativeReplace, nativeTextSplit }, protocol, programOf) {
  const checkThis = (value, method) => {
    if (value === null || value === undefined) throw new TypeError(`String.prototype.${method} called on null or undefined`);
  };
  /** The method of an object (a RegExp above all) that takes the work over. */
  const delegate = (value, symbol) => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined;
    const method = value[symbol];
    if (method === undefined || method === null) return undefined;
    if (typeof method !== 'function') throw new TypeError(`${describe(method)} is not a function`);
    return method;
  };
  const requireGlobal = (value, method) => {
    if (isRegExp(value, programOf) && String(value.flags).indexOf('g') === -1) {
      throw new TypeError(`String.prototype.${method} called with a non-global RegExp argument`);
    }
  };
  defineMethods(strings, {
    matchAll(regexp) {
      checkThis(this, 'matchAll');
      if (regexp !== undefined && regexp !== null) {
        requireGlobal(regexp, 'matchAll');
        const method = delegate(regexp, Symbol.matchAll);
        if (method !== undefined) return method.call(regexp, this);
      }
      return new RegExp(regexp, 'g')[Symbol.matchAll](String(this));
    },
    replace(searchValue, replaceValue) {
      checkThis(this, 'replace');
      const method = delegate(searchValue, Symbol.replace);
      if (method !== undefined) return method.call(searchValue, this, replaceValue);
      return nativeReplace.call(this, searchValue, replaceValue);
    },
    replaceAll(searchValue, replaceValue) {
      checkThis(this, 'replaceAll');
      if (searchValue !== undefined && searchValue !== null) {
        requireGlobal(searchValue, 'replaceAll');
        const method = delegate(searchValue, Symbol.replace);
        if (method !== undefined) return method.call(searchValue, this, replaceValue);
      }
      return protocol().replaceAllText(String(this), String(searchValue), replaceValue);
    },
    search(regexp) {
      checkThis(this, 'search');
      const method = delegate(regexp, Symbol.search);
      if (method !== undefined) return method.call(regexp, this);
      return new RegExp(regexp)[Symbol.search](String(this));
    },
    split(separator, limit) {
      checkThis(this, 'split');
      const method = delegate(separator, Symbol.split);
      if (method !== undefined) return method.call(separator, this, limit);
      if (separator === undefined && limit !== undefined) return limit >>> 0 === 0 ? [] : [String(this)]; // V4 cuts the text itself
      return nativeTextSplit.call(this, separator, limit);
    },
  }, true);
}

function installRegExp(global, binding, loadLib) {
  if (binding.regexpCompile === undefined) return;
  const NativeRegExp = installConstructor(global, binding);
  installAccessors(NativeRegExp.prototype, binding);
  installMethods(global, NativeRegExp, binding, loadLib);
}

module.exports = { installRegExp };
