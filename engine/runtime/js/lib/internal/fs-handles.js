// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// read and write on open files, and their vectored forms.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { isBigInt } = require('../../core/type-of');
const { validateBuffer, validateInt32, validateInteger, validateObject } = require('../../core/validators');
const { Buffer } = require('../buffer');
const a = require('./fs-arguments');
const { customArguments } = require('./promisify');
const { runAsync, runSync } = require('./fs-run');

function bytesOf(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

const isNone = (value) => value === undefined || value === null;

/** Where to write; what is no number asks for the present position. */
function toPosition(position) {
  return typeof position === 'number' ? position : -1;
}

/** Where to read; -1 asks for the present position. */
function toReadPosition(position) {
  if (isNone(position)) return -1;
  if (typeof position === 'number') {
    validateInteger(position, 'position', -1);
    return position;
  }
  if (!isBigInt(position)) throw new codes.ERR_INVALID_ARG_TYPE('position', ['integer', 'bigint'], position);
  const { le } = binding.bigInt();
  const [first, last] = ['-9223372036854775808', '9223372036854775807'].map(BigInt);
  if (!le(first, position) || !le(position, last)) throw new codes.ERR_OUT_OF_RANGE('position', `>= ${first} && <= ${last}`, position);
  return Math.max(Number(position), -1);
}

/** { buffer, offset, length, position } from positional arguments or one object, for which null may stand. */
function readArguments(buffer, ...rest) {
  const isOptions = rest.length <= 1 || typeof rest[0] === 'object';
  const given = isOptions ? rest[0] || {} : { offset: rest[0], length: rest[1], position: rest[2] };
  validateBuffer(buffer);
  const { position } = given;
  const offset = isNone(given.offset) ? 0 : given.offset;
  validateInteger(offset, 'offset', 0);
  const count = isOptions && given.length === undefined ? buffer.byteLength - offset : given.length | 0;
  if (count === 0) return { buffer, offset, length: 0, position: -1 };
  if (buffer.byteLength === 0) throw new codes.ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  if (count < 0) throw new codes.ERR_OUT_OF_RANGE('length', '>= 0', count);
  if (count > buffer.byteLength - offset) {
    throw new codes.ERR_OUT_OF_RANGE('length', `<= ${buffer.byteLength - offset}`, count);
  }
  return { buffer, offset, length: count, position: toReadPosition(position) };
}

function readRequest(fd, { buffer, offset, length, position }) {
  return {
    args: [fd, length, position],
    map(memory) {
      const bytes = new Uint8Array(memory);
      bytesOf(buffer).set(bytes, offset);
      return bytes.length;
    },
  };
}

/** { bytes, position } from (buffer, offset, length, position), (buffer, options) or (text, position, encoding). */
function writeArguments(data, offsetOrPosition, lengthOrEncoding, position) {
  if (typeof data === 'string') {
    return { bytes: a.toData(data, isNone(lengthOrEncoding) ? 'utf8' : lengthOrEncoding), position: toPosition(offsetOrPosition) };
  }
  if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  if (offsetOrPosition === null) return writeArguments(data, 0, null, null);
  if (typeof offsetOrPosition === 'object') {
    validateObject(offsetOrPosition, 'options');
    const { offset = 0, length, position: at } = offsetOrPosition;
    return writeArguments(data, offset, length, at);
  }
  const offset = isNone(offsetOrPosition) ? 0 : offsetOrPosition;
  validateInteger(offset, 'offset', 0);
  const length = typeof lengthOrEncoding === 'number' ? lengthOrEncoding : data.byteLength - offset;
  if (offset > data.byteLength) throw new codes.ERR_OUT_OF_RANGE('offset', `<= ${data.byteLength}`, offset);
  if (length > data.byteLength - offset) throw new codes.ERR_OUT_OF_RANGE('length', `<= ${data.byteLength - offset}`, length);
  if (length < 0) throw new codes.ERR_OUT_OF_RANGE('length', '>= 0', length);
  validateInt32(length, 'length', 0);
  return { bytes: bytesOf(data).subarray(offset, offset + length), position: toPosition(position) };
}

function writeRequest(fd, { bytes, position }) {
  return { args: [fd, bytes, position], map: (count) => count };
}

function splitCallback(args) {
  const index = args.findIndex((value) => typeof value === 'function');
  return { rest: index === -1 ? args : args.slice(0, index), callback: a.toCallback(args[index === -1 ? args.length - 1 : index]) };
}

function readSync(fd, buffer, ...args) {
  const number = a.toFd(fd);
  const prepared = readArguments(buffer, ...args);
  return prepared.length === 0 ? 0 : runSync('read', readRequest(number, prepared));
}

function read(fd, ...args) {
  const number = a.toFd(fd);
  const last = Math.min(args.length - 1, 4); // behind a buffer and up to three numbers
  const callback = a.toCallback(args[last]);
  const rest = args.slice(0, last);
  // The object's own null or undefined stand for the default too.
  const isOptions = rest.length < 2 && (rest.length === 0 || !ArrayBuffer.isView(rest[0]));
  const options = isOptions ? rest[0] || {} : undefined;
  const buffer = isOptions ? options.buffer || Buffer.alloc(16384) : rest[0];
  const prepared = isOptions ? readArguments(buffer, options) : readArguments(...rest);
  if (prepared.length === 0) {
    process.nextTick(() => callback(null, 0, buffer));
    return;
  }
  runAsync('read', readRequest(number, prepared), (error, count) => callback(error, count || 0, buffer), callback);
}

function writeSync(fd, ...args) {
  return runSync('write', writeRequest(a.toFd(fd), writeArguments(...args)));
}

function write(fd, ...args) {
  const number = a.toFd(fd);
  const { rest, callback } = splitCallback(args);
  runAsync('write', writeRequest(number, writeArguments(...rest)), (error, count) => callback(error, count || 0, rest[0]), callback);
}

function checkVector(buffers) {
  if (!Array.isArray(buffers) || !buffers.every((buffer) => ArrayBuffer.isView(buffer))) {
    throw new codes.ERR_INVALID_ARG_TYPE('buffers', 'ArrayBufferView[]', buffers);
  }
}

function writevSync(fd, buffers, position) {
  checkVector(buffers);
  return writeSync(fd, Buffer.concat(buffers.map(bytesOf)), 0, null, typeof position === 'number' ? position : null);
}

function writev(fd, buffers, position, callback) {
  const done = a.toCallback(callback || position);
  checkVector(buffers);
  const at = typeof position === 'number' ? position : null;
  write(fd, Buffer.concat(buffers.map(bytesOf)), 0, null, at, (error, count) => done(error, count, buffers));
}

function spread(buffers, all, count) {
  let offset = 0;
  for (const buffer of buffers) {
    bytesOf(buffer).set(all.subarray(offset, Math.min(offset + buffer.byteLength, count)));
    offset += buffer.byteLength;
    if (offset >= count) return;
  }
}

const totalLength = (buffers) => buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);

function readvSync(fd, buffers, position) {
  checkVector(buffers);
  const all = Buffer.alloc(totalLength(buffers));
  const count = readSync(fd, all, 0, all.length, typeof position === 'number' ? position : null);
  spread(buffers, all, count);
  return count;
}

function readv(fd, buffers, position, callback) {
  const done = a.toCallback(callback || position);
  checkVector(buffers);
  const all = Buffer.alloc(totalLength(buffers));
  read(fd, all, 0, all.length, typeof position === 'number' ? position : null, (error, count) => {
    if (!error) spread(buffers, all, count);
    done(error, count, buffers);
  });
}

for (const [fn, names] of [[read, ['bytesRead', 'buffer']], [write, ['bytesWritten', 'buffer']],
                           [readv, ['bytesRead', 'buffers']], [writev, ['bytesWritten', 'buffers']]]) {
  Object.defineProperty(fn, customArguments, { value: names });
}

module.exports = { read, readSync, readv, readvSync, write, writeSync, writev, writevSync };
