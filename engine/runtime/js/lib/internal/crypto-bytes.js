// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Bytes as crypto takes them.

const { Buffer } = require('../buffer');
const { codes } = require('../../core/errors');
const { validateString } = require('../../core/validators');
const { types } = require('./types');

const { isAnyArrayBuffer } = types;

/** The bytes of a view or buffer; text as UTF-8 or in `encoding`. */
function bytesOf(value, encoding) {
  if (typeof value === 'string') return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
  return ArrayBuffer.isView(value) && !types.isUint8Array(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value;
}

function checkedBytes(value, name, expected, encoding) {
  if (typeof value !== 'string' && !isAnyArrayBuffer(value) && !ArrayBuffer.isView(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, expected, value);
  }
  return bytesOf(value, encoding);
}

/** Text, buffer or view; throws for anything else. */
const getArrayBufferOrView = (value, name, encoding) =>
  checkedBytes(value, name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], encoding);

const getByteSource = (value, name) => checkedBytes(value, name, ['string', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer']);

function getStringOption(options, key) {
  const value = options === undefined || options === null ? undefined : options[key];
  if (value !== undefined && value !== null) validateString(value, `options.${key}`);
  return value === null ? undefined : value;
}

/** Throws if text in this encoding cannot be (an odd number of hexadecimal digits). */
function validateEncoding(data, encoding) {
  if (typeof encoding === 'string' && encoding.toLowerCase() === 'hex' && data.length % 2 !== 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${data.length}`);
  }
}

/** Data of update(): text or a view. */
function getUpdate(data, encoding) {
  if (typeof data === 'string') validateEncoding(data, encoding);
  else if (!ArrayBuffer.isView(data)) throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  return bytesOf(data, Buffer.isEncoding(encoding) ? encoding : 'utf8');
}

/** Bytes out of the engine as the script wants them. */
function encoded(bytes, encoding) {
  const buffer = Buffer.from(bytes);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

module.exports = { bytesOf, encoded, getArrayBufferOrView, getByteSource, getStringOption, getUpdate, validateEncoding };
