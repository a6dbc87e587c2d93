// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The encodings of buffers. Each has byteLength(text), write(bytes, text, offset, length) -> bytes written, and
// slice(bytes, start, end) -> text; the work is done in C++ (BufferText.h).

const { buffers } = require('../../core/binding');

/** `number`: of C++'s TextEncoding. */
function encoding(name, number) {
  return {
    name,
    number,
    byteLength: (text) => buffers.byteLength(text, number),
    write: (bytes, text, offset, length) => buffers.write(bytes, text, number, offset, length),
    slice: (bytes, start, end) => buffers.slice(bytes, number, start, end),
  };
}

const [utf8Encoding, utf16Encoding, latin1Encoding, asciiEncoding, hexEncoding, base64Encoding, base64UrlEncoding] =
  ['utf8', 'utf16le', 'latin1', 'ascii', 'hex', 'base64', 'base64url'].map(encoding);

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

module.exports = { findEncoding, utf8Encoding };
