// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Checks and conversions of the arguments of fs functions.

const { codes } = require('../../core/errors');
const { parseFileMode, validateBoolean, validateFunction, validateInt32, validateObject } =
  require('../../core/validators');
const { Buffer } = require('../buffer');
const { constants } = require('./fs-constants');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;

/** A path for the engine: text or bytes. */
function toPath(value, name = 'path') {
  let path = value;
  if (value !== null && typeof value === 'object' && value.href && value.protocol && value.auth === undefined &&
      value.path === undefined) {
    path = require('../url').fileURLToPath(value);
  }
  const isBytes = path instanceof Uint8Array;
  if (typeof path !== 'string' && !isBytes) throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
  if (isBytes ? path.includes(0) : path.includes('\0')) {
    throw new ERR_INVALID_ARG_VALUE(name, path, 'must be a string, Uint8Array, or URL without null bytes');
  }
  return path;
}

function toFd(value, name = 'fd') {
  validateInt32(value, name, 0);
  return Object.is(value, -0) ? 0 : value;
}

/** A path, or the number of an open file. */
function toPathOrFd(value) {
  return Number.isInteger(value) && value >= 0 ? toFd(value) : toPath(value);
}

function assertEncoding(encoding) {
  if (encoding && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
}

/** Options from an object or an encoding's name, over the defaults. */
function toOptions(given, defaults = {}) {
  if (given === undefined || given === null || typeof given === 'function') return defaults;
  let options = given;
  if (typeof given === 'string') options = Object.assign({}, defaults, { encoding: given });
  else if (typeof given !== 'object') throw new ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], given);
  if (options.encoding !== 'buffer') assertEncoding(options.encoding);
  return Object.assign({}, defaults, options);
}

const flagNames = new Set(['r', 'rs', 'sr', 'r+', 'rs+', 'sr+', 'w', 'wx', 'xw', 'w+', 'wx+', 'xw+', 'a', 'ax', 'xa',
                           'as', 'sa', 'a+', 'ax+', 'xa+', 'as+', 'sa+']);

function toFlag(flag, fallback) {
  if (flag === undefined || flag === null) return fallback;
  if (typeof flag === 'number') {
    validateInt32(flag, 'flags');
    return flag;
  }
  if (!flagNames.has(flag)) throw new ERR_INVALID_ARG_VALUE('flags', flag);
  return flag;
}

function toMode(mode, fallback) {
  return parseFileMode(mode, 'mode', fallback);
}

function toAccessMode(mode, min = constants.F_OK, max = constants.F_OK | constants.R_OK | constants.W_OK | constants.X_OK,
                      fallback = constants.F_OK) {
  if (mode === undefined || mode === null) return fallback;
  if (Number.isInteger(mode) && mode >= min && mode <= max) return mode;
  if (typeof mode !== 'number') throw new ERR_INVALID_ARG_TYPE('mode', 'integer', mode);
  throw new codes.ERR_OUT_OF_RANGE('mode', `>= ${min} && <= ${max}`, mode);
}

/** Bytes to write. */
function toData(data, encoding, name = 'data') {
  if (typeof data === 'string') return Buffer.from(data, encoding || 'utf8');
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

/** Seconds since 1970 from a number, a numeric text or a Date. */
function toSeconds(time, name = 'time') {
  if (typeof time === 'string' && Number(time) == time) return Number(time); // eslint-disable-line eqeqeq
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (time instanceof Date) return time.getTime() / 1000;
  throw new ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

function toLength(value) {
  if (value === undefined || value === null) return 0;
  if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE('len', 'number', value);
  if (!Number.isInteger(value)) throw new codes.ERR_OUT_OF_RANGE('len', 'an integer', value);
  return Math.max(0, value);
}

function toCallback(callback) {
  validateFunction(callback, 'cb');
  return callback;
}

/** The bytes of an ArrayBuffer that came from the engine, as text if an encoding is asked for. */
function fromData(memory, encoding) {
  const buffer = ArrayBuffer.isView(memory) ? Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength) :
    Buffer.from(memory);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

/** Text from the engine, as bytes if asked for. */
function fromText(text, encoding) {
  if (encoding === 'buffer') return Buffer.from(text);
  return !encoding || encoding === 'utf8' || encoding === 'utf-8' ? text : Buffer.from(text).toString(encoding);
}

module.exports = {
  fromData,
  fromText,
  toAccessMode,
  toCallback,
  toData,
  toFd,
  toFlag,
  toLength,
  toMode,
  toOptions,
  toPath,
  toPathOrFd,
  toSeconds,
  validateBoolean,
  validateObject,
};
