// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { codes } = require('../core/errors');
const { isBigInt } = require('../core/type-of');
const { Buffer } = require('./buffer');

/** Bytes of a text with %xx decoded; what is no escape stays. */
function unescapeBuffer(text, decodeSpaces = false) {
  const result = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let i = 0; i < text.length; ++i) {
    if (text[i] === '+' && decodeSpaces) {
      result[length++] = 32;
    } else if (text[i] === '%' && /^[0-9a-fA-F]{2}$/.test(text.slice(i + 1, i + 3))) {
      result[length++] = parseInt(text.slice(i + 1, i + 3), 16);
      i += 2;
    } else {
      result[length++] = text.charCodeAt(i);
    }
  }
  return result.subarray(0, length);
}

function unescape(text, decodeSpaces) {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    return querystring.unescapeBuffer(text, decodeSpaces).toString();
  }
}

function escape(value) {
  let text = value;
  if (typeof text !== 'string') text = typeof text === 'object' ? String(text) : `${text}`;
  try {
    return encodeURIComponent(text);
  } catch (error) {
    return encodeSurrogates(text);
  }
}

/** A surrogate is encoded together with whatever follows it; the last character cannot be one. */
function encodeSurrogates(text) {
  let paired = '';
  for (let i = 0; i < text.length; ++i) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) {
      paired += text[i];
      continue;
    }
    if (++i >= text.length) throw new codes.ERR_INVALID_URI();
    paired += String.fromCodePoint(0x10000 + (((unit & 0x3ff) << 10) | (text.charCodeAt(i) & 0x3ff)));
  }
  return encodeURIComponent(paired);
}

function primitiveText(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return `${value}`;
  if (isBigInt(value)) return String(value);
  return typeof value === 'boolean' ? String(value) : '';
}

function stringify(object, separator, equals, options) {
  const sep = separator || '&';
  const eq = equals || '=';
  const encode = options && typeof options.encodeURIComponent === 'function' ? options.encodeURIComponent : querystring.escape;
  const encodeValue = (value) => {
    const text = primitiveText(value);
    return text === '' ? '' : encode(text);
  };
  if (object === null || typeof object !== 'object') return '';
  const parts = [];
  for (const key of Object.keys(object)) {
    const prefix = encodeValue(key) + eq;
    const values = Array.isArray(object[key]) ? object[key] : [object[key]];
    for (const value of values) parts.push(prefix + encodeValue(value));
  }
  return parts.join(sep);
}

function decodeWith(text, decode) {
  try {
    return decode(text);
  } catch (error) {
    return querystring.unescape(text, true);
  }
}

function parse(query, separator, equals, options) {
  const result = Object.create(null);
  if (typeof query !== 'string' || query.length === 0) return result;
  const sep = separator ? `${separator}` : '&';
  const eq = equals ? `${equals}` : '=';
  const maxKeys = options && typeof options.maxKeys === 'number' ? options.maxKeys : 1000;
  const custom = options && typeof options.decodeURIComponent === 'function' ? options.decodeURIComponent : undefined;
  const decode = (text) => {
    const spaced = text.replace(/\+/g, custom === undefined ? ' ' : '%20');
    if (custom !== undefined) return decodeWith(spaced, custom);
    return /%[0-9a-f]{2}/i.test(spaced) ? decodeWith(spaced, querystring.unescape) : spaced;
  };
  let parts = query.split(sep);
  if (maxKeys > 0) parts = parts.slice(0, maxKeys);
  for (const part of parts) {
    if (part === '') continue;
    const index = part.indexOf(eq);
    const key = decode(index === -1 ? part : part.slice(0, index));
    const value = index === -1 ? '' : decode(part.slice(index + eq.length));
    if (!(key in result)) result[key] = value;
    else if (Array.isArray(result[key])) result[key].push(value);
    else result[key] = [result[key], value];
  }
  return result;
}

const querystring = { unescapeBuffer, unescape, escape, stringify, encode: stringify, parse, decode: parse };

module.exports = querystring;
