// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The smallest parts of util.inspect: quoted strings, numbers, colours, widths.

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

// Unicode's East Asian Width (wide and full width), joined where only unassigned code points lie between.
const wideRanges = [0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3,
                    0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1,
                    0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea,
                    0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b,
                    0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
                    0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e,
                    0x3041, 0x3247, 0x3250, 0x4dbf, 0x4e00, 0xa4c6, 0xa960, 0xa97c, 0xac00, 0xd7a3, 0xf900, 0xfaff,
                    0xfe10, 0xfe19, 0xfe30, 0xfe6b, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18cff, 0x1aff0, 0x1b2fb,
                    0x1f004, 0x1f004, 0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f1e6, 0x1f320,
                    0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e, 0x1f393, 0x1f3a0, 0x1f3ca, 0x1f3cf, 0x1f3d3,
                    0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440, 0x1f440, 0x1f442, 0x1f4fc,
                    0x1f4ff, 0x1f53d, 0x1f54b, 0x1f54e, 0x1f550, 0x1f567, 0x1f57a, 0x1f57a, 0x1f595, 0x1f596,
                    0x1f5a4, 0x1f5a4, 0x1f5fb, 0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2,
                    0x1f6d5, 0x1f6df, 0x1f6eb, 0x1f6ec, 0x1f6f4, 0x1f6fc, 0x1f7e0, 0x1f7eb, 0x1f7f0, 0x1f7f0,
                    0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1f9ff, 0x1fa70, 0x1faff, 0x20000, 0x3fffd];
const zeroRanges = [0x00, 0x1f, 0x7f, 0x9f, 0x300, 0x36f, 0x200b, 0x200f, 0x20d0, 0x20ff, 0xfe00, 0xfe0f,
                    0xfe20, 0xfe2f, 0x1f3fb, 0x1f3ff, 0xe0100, 0xe01ef];

function inRanges(ranges, code) {
  for (let i = 0; i < ranges.length; i += 2) {
    if (code < ranges[i]) return false;
    if (code <= ranges[i + 1]) return true;
  }
  return false;
}

/** Columns that the text takes in a terminal. */
function getStringWidth(text, removeControl = true) {
  const plain = removeControl ? stripColors(text) : text;
  let width = 0;
  for (let i = 0; i < plain.length; ++i) {
    const code = plain.charCodeAt(i);
    if (code >= 127) return width + wideWidth(plain.slice(i).normalize('NFC'));
    if (code >= 32) ++width;
  }
  return width;
}

function wideWidth(text) {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0);
    if (inRanges(wideRanges, code)) width += 2;
    else if (!inRanges(zeroRanges, code)) ++width;
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
