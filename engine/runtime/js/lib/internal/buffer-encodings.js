// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The encodings of buffers. Each has byteLength(text), write(bytes, text, offset, length) -> bytes written, and
// slice(bytes, start, end) -> text.

const utf8 = require('./utf8');

const chunk = 4096;

function textOf(bytes, start, end, mask = 0xff) {
  let text = '';
  for (let i = start; i < end; i += chunk) {
    const units = [];
    const stop = Math.min(i + chunk, end);
    for (let j = i; j < stop; ++j) units.push(bytes[j] & mask);
    text += String.fromCharCode.apply(null, units);
  }
  return text;
}

function writeUnits(bytes, text, offset, length) {
  const count = Math.min(text.length, length, bytes.length - offset);
  for (let i = 0; i < count; ++i) bytes[offset + i] = text.charCodeAt(i);
  return count;
}

const utf8Encoding = {
  name: 'utf8',
  byteLength: utf8.byteLength,
  write(bytes, text, offset, length) {
    const encoded = utf8.encode(text);
    let count = Math.min(encoded.length, length, bytes.length - offset);
    if (count < encoded.length) {
      // No part of a character.
      while (count > 0 && (encoded[count] & 0xc0) === 0x80) --count;
      bytes.set(encoded.subarray(0, count), offset);
    } else {
      bytes.set(encoded, offset);
    }
    return count;
  },
  slice: (bytes, start, end) => utf8.decode(new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start)),
};

const utf16Encoding = {
  name: 'utf16le',
  byteLength: (text) => text.length * 2,
  write(bytes, text, offset, length) {
    const count = Math.floor(Math.min(text.length * 2, length, bytes.length - offset) / 2);
    for (let i = 0; i < count; ++i) {
      const unit = text.charCodeAt(i);
      bytes[offset + 2 * i] = unit & 0xff;
      bytes[offset + 2 * i + 1] = unit >> 8;
    }
    return count * 2;
  },
  slice(bytes, start, end) {
    const units = [];
    let text = '';
    for (let i = start; i + 1 < end; i += 2) {
      units.push(bytes[i] | (bytes[i + 1] << 8));
      if (units.length === chunk) text += String.fromCharCode.apply(null, units.splice(0));
    }
    return text + String.fromCharCode.apply(null, units);
  },
};

const latin1Encoding = {
  name: 'latin1',
  byteLength: (text) => text.length,
  write: writeUnits,
  slice: (bytes, start, end) => textOf(bytes, start, end),
};

const asciiEncoding = {
  name: 'ascii',
  byteLength: (text) => text.length,
  write: writeUnits,
  slice: (bytes, start, end) => textOf(bytes, start, end, 0x7f),
};

const hexDigits = '0123456789abcdef';

function hexValue(code) {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

const hexEncoding = {
  name: 'hex',
  byteLength: (text) => text.length >>> 1,
  write(bytes, text, offset, length) {
    const count = Math.min(text.length >>> 1, length, bytes.length - offset);
    for (let i = 0; i < count; ++i) {
      const high = hexValue(text.charCodeAt(2 * i));
      const low = hexValue(text.charCodeAt(2 * i + 1));
      if (high === -1 || low === -1) return i;
      bytes[offset + i] = high * 16 + low;
    }
    return count;
  },
  slice(bytes, start, end) {
    let text = '';
    for (let i = start; i < end; ++i) text += hexDigits[bytes[i] >> 4] + hexDigits[bytes[i] & 15];
    return text;
  },
};

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64UrlDigits = `${base64Digits.slice(0, 62)}-_`;
const base64Values = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; ++i) {
  base64Values[base64Digits.charCodeAt(i)] = i;
  base64Values[base64UrlDigits.charCodeAt(i)] = i;
}

function base64ByteLength(text) {
  let length = text.length;
  if (text[length - 1] === '=') --length;
  if (length > 1 && text[length - 1] === '=') --length;
  return (length * 3) >>> 2;
}

/** Decodes both alphabets; what is no digit is passed over. */
function writeBase64(bytes, text, offset, length) {
  const limit = Math.min(length, bytes.length - offset);
  let count = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < text.length && count < limit; ++i) {
    const code = text.charCodeAt(i);
    const value = code < 128 ? base64Values[code] : -1;
    if (value === -1) {
      if (code === 61) break;
      continue;
    }
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[offset + count++] = (bits >> held) & 0xff;
    }
  }
  return count;
}

function base64Text(bytes, start, end, digits, padded) {
  let text = '';
  let i = start;
  for (; i + 2 < end; i += 3) {
    const bits = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
    text += digits[bits >> 18] + digits[(bits >> 12) & 63] + digits[(bits >> 6) & 63] + digits[bits & 63];
  }
  if (end - i === 1) {
    text += digits[bytes[i] >> 2] + digits[(bytes[i] & 3) << 4] + (padded ? '==' : '');
  } else if (end - i === 2) {
    const bits = (bytes[i] << 8) | bytes[i + 1];
    text += digits[bits >> 10] + digits[(bits >> 4) & 63] + digits[(bits & 15) << 2] + (padded ? '=' : '');
  }
  return text;
}

const base64Encoding = {
  name: 'base64',
  byteLength: base64ByteLength,
  write: writeBase64,
  slice: (bytes, start, end) => base64Text(bytes, start, end, base64Digits, true),
};

const base64UrlEncoding = {
  name: 'base64url',
  byteLength: base64ByteLength,
  write: writeBase64,
  slice: (bytes, start, end) => base64Text(bytes, start, end, base64UrlDigits, false),
};

const encodings = {
  'utf8': utf8Encoding,
  'utf-8': utf8Encoding,
  'ucs2': utf16Encoding,
  'ucs-2': utf16Encoding,
  'utf16le': utf16Encoding,
  'utf-16le': utf16Encoding,
  'latin1': latin1Encoding,
  'binary': latin1Encoding,
  'ascii': asciiEncoding,
  'hex': hexEncoding,
  'base64': base64Encoding,
  'base64url': base64UrlEncoding,
};

/** The encoding of that name in any case; undefined when there is none. */
function findEncoding(name) {
  const key = `${name}`;
  if (Object.prototype.hasOwnProperty.call(encodings, key)) return encodings[key];
  const lower = key.toLowerCase();
  return Object.prototype.hasOwnProperty.call(encodings, lower) ? encodings[lower] : undefined;
}

module.exports = { base64Digits, base64Values, findEncoding, utf8Encoding };
