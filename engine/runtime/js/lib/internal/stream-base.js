// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What a stream over a handle does with bytes: writes them, takes in what was read, and tells when nothing has moved for long.

const { buffers } = require('../../core/binding');
const { codes } = require('../../core/errors');
const { validateFunction } = require('../../core/validators');
const { Buffer } = require('../buffer');
const { WriteWrap, ownerSymbol } = require('./handles');
const { errnoException, uv } = require('./net-errors');

const kAfterAsyncWrite = Symbol('kAfterAsyncWrite');
const kBuffer = Symbol('kBuffer');
const kBufferCallback = Symbol('kBufferCb');
const kBufferGenerator = Symbol('kBufferGen');
const kHandle = Symbol('kHandle');
const kAfterLeftOver = Symbol('kAfterLeftOver');
const kLeftOver = Symbol('kLeftOver');
const kMaybeDestroy = Symbol('kMaybeDestroy');
const kTimeout = Symbol('timeout');
const kUpdateTimer = Symbol('kUpdateTimer');

const longestTimeout = 2147483647;

function onWriteComplete(status) {
  const stream = this.handle[ownerSymbol];
  const { callback } = this;
  if (stream.destroyed) {
    if (typeof callback === 'function') callback(null);
    return;
  }
  if (status < 0) {
    const error = errnoException(status, 'write', this.error);
    if (typeof callback === 'function') callback(error);
    else stream.destroy(error);
    return;
  }
  stream[kUpdateTimer]();
  stream[kAfterAsyncWrite](this);
  if (typeof callback === 'function') callback(null);
}

function dispatch(stream, bytes, callback) {
  const request = new WriteWrap();
  request.handle = stream[kHandle];
  request.oncomplete = onWriteComplete;
  request.async = false;
  request.bytes = bytes.byteLength;
  request.buffer = null;
  request.callback = callback;
  const outcome = request.handle.writeBytes(request, bytes);
  request.async = outcome === 0;
  if (outcome < 0) callback(errnoException(outcome, 'write', request.error));
  else if (!request.async && typeof callback === 'function') callback();
  return request;
}

const toBytes = (chunk, encoding) => (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);

function writeGeneric(stream, chunk, encoding, callback) {
  return dispatch(stream, toBytes(chunk, encoding), callback);
}

function writevGeneric(stream, entries, callback) {
  return dispatch(stream, Buffer.concat(entries.map(({ chunk, encoding }) => toBytes(chunk, encoding))), callback);
}

/**
 * The bytes go into the buffer that the program gave (option `onread`); false if reading is to stop. What it does not want now waits until it
 * reads again.
 */
function readIntoOwnBuffer(stream, handle, bytes) {
  for (let taken = 0; taken < bytes.length;) {
    const target = stream[kBuffer];
    const count = Math.min(target.byteLength, bytes.length - taken);
    target.set(bytes.subarray(taken, taken + count));
    taken += count;
    const more = stream[kBufferCallback](count, target) !== false;
    if (stream[kBufferGenerator] !== null) {
      const next = stream[kBufferGenerator]();
      if (next instanceof Uint8Array) stream[kBuffer] = next;
    }
    if (!more || !handle.reading || stream.destroyed) {
      if (taken < bytes.length) stream[kLeftOver] = bytes.subarray(taken);
      return more;
    }
  }
  return true;
}

/** Has what an earlier read left over read now that the stream reads again. */
function readLeftOver(stream) {
  if (stream[kLeftOver] === undefined) return;
  setImmediate(() => {
    const handle = stream[kHandle];
    const bytes = stream[kLeftOver];
    if (!handle || stream.destroyed || !handle.reading || bytes === undefined) return;
    stream[kLeftOver] = undefined;
    if (!readIntoOwnBuffer(stream, handle, bytes)) stopReading(stream, handle);
    const after = stream[kAfterLeftOver];
    if (stream[kLeftOver] !== undefined || after === undefined) return;
    stream[kAfterLeftOver] = undefined;
    onStreamRead.call(handle, after);
  });
}

function stopReading(stream, handle) {
  handle.reading = false;
  if (stream.destroyed) return;
  const error = handle.readStop();
  if (error) stream.destroy(errnoException(error, 'read'));
}

/** The first `count` bytes of an ArrayBuffer. */
const bufferOver = (memory, count) => buffers.view(Buffer.prototype, memory, 0, count);

/** onread of a stream's handle: `count` bytes in `memory`, or a negative number. */
function onStreamRead(count, memory) {
  const stream = this[ownerSymbol];
  stream[kUpdateTimer]();
  if (count > 0 && !stream.destroyed) {
    const bytes = bufferOver(memory, count);
    const more = stream[kBuffer] ? readIntoOwnBuffer(stream, this, bytes) : stream.push(bytes);
    if (!more) stopReading(stream, this);
    return;
  }
  if (count === 0) return;
  if (stream[kLeftOver] !== undefined && !stream.destroyed) {
    stream[kAfterLeftOver] = count;
    return;
  }
  if (count !== uv.EOF) {
    stream.destroy(errnoException(count, 'read'));
    return;
  }
  if (stream._readableState.endEmitted) {
    if (stream[kMaybeDestroy]) stream[kMaybeDestroy]();
    return;
  }
  if (stream[kMaybeDestroy]) stream.on('end', stream[kMaybeDestroy]);
  stream.push(null);
  stream.read(0);
}

/** ms of a timer, as Node checks it. */
function timerDuration(milliseconds, name) {
  if (typeof milliseconds !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', milliseconds);
  if (milliseconds < 0 || !Number.isFinite(milliseconds)) throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', milliseconds);
  if (milliseconds > longestTimeout) {
    process.emitWarning(`${milliseconds} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${longestTimeout}.`,
      'TimeoutOverflowWarning');
    return longestTimeout;
  }
  return milliseconds;
}

function setStreamTimeout(milliseconds, callback) {
  if (this.destroyed) return this;
  this.timeout = milliseconds;
  const duration = timerDuration(milliseconds, 'msecs');
  clearTimeout(this[kTimeout]);
  if (duration === 0) {
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.removeListener('timeout', callback);
    }
  } else {
    this[kTimeout] = setTimeout(this._onTimeout.bind(this), duration).unref();
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.once('timeout', callback);
    }
  }
  return this;
}

module.exports = {
  bufferOver,
  kAfterAsyncWrite,
  kBuffer,
  kBufferCallback,
  kBufferGenerator,
  kHandle,
  kMaybeDestroy,
  kTimeout,
  kUpdateTimer,
  onStreamRead,
  readLeftOver,
  setStreamTimeout,
  timerDuration,
  writeGeneric,
  writevGeneric,
};
