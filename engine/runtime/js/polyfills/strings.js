// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// String.prototype: what V4 lacks or answers otherwise than V8. The methods that take patterns are in regexp.js.

const { defineHidden, defineMethods } = require('./define');
const { toIntegerOrInfinity, relativeIndex } = require('./operations');

const longestString = 536870888; // V8's limit; V4 would fail to allocate

const loneSurrogate = /[\ud800-\udfff]/;
const pairOrSurrogate = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;

function thisString(value, method) {
  if (value === null || value === undefined) throw new TypeError(`String.prototype.${method} called on null or undefined`);
  return String(value);
}

function html(value, method, tag, attribute, content) {
  const text = thisString(value, method);
  if (typeof content === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  const open = attribute === undefined ? tag : `${tag} ${attribute}="${String(content).replace(/"/g, '&quot;')}"`;
  return `<${open}>${text}</${tag}>`;
}

const missing = {
  anchor(name) { return html(this, 'anchor', 'a', 'name', name); },
  big() { return html(this, 'big', 'big'); },
  blink() { return html(this, 'blink', 'blink'); },
  bold() { return html(this, 'bold', 'b'); },
  fixed() { return html(this, 'fixed', 'tt'); },
  fontcolor(color) { return html(this, 'fontcolor', 'font', 'color', color); },
  fontsize(size) { return html(this, 'fontsize', 'font', 'size', size); },
  italics() { return html(this, 'italics', 'i'); },
  link(url) { return html(this, 'link', 'a', 'href', url); },
  small() { return html(this, 'small', 'small'); },
  strike() { return html(this, 'strike', 'strike'); },
  sub() { return html(this, 'sub', 'sub'); },
  sup() { return html(this, 'sup', 'sup'); },
  at(index) {
    const text = thisString(this, 'at');
    const position = relativeIndex(index, text.length);
    return position < 0 || position >= text.length ? undefined : text[position];
  },
  isWellFormed() {
    return !loneSurrogate.test(pairsRemoved(thisString(this, 'isWellFormed')));
  },
  toWellFormed() {
    const text = thisString(this, 'toWellFormed');
    return text.replace(pairOrSurrogate, (match) => (match.length === 2 ? match : '\ufffd'));
  },
  trimStart() {
    return trimmedEnd(thisString(this, 'trimLeft'), true);
  },
  trimEnd() {
    return trimmedEnd(thisString(this, 'trimRight'), false);
  },
};

function pairsRemoved(text) {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '');
}

function trimmedEnd(text, atStart) {
  // V4's trim knows the same white space; a mark keeps the other end.
  return atStart ? `${text}|`.trim().slice(0, -1) : `|${text}`.trim().slice(1);
}

function installStrings(global, binding, loadLib) {
  const prototype = global.String.prototype;
  defineMethods(prototype, missing);
  defineHidden(prototype, 'trimLeft', prototype.trimStart);
  defineHidden(prototype, 'trimRight', prototype.trimEnd);

  const { match, repeat, padStart, padEnd, normalize, toLowerCase, toLocaleUpperCase } = prototype;
  const checkLength = (length) => {
    if (length > longestString) throw new RangeError('Invalid string length');
  };
  defineMethods(prototype, {
    match(pattern) { // V4 takes a second argument for flags
      return match.call(this, pattern);
    },
    repeat(count) {
      const text = thisString(this, 'repeat');
      const times = toIntegerOrInfinity(count);
      if (times < 0 || times === Infinity) throw new RangeError(`Invalid count value: ${String(count)}`);
      if (text.length === 0) return '';
      checkLength(text.length * times);
      return repeat.call(text, times);
    },
    padStart(maxLength /* , fillString */) {
      checkLength(+maxLength);
      return padStart.call(this, maxLength, arguments[1]);
    },
    padEnd(maxLength /* , fillString */) {
      checkLength(+maxLength);
      return padEnd.call(this, maxLength, arguments[1]);
    },
    normalize(/* form */) {
      const form = arguments[0] === undefined ? 'NFC' : String(arguments[0]);
      if (form !== 'NFC' && form !== 'NFD' && form !== 'NFKC' && form !== 'NFKD') {
        throw new RangeError('The normalization form should be one of NFC, NFD, NFKC, NFKD.');
      }
      return normalize.call(this, form);
    },
    toLowerCase() {
      const text = thisString(this, 'toLowerCase');
      const lower = toLowerCase.call(text);
      // A sigma at the end of a word is the one letter whose lower case depends on its neighbours.
      return text.indexOf('\u03a3') === -1 ? lower : loadLib().polyfills.finalSigma(text, lower);
    },
    toLocaleLowerCase() {
      const text = thisString(this, 'toLocaleLowerCase');
      if (arguments[0] === undefined) return prototype.toLowerCase.call(text);
      return loadLib().polyfills.localeCase(binding, text, arguments[0], false);
    },
    toLocaleUpperCase() {
      const text = thisString(this, 'toLocaleUpperCase');
      if (arguments[0] === undefined) return toLocaleUpperCase.call(text);
      return loadLib().polyfills.localeCase(binding, text, arguments[0], true);
    },
    localeCompare(that /* , locales, options */) {
      return loadLib().polyfills.localeCompare(binding, thisString(this, 'localeCompare'), String(that), arguments[1], arguments[2]);
    },
  }, true);
}

module.exports = { installStrings };
