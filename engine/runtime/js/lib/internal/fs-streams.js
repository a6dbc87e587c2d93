// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fs.ReadStream and fs.WriteStream. They may be called without `new` and extended the old way (graceful-fs does), take the
// functions of fs to use as an option, and read from and write to a FileHandle too.

const { codes } = require('../../core/errors');
const { validateBoolean, validateFunction, validateInteger } = require('../../core/validators');
const { Buffer } = require('../buffer');
const { Readable, Writable, finished } = require('../stream');
const { errorOrDestroy } = require('readable-stream/lib/internal/streams/destroy');
const a = require('./fs-arguments');
const { FileHandle, hold, release } = require('./fs-file-handle');
const { deprecate } = require('./promisify');

const functionsOf = Symbol('kFs');
const handleOf = Symbol('kHandle');
const isBusy = Symbol('kIsPerformingIO');
const idle = Symbol('kIoDone');

const mostEmptyWrites = 5;

/** The functions of fs that a stream needs, over a FileHandle. */
function functionsOfHandle(handle) {
  const finish = (promise, give, callback) => promise.then((result) => callback(null, ...give(result)), (error) => callback(error));
  return {
    read: (fd, buffer, offset, length, position, callback) =>
      finish(handle.read(buffer, offset, length, position), (result) => [result.bytesRead, result.buffer], callback),
    write: (fd, buffer, offset, length, position, callback) =>
      finish(handle.write(buffer, offset, length, position), (result) => [result.bytesWritten, result.buffer], callback),
    writev: (fd, buffers, position, callback) =>
      finish(handle.writev(buffers, position), (result) => [result.bytesWritten, result.buffers], callback),
    fsync: (fd, callback) => finish(handle.sync(), () => [], callback),
    close(fd, callback) {
      handle[release]();
      finish(handle.close(), () => [], callback);
    },
  };
}

function copyOptions(given) {
  const options = a.toOptions(given, {});
  const copy = {};
  for (const key in typeof given === 'string' ? options : given) copy[key] = given[key]; // inherited ones too
  return typeof given === 'string' ? options : copy;
}

function useHandle(stream, options) {
  if (!(options.fd instanceof FileHandle)) throw new codes.ERR_INVALID_ARG_TYPE('options.fd', ['number', 'FileHandle'], options.fd);
  if (options.fs) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
  const handle = options.fd;
  stream[handleOf] = handle;
  stream[functionsOf] = functionsOfHandle(handle);
  handle[hold]();
  handle.on('close', stream.close.bind(stream));
  return handle.fd;
}

/** Where the stream's bytes are: its path and how to open it, or what is open already. */
function setPlace(stream, path, options, flags) {
  if (options.fd === undefined || options.fd === null) {
    stream.fd = null;
    stream[functionsOf] = options.fs || require('../fs');
    validateFunction(stream[functionsOf].open, 'options.fs.open');
    stream.path = a.toPath(path);
    stream.flags = options.flags === undefined ? flags : options.flags;
    stream.mode = options.mode === undefined ? 0o666 : options.mode;
  } else if (typeof options.fd === 'number') {
    stream[functionsOf] = options.fs || require('../fs');
    stream.fd = a.toFd(options.fd);
  } else {
    stream.fd = a.toFd(useHandle(stream, options));
  }
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  if (options.autoDestroy) validateFunction(stream[functionsOf].close, 'options.fs.close');
}

function setStart(stream, start) {
  stream.start = start;
  stream.pos = undefined;
  if (start === undefined) return;
  validateInteger(start, 'start', 0);
  stream.pos = start;
}

/** A program's own open() tells the outcome by the events it emits. */
function openByOwnMethod(stream, callback) {
  const { emit } = stream;
  stream.emit = function (...args) {
    if (args[0] === 'open') {
      this.emit = emit;
      callback();
      Reflect.apply(emit, this, args);
    } else if (args[0] === 'error') {
      this.emit = emit;
      callback(args[1]);
    } else {
      Reflect.apply(emit, this, args);
    }
  };
  stream.open();
}

function construct(callback) {
  if (typeof this.fd === 'number') {
    callback();
    return;
  }
  if (!deprecatedOpens.has(this.open)) {
    openByOwnMethod(this, callback);
    return;
  }
  this[functionsOf].open(this.path, this.flags, this.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    this.fd = fd;
    callback();
    this.emit('open', fd);
    this.emit('ready');
  });
}

function close(stream, error, callback) {
  if (!stream.fd) {
    callback(error);
    return;
  }
  const { fd } = stream;
  const closeNow = (earlier) => {
    stream[functionsOf].close(fd, (failure) => callback(failure || earlier));
    stream.fd = null;
  };
  if (stream.flush) stream[functionsOf].fsync(fd, (failure) => closeNow(failure || error));
  else closeNow(error);
}

function destroy(error, callback) {
  // What is under way still uses the file.
  if (this[isBusy]) this.once(idle, (failure) => close(this, error || failure, callback));
  else close(this, error, callback);
}

function define(target, methods) {
  for (const key of Reflect.ownKeys(methods)) Object.defineProperty(target, key, Object.getOwnPropertyDescriptor(methods, key));
}

const noOpen = function open() {}; // it is opened while it is constructed
const openRead = deprecate(noOpen, 'ReadStream.prototype.open() is deprecated', 'DEP0135');
const openWrite = deprecate(noOpen, 'WriteStream.prototype.open() is deprecated', 'DEP0135');
const deprecatedOpens = new Set([openRead, openWrite]);

const pending = { get() { return this.fd === null; }, configurable: true };

// ------------------------------------------------------------------------------------------------------------------ reading

function ReadStream(path, given) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, given);
  const options = copyOptions(given);
  if (options.highWaterMark === undefined) options.highWaterMark = 64 * 1024;
  setPlace(this, path, options, 'r');
  validateFunction(this[functionsOf].read, 'options.fs.read');
  setStart(this, options.start);
  this.end = options.end === undefined ? Infinity : options.end;
  this.bytesRead = 0;
  this[isBusy] = false;
  if (this.end !== Infinity) {
    validateInteger(this.end, 'end', 0);
    if (this.start !== undefined && this.start > this.end) {
      throw new codes.ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
    }
  }
  Reflect.apply(Readable, this, [options]);
  return this;
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

Object.defineProperty(ReadStream.prototype, 'autoClose', {
  get() { return this._readableState.autoDestroy; },
  set(value) { this._readableState.autoDestroy = value; },
});
define(ReadStream.prototype, {
  open: openRead,
  _construct: construct,
  _read(size) {
    const count = Math.min(this.end - (this.pos === undefined ? this.bytesRead : this.pos) + 1, size);
    if (count <= 0) {
      this.push(null);
      return;
    }
    this[isBusy] = true;
    this[functionsOf].read(this.fd, Buffer.allocUnsafeSlow(count), 0, count, this.pos, (error, bytesRead, buffer) => {
      this[isBusy] = false;
      if (this.destroyed) this.emit(idle, error);
      else if (error) errorOrDestroy(this, error);
      else if (bytesRead > 0) pushRead(this, bytesRead, buffer);
      else this.push(null);
    });
  },
  _destroy: destroy,
  close(callback) {
    if (typeof callback === 'function') finished(this, callback);
    this.destroy();
  },
});
Object.defineProperty(ReadStream.prototype, 'pending', pending);

function pushRead(stream, bytesRead, buffer) {
  if (stream.pos !== undefined) stream.pos += bytesRead;
  stream.bytesRead += bytesRead;
  if (bytesRead === buffer.length) {
    stream.push(buffer);
    return;
  }
  const exact = Buffer.allocUnsafeSlow(bytesRead); // a small chunk must not keep a large buffer
  buffer.copy(exact, 0, 0, bytesRead);
  stream.push(exact);
}

// ------------------------------------------------------------------------------------------------------------------ writing

function checkWriters(functions) {
  const { write, writev } = functions;
  if (!write && !writev) throw new codes.ERR_INVALID_ARG_TYPE('options.fs.write', 'function', write);
  if (write) validateFunction(write, 'options.fs.write');
  if (writev) validateFunction(writev, 'options.fs.writev');
}

function WriteStream(path, given) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, given);
  const options = copyOptions(given);
  options.decodeStrings = true;
  setPlace(this, path, options, 'w');
  this.flush = options.flush;
  if (this.flush === undefined || this.flush === null) this.flush = false;
  else validateBoolean(this.flush, 'options.flush');
  checkWriters(this[functionsOf]);
  if (this.flush) validateFunction(this[functionsOf].fsync, 'options.fs.fsync');
  if (!this[functionsOf].write) this._write = null;
  if (!this[functionsOf].writev) this._writev = null;
  setStart(this, options.start);
  this.bytesWritten = 0;
  this[isBusy] = false;
  Reflect.apply(Writable, this, [options]);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
  return this;
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

/** Counts what was written; true if the write is over, well or not. */
function isOver(stream, error, count, attempt, callback) {
  if (stream.destroyed || error) {
    callback(error || new codes.ERR_STREAM_DESTROYED('write'));
    return true;
  }
  stream.bytesWritten += count;
  attempt.empty = count > 0 ? 0 : attempt.empty + 1;
  if (attempt.empty <= mostEmptyWrites) return false;
  callback(new Error('write failed'));
  return true;
}

const isLater = (error) => error !== null && error !== undefined && error.code === 'EAGAIN';

function writeAll(stream, bytes, position, callback, attempt = { empty: 0 }) {
  stream[functionsOf].write(stream.fd, bytes, 0, bytes.length, position, (error, written) => {
    const count = isLater(error) ? 0 : written;
    if (isOver(stream, isLater(error) ? null : error, count, attempt, callback)) return;
    if (count === bytes.length) callback();
    else writeAll(stream, bytes.subarray(count), position === undefined ? position : position + count, callback, attempt);
  });
}

function writevAll(stream, buffers, position, callback, attempt = { empty: 0 }) {
  stream[functionsOf].writev(stream.fd, buffers, position === undefined ? null : position, (error, written) => {
    const count = isLater(error) ? 0 : written;
    if (isOver(stream, isLater(error) ? null : error, count, attempt, callback)) return;
    const rest = Buffer.concat(buffers).subarray(count);
    if (rest.length === 0) callback();
    else writevAll(stream, [rest], position === undefined ? position : position + count, callback, attempt);
  });
}

function finishWrite(stream, callback) {
  stream[isBusy] = true;
  return (error) => {
    stream[isBusy] = false;
    callback(error);
    if (stream.destroyed) stream.emit(idle, error);
  };
}

function advance(stream, size) {
  const position = stream.pos;
  if (position !== undefined) stream.pos += size;
  return position;
}

Object.defineProperty(WriteStream.prototype, 'autoClose', {
  get() { return this._writableState.autoDestroy; },
  set(value) { this._writableState.autoDestroy = value; },
});
define(WriteStream.prototype, {
  open: openWrite,
  _construct: construct,
  _write(chunk, encoding, callback) {
    writeAll(this, chunk, advance(this, chunk.length), finishWrite(this, callback));
  },
  _writev(chunks, callback) {
    const buffers = chunks.map(({ chunk }) => chunk);
    const size = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
    writevAll(this, buffers, advance(this, size), finishWrite(this, callback));
  },
  _destroy: destroy,
  close(callback) {
    if (callback) {
      if (this.closed) {
        process.nextTick(callback);
        return;
      }
      this.on('close', callback);
    }
    if (!this.autoClose) this.on('finish', this.destroy);
    this.end();
  },
  destroySoon: Writable.prototype.end,
});
Object.defineProperty(WriteStream.prototype, 'pending', pending);

module.exports = { ReadStream, WriteStream };
