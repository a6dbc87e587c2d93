// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Hosts and percent-encoding of the URL Standard (https://url.spec.whatwg.org, sections 1.3 and 3).

const punycode = require('punycode/punycode.js');
const utf8 = require('./utf8');

function codeSet(characters) {
  const set = new Set();
  for (const character of characters) set.add(character.charCodeAt(0));
  return set;
}

const fragmentSet = codeSet(' "<>`');
const querySet = codeSet(' "#<>');
const specialQuerySet = codeSet(' "#<>\'');
// Without the ^ of today's standard, as in Node 20.
const pathSet = codeSet(' "#<>?`{}');
const userinfoSet = codeSet(' "#<>?^`{}/:;=@[\\]|');
const noSet = new Set();
const forbiddenHost = codeSet('\0\t\n\r #/:<>?@[\\]^|');
const forbiddenDomain = codeSet('%\u007f');

function percent(byte) {
  return `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
}

/** Percent-encodes controls, everything beyond ASCII, and the characters of the set. */
function percentEncode(text, set) {
  let result = '';
  for (const character of text) {
    const code = character.codePointAt(0);
    if (code > 0x1f && code < 0x7f && !set.has(code)) {
      result += character;
    } else {
      for (const byte of utf8.encode(character)) result += percent(byte);
    }
  }
  return result;
}

/** Bytes of a text with its %xx sequences decoded. */
function percentDecode(text) {
  const bytes = [];
  const source = utf8.encode(text);
  for (let i = 0; i < source.length; ++i) {
    const isEscape = source[i] === 0x25 && i + 2 < source.length &&
      /^[0-9a-fA-F]{2}$/.test(String.fromCharCode(source[i + 1], source[i + 2]));
    if (isEscape) {
      bytes.push(parseInt(String.fromCharCode(source[i + 1], source[i + 2]), 16));
      i += 2;
    } else {
      bytes.push(source[i]);
    }
  }
  return Uint8Array.from(bytes);
}

function parseIPv4Number(text) {
  if (text === '') return NaN;
  let digits = text;
  let radix = 10;
  if (/^0[xX]/.test(digits)) {
    digits = digits.slice(2);
    radix = 16;
  } else if (digits.length > 1 && digits[0] === '0') {
    digits = digits.slice(1);
    radix = 8;
  }
  if (digits === '') return 0;
  const allowed = radix === 10 ? /^[0-9]+$/ : radix === 16 ? /^[0-9a-fA-F]+$/ : /^[0-7]+$/;
  return allowed.test(digits) ? parseInt(digits, radix) : NaN;
}

function endsInNumber(host) {
  const parts = host.split('.');
  if (parts[parts.length - 1] === '') {
    if (parts.length === 1) return false;
    parts.pop();
  }
  const last = parts[parts.length - 1];
  return /^[0-9]+$/.test(last) || !Number.isNaN(parseIPv4Number(last));
}

/** The address in dotted form; undefined when it is none. */
function parseIPv4(host) {
  const parts = host.split('.');
  if (parts[parts.length - 1] === '' && parts.length > 1) parts.pop();
  if (parts.length > 4) return undefined;
  const numbers = parts.map(parseIPv4Number);
  if (numbers.some(Number.isNaN) || numbers.slice(0, -1).some((number) => number > 255)) return undefined;
  let address = numbers[numbers.length - 1];
  if (address >= 256 ** (5 - numbers.length)) return undefined;
  numbers.slice(0, -1).forEach((number, i) => { address += number * 256 ** (3 - i); });
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function parseIPv4Tail(text) {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const bytes = match.slice(1);
  if (bytes.some((byte) => Number(byte) > 255 || (byte.length > 1 && byte[0] === '0'))) return undefined;
  const [a, b, c, d] = bytes.map(Number);
  return [a * 256 + b, c * 256 + d];
}

/** Pieces of one side of `::`; undefined when one is wrong. */
function parsePieces(text) {
  if (text === '') return [];
  const parts = text.split(':');
  const pieces = [];
  for (let i = 0; i < parts.length; ++i) {
    if (/^[0-9a-fA-F]{1,4}$/.test(parts[i])) {
      pieces.push(parseInt(parts[i], 16));
      continue;
    }
    const tail = i === parts.length - 1 ? parseIPv4Tail(parts[i]) : undefined;
    if (tail === undefined) return undefined;
    pieces.push(...tail);
  }
  return pieces;
}

function serializeIPv6(pieces) {
  let best = { start: -1, length: 1 };
  for (let i = 0; i < 8; ++i) {
    let length = 0;
    while (i + length < 8 && pieces[i + length] === 0) ++length;
    if (length > best.length) best = { start: i, length };
    i += length;
  }
  const hex = (list) => list.map((piece) => piece.toString(16)).join(':');
  if (best.start === -1) return hex(pieces);
  return `${hex(pieces.slice(0, best.start))}::${hex(pieces.slice(best.start + best.length))}`;
}

function parseIPv6(text) {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const left = parsePieces(halves[0]);
  const right = halves.length === 2 ? parsePieces(halves[1]) : [];
  if (left === undefined || right === undefined) return undefined;
  if (halves.length === 1) return left.length === 8 ? serializeIPv6(left) : undefined;
  const missing = 8 - left.length - right.length;
  // An IPv4 tail may only stand at the very end.
  if (missing < 1 || (halves[0].includes('.') && halves[1] !== undefined)) return undefined;
  return serializeIPv6(left.concat(new Array(missing).fill(0), right));
}

/** UTS 46 mapping without its tables: case folding and compatibility forms, which is what nearly all of it comes to. */
function domainToASCII(domain) {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(domain)) {
    const lower = domain.toLowerCase();
    return lower.split('.').some((label) => label.startsWith('xn--') && !isPunycode(label.slice(4))) ? undefined : lower;
  }
  const mapped = domain.replace(/[\u00ad\u200b\u2060\ufeff\u200c\u200d]/g, '').replace(/[\u3002\uff0e\uff61]/g, '.')
    .normalize('NFKC').toLowerCase().normalize('NFKC');
  if (/[\ufffd\ud800-\udfff]/.test(mapped.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) return undefined;
  if (/(^|\.)[\u0300-\u036f]/.test(mapped)) return undefined;
  if (/(^|\.)xn--/.test(mapped)) return undefined;
  return punycode.toASCII(mapped);
}

function isPunycode(text) {
  try {
    const decoded = punycode.decode(text);
    // eslint-disable-next-line no-control-regex
    return text !== '' && !/^[\x00-\x7f]*$/.test(decoded);
  } catch (error) {
    return false;
  }
}

function hasForbidden(text, isDomain) {
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    if (forbiddenHost.has(code) || (isDomain && (code <= 0x1f || forbiddenDomain.has(code)))) return true;
  }
  return false;
}

/** The serialized host; undefined when it is not valid. */
function parseHost(input, isOpaque) {
  if (input[0] === '[') {
    if (input[input.length - 1] !== ']') return undefined;
    const address = parseIPv6(input.slice(1, -1));
    return address === undefined ? undefined : `[${address}]`;
  }
  if (isOpaque) return hasForbidden(input, false) ? undefined : percentEncode(input, noSet);
  const domain = utf8.decode(percentDecode(input));
  const ascii = domainToASCII(domain);
  if (ascii === undefined || ascii === '' || hasForbidden(ascii, true)) return undefined;
  return endsInNumber(ascii) ? parseIPv4(ascii) : ascii;
}

module.exports = {
  domainToASCII,
  fragmentSet,
  noSet,
  parseHost,
  pathSet,
  percentDecode,
  percentEncode,
  punycode,
  querySet,
  specialQuerySet,
  userinfoSet,
};
