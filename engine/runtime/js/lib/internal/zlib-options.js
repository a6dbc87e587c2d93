// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Options of zlib's streams, checked as Node does.

const { Buffer, kMaxLength } = require('../buffer');
const { codes, define } = require('../../core/errors');
const { validateNumber } = require('../../core/validators');
const { bytesOf } = require('./crypto-bytes');
const { types } = require('./types');
const { constants } = require('./zlib-constants');

define('ERR_BROTLI_INVALID_PARAM', '%s is not a valid Brotli parameter', RangeError);

/** True for a finite number, false for none; throws for what is neither. */
function isGiven(number, name) {
  if (number === undefined) return false;
  if (Number.isFinite(number)) return true;
  if (Number.isNaN(number)) return false;
  validateNumber(number, name);
  throw new codes.ERR_OUT_OF_RANGE(name, 'a finite number', number);
}

function inRange(number, name, least, most, fallback) {
  if (!isGiven(number, name)) return fallback;
  if (number < least || number > most) throw new codes.ERR_OUT_OF_RANGE(name, `>= ${least} and <= ${most}`, number);
  return number;
}

/** What all streams have. mostFlush: the largest flush flag. */
function streamOptions(options, mostFlush, { flush, finishFlush }) {
  const result = { chunkSize: constants.Z_DEFAULT_CHUNK, flush, finishFlush, maxOutputLength: kMaxLength };
  if (!options) return result;
  if (isGiven(options.chunkSize, 'options.chunkSize')) {
    if (options.chunkSize < constants.Z_MIN_CHUNK) throw new codes.ERR_OUT_OF_RANGE('options.chunkSize', `>= ${constants.Z_MIN_CHUNK}`, options.chunkSize);
    result.chunkSize = options.chunkSize;
  }
  result.flush = inRange(options.flush, 'options.flush', 0, mostFlush, flush);
  result.finishFlush = inRange(options.finishFlush, 'options.finishFlush', 0, mostFlush, finishFlush);
  result.maxOutputLength = inRange(options.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
  return result;
}

function dictionaryOf(options) {
  const { dictionary } = options;
  if (dictionary === undefined || ArrayBuffer.isView(dictionary)) return dictionary === undefined ? undefined : bytesOf(dictionary);
  if (types.isAnyArrayBuffer(dictionary)) return Buffer.from(dictionary);
  throw new codes.ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
}

function zlibOptions(given, mode) {
  const c = constants;
  const options = given || {};
  const isFromHeader = mode === c.INFLATE || mode === c.GUNZIP || mode === c.UNZIP; // 0: the size that the data names
  const least = c.Z_MIN_WINDOWBITS + (mode === c.GZIP ? 1 : 0);
  const hasBits = options.windowBits !== undefined && options.windowBits !== null && options.windowBits !== 0;
  return {
    windowBits: given && !hasBits && isFromHeader ? 0 :
      inRange(options.windowBits === null ? undefined : options.windowBits, 'options.windowBits', least, c.Z_MAX_WINDOWBITS, c.Z_DEFAULT_WINDOWBITS),
    level: inRange(options.level, 'options.level', c.Z_MIN_LEVEL, c.Z_MAX_LEVEL, c.Z_DEFAULT_COMPRESSION),
    memLevel: inRange(options.memLevel, 'options.memLevel', c.Z_MIN_MEMLEVEL, c.Z_MAX_MEMLEVEL, c.Z_DEFAULT_MEMLEVEL),
    strategy: inRange(options.strategy, 'options.strategy', c.Z_DEFAULT_STRATEGY, c.Z_FIXED, c.Z_DEFAULT_STRATEGY),
    dictionary: dictionaryOf(options),
  };
}

const mostBrotliParameter = constants.BROTLI_PARAM_NDIRECT;

/** The parameters by number, as the engine takes them; what is not given is 0xffffffff. */
function brotliParameters(options) {
  const parameters = new Uint32Array(mostBrotliParameter + 1).fill(0xffffffff);
  const given = (options && options.params) || {};
  for (const key of Object.keys(given)) {
    const number = +key;
    if (Number.isNaN(number) || number < 0 || number > mostBrotliParameter || parameters[number] !== 0xffffffff) throw new codes.ERR_BROTLI_INVALID_PARAM(key);
    if (typeof given[key] !== 'number' && typeof given[key] !== 'boolean') throw new codes.ERR_INVALID_ARG_TYPE('options.params[key]', 'number', given[key]);
    parameters[number] = given[key];
  }
  return parameters;
}

module.exports = { brotliParameters, inRange, streamOptions, zlibOptions };
