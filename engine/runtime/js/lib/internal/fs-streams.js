// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fs.createReadStream and fs.createWriteStream.

const { codes } = require('../../core/errors');
const { validateInteger } = require('../../core/validators');
const { Buffer } = require('../buffer');
const { Readable, Writable, finished } = require('../stream');
const a = require('./fs-arguments');
const handles = require('./fs-handles');
const { operations } = require('./fs-operations');
const { runAsync } = require('./fs-run');

function open(stream, callback) {
  if (typeof stream.fd === 'number') {
    callback();
    return;
  }
  runAsync('open', operations.open(stream.path, stream.flags, stream.mode), (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', fd);
    stream.emit('ready');
  });
}

function close(stream, error, callback) {
  const { fd } = stream;
  if (typeof fd !== 'number' || (!stream.autoClose && !error)) {
    callback(error);
    return;
  }
  stream.fd = null;
  runAsync('close', operations.close(fd), (failure) => callback(failure || error));
}

function setUp(stream, path, options, flags) {
  stream.fd = options.fd === undefined || options.fd === null ? null :
    typeof options.fd === 'number' ? a.toFd(options.fd) : options.fd.fd;
  stream.path = stream.fd === null ? a.toPath(path) : path;
  stream.flags = options.flags === undefined ? flags : options.flags;
  stream.mode = options.mode === undefined ? 0o666 : options.mode;
  stream.autoClose = options.autoClose === undefined ? true : Boolean(options.autoClose);
  stream.start = options.start;
  if (stream.start !== undefined) validateInteger(stream.start, 'start', 0);
  stream.pos = stream.start;
}

class ReadStream extends Readable {
  constructor(path, given) {
    const options = a.toOptions(given, {});
    super(Object.assign({ highWaterMark: 65536 }, options, { autoDestroy: options.autoClose !== false }));
    setUp(this, path, options, 'r');
    this.end = options.end === undefined ? Infinity : options.end;
    if (this.end !== Infinity) {
      validateInteger(this.end, 'end', 0);
      if (this.start !== undefined && this.start > this.end) {
        throw new codes.ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
      }
      if (this.start === undefined) this.pos = 0;
    }
    this.bytesRead = 0;
    if (options.encoding) this.setEncoding(options.encoding);
  }

  _construct(callback) {
    open(this, callback);
  }

  _read(size) {
    const count = this.pos === undefined ? size : Math.min(this.end - this.pos + 1, size);
    if (count <= 0) {
      this.push(null);
      return;
    }
    const buffer = Buffer.alloc(count);
    handles.read(this.fd, buffer, 0, count, this.pos === undefined ? null : this.pos, (error, bytesRead) => {
      if (error) {
        this.destroy(error);
        return;
      }
      if (this.pos !== undefined) this.pos += bytesRead;
      this.bytesRead += bytesRead;
      this.push(bytesRead > 0 ? buffer.subarray(0, bytesRead) : null);
    });
  }

  _destroy(error, callback) {
    close(this, error, callback);
  }

  close(callback) {
    if (callback) finished(this, callback);
    this.destroy();
  }

  get pending() {
    return this.fd === null;
  }
}

class WriteStream extends Writable {
  constructor(path, given) {
    const options = a.toOptions(given, {});
    super(Object.assign({ decodeStrings: true }, options, { autoDestroy: options.autoClose !== false }));
    setUp(this, path, options, 'w');
    this.bytesWritten = 0;
    if (options.encoding) this.setDefaultEncoding(options.encoding);
  }

  _construct(callback) {
    open(this, callback);
  }

  writeAll(bytes, callback) {
    handles.write(this.fd, bytes, 0, bytes.length, this.pos === undefined ? null : this.pos, (error, count) => {
      if (error) {
        callback(error);
        return;
      }
      this.bytesWritten += count;
      if (this.pos !== undefined) this.pos += count;
      if (count < bytes.length) this.writeAll(bytes.subarray(count), callback);
      else callback();
    });
  }

  _write(chunk, encoding, callback) {
    this.writeAll(chunk, callback);
  }

  _writev(chunks, callback) {
    this.writeAll(Buffer.concat(chunks.map(({ chunk }) => chunk)), callback);
  }

  _destroy(error, callback) {
    close(this, error, callback);
  }

  close(callback) {
    if (callback) finished(this, callback);
    if (this.autoClose) this.end();
    else this.destroy();
  }

  get pending() {
    return this.fd === null;
  }
}

module.exports = { ReadStream, WriteStream };
