// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Random bytes, integers and UUIDs. On the virtual clock they come from the run's seed (engine/io/RandomSource.h).

const { Buffer, kMaxLength } = require('../buffer');
const { codes } = require('../../core/errors');
const { validateBoolean, validateFunction, validateNumber, validateObject } = require('../../core/validators');
const { run, runNow } = require('./crypto-jobs');
const { types } = require('./types');

const { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } = codes;
const mostBytes = Math.min(kMaxLength, 2 ** 31 - 1);

function checkOffset(offset, elementSize, length) {
  validateNumber(offset, 'offset');
  const bytes = offset * elementSize;
  const most = Math.min(length, mostBytes);
  if (Number.isNaN(bytes) || bytes > most || bytes < 0) throw new ERR_OUT_OF_RANGE('offset', `>= 0 && <= ${most}`, bytes);
  return bytes >>> 0;
}

function checkSize(size, elementSize, offset, length) {
  validateNumber(size, 'size');
  const bytes = size * elementSize;
  if (Number.isNaN(bytes) || bytes > mostBytes || bytes < 0) throw new ERR_OUT_OF_RANGE('size', `>= 0 && <= ${mostBytes}`, bytes);
  if (bytes + offset > length) throw new ERR_OUT_OF_RANGE('size + offset', `<= ${length}`, bytes + offset);
  return bytes >>> 0;
}

function checkTarget(target) {
  if (!types.isAnyArrayBuffer(target) && !ArrayBuffer.isView(target)) throw new ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], target);
}

/** Copies random bytes into the place of `target` they are for. */
function place(target, offset, bytes) {
  const isView = ArrayBuffer.isView(target);
  new Uint8Array(isView ? target.buffer : target, (isView ? target.byteOffset : 0) + offset, bytes.byteLength).set(new Uint8Array(bytes));
}

function randomBytes(size, callback) {
  const count = checkSize(size, 1, 0, Infinity);
  if (callback === undefined) return Buffer.from(runNow('randomBytes', [count]));
  validateFunction(callback, 'callback');
  run('randomBytes', [count], callback, function(error, bytes) {
    if (error) callback.call(this, error);
    else callback.call(this, null, Buffer.from(bytes));
  });
  return undefined;
}

function randomFillSync(target, offset = 0, size) {
  checkTarget(target);
  const elementSize = target.BYTES_PER_ELEMENT || 1;
  const start = checkOffset(offset, elementSize, target.byteLength);
  const count = size === undefined ? target.byteLength - start : checkSize(size, elementSize, start, target.byteLength);
  if (count > 0) place(target, start, runNow('randomBytes', [count]));
  return target;
}

function randomFill(target, ...rest) {
  checkTarget(target);
  const elementSize = target.BYTES_PER_ELEMENT || 1;
  let [offset, size, callback] = rest;
  if (typeof offset === 'function') [offset, size, callback] = [0, target.length, offset];
  else if (typeof size === 'function') [size, callback] = [target.length - offset, size];
  else validateFunction(callback, 'callback');
  const start = checkOffset(offset, elementSize, target.byteLength);
  const count = size === undefined ? target.byteLength - start : checkSize(size, elementSize, start, target.byteLength);
  if (count === 0) {
    callback(null, target);
    return;
  }
  run('randomBytes', [count], callback, function(error, bytes) {
    if (error) {
      callback.call(this, error);
      return;
    }
    place(target, start, bytes);
    callback.call(this, null, target);
  });
}

// Integers are drawn from 48 bits; what would favour the small ones is drawn anew. Node keeps 6 KiB of random bytes for them: a callback is called
// in a tick while they last, and after a request when they have run out.
const range48 = 2 ** 48 - 1;
const bytesOfNumber = 6;
let reserve;
let reserveOffset = 0;
let isFilling = false;
let waiting = [];

function draw(range) {
  const limit = range48 - (range48 % range);
  while (reserveOffset < reserve.length) {
    const number = reserve.readUIntBE(reserveOffset, bytesOfNumber);
    reserveOffset += bytesOfNumber;
    if (number < limit) return number % range;
  }
  return undefined;
}

function refillForCallbacks() {
  if (isFilling) return;
  isFilling = true;
  randomFill(reserve, (error) => {
    isFilling = false;
    const tasks = waiting;
    waiting = [];
    const told = error ? tasks.shift() : undefined;
    if (!error) reserveOffset = 0;
    for (const task of tasks) randomInt(task.min, task.max, task.callback);
    if (told !== undefined) told.callback(error);
  });
}

function randomInt(min, max, callback) {
  const isMinGiven = max !== undefined && typeof max !== 'function';
  if (!isMinGiven) [min, max, callback] = [0, min, max];
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range <= range48)) throw new ERR_OUT_OF_RANGE(isMinGiven ? 'max - min' : 'max', `<= ${range48}`, range);
  if (reserve === undefined) {
    reserve = Buffer.alloc(bytesOfNumber * 1024);
    reserveOffset = reserve.length;
  }
  let number = draw(range);
  if (callback === undefined) {
    while (number === undefined) {
      randomFillSync(reserve);
      reserveOffset = 0;
      number = draw(range);
    }
    return number + min;
  }
  if (number !== undefined) {
    process.nextTick(callback, undefined, number + min);
    return undefined;
  }
  waiting.push({ min, max, callback });
  refillForCallbacks();
  return undefined;
}

function getRandomValues(array) {
  const { DOMException } = require('./dom-exception');
  if (!types.isTypedArray(array) || types.isFloat32Array(array) || types.isFloat64Array(array)) {
    throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > 65536) throw new DOMException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
  return randomFillSync(array, 0);
}

const uuidBytes = 16;
let uuids; // 128 of them are drawn at a time
let nextUuid = 0;

function formatUuid(bytes) {
  bytes[6] = (bytes[6] & 0x0f) | 0x40; // RFC 4122: version 4
  bytes[8] = (bytes[8] & 0x3f) | 0x80; // and its variant
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function randomUUID(options) {
  if (options !== undefined) validateObject(options, 'options');
  const { disableEntropyCache = false } = options || {};
  validateBoolean(disableEntropyCache, 'options.disableEntropyCache');
  if (disableEntropyCache) return formatUuid(randomBytes(uuidBytes));
  if (uuids === undefined || nextUuid === uuids.length) {
    uuids = randomBytes(uuidBytes * 128);
    nextUuid = 0;
  }
  nextUuid += uuidBytes;
  return formatUuid(uuids.subarray(nextUuid - uuidBytes, nextUuid));
}

module.exports = { getRandomValues, randomBytes, randomFill, randomFillSync, randomInt, randomUUID };
