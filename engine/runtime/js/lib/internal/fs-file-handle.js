// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// FileHandle of fs/promises. Whoever works on the file holds the handle: it is really closed when the last one lets go.

const EventEmitter = require('../../core/events');
const { codes } = require('../../core/errors');
const { validateString } = require('../../core/validators');
const { asynchronously } = require('./async');
const { Buffer } = require('../buffer');
const handles = require('./fs-handles');
const { operations } = require('./fs-operations');
const { checkSignal, runPromise } = require('./fs-run');

const fdOf = Symbol('kFd');
const locked = Symbol('kLocked');
const holders = Symbol('kRefs');
const closing = Symbol('kClosePromise');
const settleClose = Symbol('kCloseResolve');
const hold = Symbol('kRef');
const release = Symbol('kUnref');

function fromCallback(fn, ...args) {
  return new Promise((resolve, reject) => {
    fn(...args, (error, ...values) => {
      if (error) reject(error);
      else resolve(values);
    });
  });
}

/** Runs `body` with the handle held. */
function use(handle, name, body) {
  return asynchronously(() => {
    if (handle.fd === -1) {
      const error = new Error('file closed');
      error.code = 'EBADF';
      error.syscall = name;
      throw error;
    }
    handle[hold]();
    let promise;
    try {
      promise = body(handle.fd);
    } catch (error) {
      handle[release]();
      throw error;
    }
    return promise.finally(() => handle[release]());
  });
}

/** Runs the fs operation `name` on the file. */
function operate(handle, name, ...args) {
  return use(handle, name, (fd) => runPromise(name, operations[name](fd, ...args), checkSignal(name, args)));
}

/** Whether this is not data itself, but gives it in parts: a stream, a generator, an array. */
const givesParts = (data) => data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
  (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');

/** Writes part after part, each when the one before is written, from the present position on. */
function writeParts(handle, data, given) {
  const { encoding, signal } = Object.assign({ encoding: 'utf8' }, typeof given === 'string' ? { encoding: given } : given);
  const isAsync = typeof data[Symbol.asyncIterator] === 'function';
  const iterator = isAsync ? data[Symbol.asyncIterator]() : data[Symbol.iterator]();
  const writeAll = (bytes) => (bytes.byteLength === 0 ? undefined : handle.write(bytes, 0, bytes.byteLength, null)
    .then(({ bytesWritten }) => writeAll(bytes.subarray(bytesWritten))));
  const next = () => Promise.resolve(iterator.next()).then(({ done, value }) => {
    if (done) return undefined;
    return Promise.resolve(value).then((part) => {
      checkSignal('writeFile', [{ signal }]);
      return writeAll(ArrayBuffer.isView(part) ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength) : Buffer.from(part, encoding));
    }).then(next, (error) => {
      if (typeof iterator.return === 'function') iterator.return();
      throw error;
    });
  });
  return use(handle, 'writeFile', next);
}

/** Runs one of the functions over buffers and gives its result as an object. */
function transfer(handle, fn, countName, bufferName, args) {
  let { length } = args;
  while (length > 1 && args[length - 1] === undefined) --length;
  return use(handle, fn.name, (fd) => fromCallback(fn, fd, ...args.slice(0, length))
    .then(([count, buffer]) => ({ [countName]: count, [bufferName]: buffer })));
}

class FileHandle extends EventEmitter {
  constructor(fd) {
    super();
    this[fdOf] = fd;
    this[holders] = 1;
    this[closing] = null;
  }

  get fd() {
    return this[fdOf];
  }

  getAsyncId() {
    return -1;
  }

  appendFile(data, options) {
    if (givesParts(data)) return writeParts(this, data, options);
    return operate(this, 'appendFile', data, options);
  }

  chmod(mode) {
    return operate(this, 'fchmod', mode);
  }

  chown(uid, gid) {
    return operate(this, 'fchown', uid, gid);
  }

  datasync() {
    return operate(this, 'fdatasync');
  }

  sync() {
    return operate(this, 'fsync');
  }

  read(buffer, offset, length, position) {
    return transfer(this, handles.read, 'bytesRead', 'buffer', [buffer, offset, length, position]);
  }

  readv(buffers, position) {
    return transfer(this, handles.readv, 'bytesRead', 'buffers', [buffers, position]);
  }

  readFile(options) {
    return operate(this, 'readFile', options);
  }

  readLines(options) {
    return require('../readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  /** A web stream over the file, from its present position; the file stays open. */
  readableWebStream(options = {}) {
    if (this[fdOf] === -1) throw new codes.ERR_INVALID_STATE('The FileHandle is closed');
    if (this[closing] !== null) throw new codes.ERR_INVALID_STATE('The FileHandle is closing');
    if (this[locked]) throw new codes.ERR_INVALID_STATE('The FileHandle is locked');
    this[locked] = true;
    if (options.type !== undefined) validateString(options.type, 'options.type');
    const { ReadableStream } = require('../stream-web');
    const chunkSize = 16384;
    let isHeld = true;
    const letGo = () => {
      if (!isHeld) return;
      isHeld = false;
      this[release]();
    };
    let end;
    const stream = new ReadableStream({
      type: options.type === 'bytes' ? 'bytes' : undefined,
      start: (controller) => { end = () => { controller.close(); letGo(); }; },
      pull: (controller) => this.read(new Uint8Array(chunkSize), 0, chunkSize, null).then(({ bytesRead, buffer }) => {
        if (!isHeld) return;
        if (bytesRead === 0) end();
        else controller.enqueue(options.type === 'bytes' ? buffer.subarray(0, bytesRead) : buffer.buffer.slice(0, bytesRead));
      }),
      cancel: letGo,
    }, { highWaterMark: 0 });
    this[hold]();
    this.once('close', () => { if (isHeld) end(); });
    return stream;
  }

  stat(options) {
    return operate(this, 'fstat', options);
  }

  truncate(length = 0) {
    return operate(this, 'ftruncate', length);
  }

  utimes(accessed, modified) {
    return operate(this, 'futimes', accessed, modified);
  }

  write(buffer, offset, length, position) {
    return transfer(this, handles.write, 'bytesWritten', 'buffer', [buffer, offset, length, position]);
  }

  writev(buffers, position) {
    return transfer(this, handles.writev, 'bytesWritten', 'buffers', [buffers, position]);
  }

  writeFile(data, options) {
    if (givesParts(data)) return writeParts(this, data, options);
    return operate(this, 'writeFile', data, options);
  }

  close() {
    if (this[fdOf] === -1) return Promise.resolve();
    if (this[closing] !== null) return this[closing];
    this[holders] -= 1;
    if (this[holders] === 0) {
      const fd = this[fdOf];
      this[fdOf] = -1;
      this[closing] = runPromise('close', operations.close(fd));
    } else {
      this[closing] = new Promise((resolve, reject) => { this[settleClose] = [resolve, reject]; });
    }
    this[closing] = this[closing].finally(() => { this[closing] = null; });
    this.emit('close');
    return this[closing];
  }

  createReadStream(options) {
    const { ReadStream } = require('./fs-streams');
    return new ReadStream(undefined, Object.assign({}, options, { fd: this }));
  }

  createWriteStream(options) {
    const { WriteStream } = require('./fs-streams');
    return new WriteStream(undefined, Object.assign({}, options, { fd: this }));
  }

  [hold]() {
    this[holders] += 1;
  }

  [release]() {
    this[holders] -= 1;
    if (this[holders] !== 0) return;
    const fd = this[fdOf];
    this[fdOf] = -1;
    runPromise('close', operations.close(fd)).then(...this[settleClose]);
  }
}

const { asyncDispose } = Symbol;
if (asyncDispose !== undefined) {
  Object.defineProperty(FileHandle.prototype, asyncDispose, {
    value: { [asyncDispose]() { return this.close(); } }[asyncDispose], writable: true, configurable: true,
  });
}

/** The file of an open handle, for functions of fs/promises that take one in place of a path. */
function fdOrPath(value) {
  if (!(value instanceof FileHandle)) return value;
  if (value.fd === -1) throw new codes.ERR_INVALID_STATE('The FileHandle is closed');
  return value.fd;
}

module.exports = { FileHandle, fdOrPath, fromCallback, givesParts, hold, release, writeParts };
