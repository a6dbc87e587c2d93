// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The functions of the buffer module that are not methods: atob, btoa, transcode, isUtf8, isAscii.

const { codes } = require('../../core/errors');
const { findEncoding } = require('./buffer-encodings');
const { DOMException } = require('./dom-exception');
const { types } = require('./types');
const utf8 = require('./utf8');

function invalidCharacter(message) {
  return new DOMException(message, 'InvalidCharacterError');
}

function btoa(...args) {
  if (args.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  const text = `${args[0]}`;
  if (/[^\0-\xff]/.test(text)) throw invalidCharacter('Invalid character');
  const bytes = new Uint8Array(text.length);
  findEncoding('latin1').write(bytes, text, 0, bytes.length);
  return findEncoding('base64').slice(bytes, 0, bytes.length);
}

function atob(...args) {
  if (args.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  let text = `${args[0]}`.replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/==?$/, '');
  if (/[^A-Za-z0-9+/]/.test(text)) throw invalidCharacter('Invalid character');
  if (text.length % 4 === 1) throw invalidCharacter('The string to be decoded is not correctly encoded.');
  const bytes = new Uint8Array((text.length * 3) >> 2);
  findEncoding('base64').write(bytes, text, 0, bytes.length);
  return findEncoding('latin1').slice(bytes, 0, bytes.length);
}

function bytesOf(input) {
  if (types.isAnyArrayBuffer(input)) return new Uint8Array(input);
  if (types.isTypedArray(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  throw new codes.ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
}

function isUtf8(input) {
  return utf8.decodeStrictly(bytesOf(input)) !== undefined;
}

function isAscii(input) {
  return bytesOf(input).every((byte) => byte < 128);
}

function transcode(source, fromName, toName) {
  if (!types.isUint8Array(source)) throw new codes.ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  const { Buffer } = require('../buffer');
  if (source.length === 0) return Buffer.alloc(0);
  const names = ['utf8', 'utf16le', 'latin1', 'ascii'];
  const from = findEncoding(fromName);
  const to = findEncoding(toName);
  if (from === undefined || to === undefined || !names.includes(from.name) || !names.includes(to.name)) {
    const error = new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]');
    error.code = 'U_ILLEGAL_ARGUMENT_ERROR';
    error.errno = 1;
    throw error;
  }
  let text = from.slice(source, 0, source.length);
  // What the target cannot say becomes a question mark.
  if (to.name === 'latin1' || to.name === 'ascii') {
    const limit = to.name === 'latin1' ? 255 : 127;
    text = Array.from(text, (character) => (character.codePointAt(0) > limit ? '?' : character)).join('');
  }
  return Buffer.from(text, to.name);
}

module.exports = { atob, btoa, isAscii, isUtf8, transcode };
