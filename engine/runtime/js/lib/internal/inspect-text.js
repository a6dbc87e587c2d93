// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The smallest parts of util.inspect: quoted strings, numbers, colours, widths.

const binding = require('../../core/binding');
const { validateString } = require('../../core/validators');

const shortEscapes = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r', 39: "\\'", 92: '\\\\' };

// eslint-disable-next-line no-control-regex
const needsEscape = /[\x00-\x1f\x27\x5c\x7f-\x9f\ud800-\udfff]/;

function escapeUnit(code) {
  if (shortEscapes[code] !== undefined) return shortEscapes[code];
  if (code < 0xa0) return `\\x${code < 16 ? '0' : ''}${code.toString(16).toUpperCase()}`;
  return `\\u${code.toString(16)}`;
}

/** Escapes control characters, backslashes, lone surrogates and (when `quote` is 39) single quotes. */
function escapeText(text, quote = 39) {
  let result = '';
  let last = 0;
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdfff) {
      const next = i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
      if (code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
        ++i;
        continue;
      }
    } else if (code !== quote && code !== 92 && code >= 32 && (code <= 126 || code >= 160)) {
      continue;
    }
    result += text.slice(last, i) + escapeUnit(code);
    last = i + 1;
  }
  return last === 0 ? text : result + text.slice(last);
}

/** The text in quotes: single ones, or double ones or backticks when that saves escapes. */
function quoteText(text) {
  let open = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) open = '"';
    else if (!text.includes('`') && !text.includes('${')) open = '`';
  }
  const body = needsEscape.test(text) ? escapeText(text, open === "'" ? 39 : -1) : text;
  return open + body + open;
}

function separateThousands(digits) {
  const start = digits[0] === '-' ? 1 : 0;
  let result = '';
  let i = digits.length;
  for (; i >= start + 4; i -= 3) result = `_${digits.slice(i - 3, i)}${result}`;
  return digits.slice(0, i) + result;
}

function separateFraction(digits) {
  let result = '';
  let i = 0;
  for (; i < digits.length - 3; i += 3) result += `${digits.slice(i, i + 3)}_`;
  return result + digits.slice(i);
}

function numberText(number, separator) {
  if (number === 0 && 1 / number < 0 && !separator) return '-0';
  const text = String(number);
  if (!separator || !Number.isFinite(number) || text.includes('e')) return text;
  const point = text.indexOf('.');
  if (point === -1) return separateThousands(text);
  return `${separateThousands(text.slice(0, point))}.${separateFraction(text.slice(point + 1))}`;
}

function bigintText(value, separator) {
  const text = String(value);
  return `${separator ? separateThousands(text) : text}n`;
}

const ansi = new RegExp('[\\u001B\\u009B][[\\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]+)*' +
  '|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]*)*)?(?:\\u0007|\\u001B\\u005C|\\u009C))' +
  '|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-nq-uy=><~]))', 'g');

function stripColors(text) {
  return text.replace(ansi, '');
}

function stripVTControlCharacters(text) {
  validateString(text, 'str');
  return stripColors(text);
}

/** Columns that the text takes in a terminal. */
function getStringWidth(text, removeControl = true) {
  const plain = removeControl ? stripColors(text) : text;
  let width = 0;
  for (let i = 0; i < plain.length; ++i) {
    const code = plain.charCodeAt(i);
    if (code >= 127) return width + binding.textColumns(plain.slice(i).normalize('NFC'));
    if (code >= 32) ++width;
  }
  return width;
}

const foreground = 39;
const background = 49;
const colors = Object.assign(Object.create(null), {
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  blink: [5, 25],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
});
const hues = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const capital = (name) => name[0].toUpperCase() + name.slice(1);
hues.forEach((name, i) => { colors[name] = [30 + i, foreground]; });
hues.forEach((name, i) => { colors[`bg${capital(name)}`] = [40 + i, background]; });
colors.framed = [51, 54];
colors.overlined = [53, 55];
colors.gray = [90, foreground];
hues.slice(1).forEach((name, i) => { colors[`${name}Bright`] = [91 + i, foreground]; });
colors.bgGray = [100, background];
hues.slice(1).forEach((name, i) => { colors[`bg${capital(name)}Bright`] = [101 + i, background]; });

const colorAliases = {
  gray: ['grey', 'blackBright'],
  bgGray: ['bgGrey', 'bgBlackBright'],
  dim: ['faint'],
  strikethrough: ['crossedout', 'strikeThrough', 'crossedOut'],
  hidden: ['conceal'],
  inverse: ['swapColors', 'swapcolors'],
  doubleunderline: ['doubleUnderline'],
};
for (const name of Object.keys(colorAliases)) {
  for (const alias of colorAliases[name]) {
    Object.defineProperty(colors, alias, {
      get() { return this[name]; },
      set(value) { this[name] = value; },
      configurable: true,
      enumerable: false,
    });
  }
}

const styles = Object.assign(Object.create(null), {
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
});

function stylizeWithColor(text, style) {
  const color = styles[style] === undefined ? undefined : colors[styles[style]];
  return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
}

function stylizeNoColor(text) {
  return text;
}

module.exports = {
  bigintText,
  colors,
  escapeText,
  getStringWidth,
  numberText,
  quoteText,
  stripColors,
  stripVTControlCharacters,
  styles,
  stylizeNoColor,
  stylizeWithColor,
};
