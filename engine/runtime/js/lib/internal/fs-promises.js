// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fs/promises and its FileHandle.

const EventEmitter = require('../../core/events');
const { AbortError } = require('../../core/errors');
const { validateAbortSignal } = require('../../core/validators');
const { asynchronously } = require('./async');
const { constants } = require('./fs-constants');
const directories = require('./fs-directories');
const handles = require('./fs-handles');
const { operations } = require('./fs-operations');
const { runPromise } = require('./fs-run');

const fdOf = Symbol('kFd');
const closing = Symbol('kClosePromise');

function fromCallback(fn, ...args) {
  return new Promise((resolve, reject) => {
    fn(...args, (error, ...values) => {
      if (error) reject(error);
      else resolve(values.length > 1 ? values : values[0]);
    });
  });
}

class FileHandle extends EventEmitter {
  constructor(fd) {
    super();
    this[fdOf] = fd;
    this[closing] = null;
  }

  get fd() {
    return this[fdOf];
  }

  run(name, ...args) {
    return asynchronously(() => {
      if (this.fd === -1) {
        const error = new Error('file closed');
        error.code = 'EBADF';
        error.syscall = name;
        throw error;
      }
      return runPromise(name, operations[name](this.fd, ...args));
    });
  }

  appendFile(data, options) {
    return this.run('appendFile', data, options);
  }

  writeFile(data, options) {
    return this.run('writeFile', data, options);
  }

  readFile(options) {
    return this.run('readFile', options);
  }

  chmod(mode) {
    return this.run('fchmod', mode);
  }

  chown(uid, gid) {
    return this.run('fchown', uid, gid);
  }

  datasync() {
    return this.run('fdatasync');
  }

  sync() {
    return this.run('fsync');
  }

  stat(options) {
    return this.run('fstat', options);
  }

  truncate(length = 0) {
    return this.run('ftruncate', length);
  }

  utimes(accessed, modified) {
    return this.run('futimes', accessed, modified);
  }

  read(...args) {
    return asynchronously(() => fromCallback(handles.read, this.fd, ...args)
      .then(([bytesRead, buffer]) => ({ bytesRead, buffer })));
  }

  write(...args) {
    return asynchronously(() => fromCallback(handles.write, this.fd, ...args)
      .then(([bytesWritten, buffer]) => ({ bytesWritten, buffer })));
  }

  readv(buffers, position = null) {
    return asynchronously(() => fromCallback(handles.readv, this.fd, buffers, position)
      .then(([bytesRead]) => ({ bytesRead, buffers })));
  }

  writev(buffers, position = null) {
    return asynchronously(() => fromCallback(handles.writev, this.fd, buffers, position)
      .then(([bytesWritten]) => ({ bytesWritten, buffers })));
  }

  createReadStream(options) {
    const { ReadStream } = require('./fs-streams');
    return new ReadStream(undefined, Object.assign({}, options, { fd: this.fd }));
  }

  createWriteStream(options) {
    const { WriteStream } = require('./fs-streams');
    return new WriteStream(undefined, Object.assign({}, options, { fd: this.fd }));
  }

  readLines(options) {
    return require('../readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  close() {
    if (this.fd === -1) return Promise.resolve();
    if (this[closing] !== null) return this[closing];
    const fd = this[fdOf];
    this[fdOf] = -1;
    this[closing] = runPromise('close', operations.close(fd)).then(() => {
      this[closing] = null;
      this.emit('close');
    });
    return this[closing];
  }
}

// In the order in which Node lists them.
const names = ['access', 'copyFile', 'open', 'opendir', 'rename', 'truncate', 'rm', 'rmdir', 'mkdir', 'readdir', 'readlink',
               'symlink', 'lstat', 'stat', 'link', 'unlink', 'chmod', 'lchown', 'chown', 'utimes', 'lutimes', 'realpath',
               'mkdtemp', 'writeFile', 'appendFile', 'readFile'];

const withSignal = new Set(['readFile', 'writeFile', 'appendFile']);

function checkSignal(name, args) {
  const options = args[args.length - 1];
  const signal = options === undefined || options === null ? undefined : options.signal;
  if (!withSignal.has(name) || signal === undefined || ArrayBuffer.isView(options)) return undefined;
  validateAbortSignal(signal, 'options.signal');
  if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return signal;
}

/** The operation's promise, rejected early when the signal is aborted. */
function abortable(promise, signal) {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new AbortError(undefined, { cause: signal.reason }));
    signal.addEventListener('abort', onAbort, { once: true });
    promise.finally(() => signal.removeEventListener('abort', onAbort)).then(resolve, reject);
  });
}

const target = (value) => (value instanceof FileHandle ? value.fd : value);

const promises = {};
for (const name of names) {
  promises[name] = {
    [name](...args) {
      return asynchronously(() => {
        const signal = checkSignal(name, args);
        if (name === 'readdir' || name === 'opendir') return fromCallback(directories[name], ...args);
        const request = operations[name](target(args[0]), ...args.slice(1));
        const promise = runPromise(name, request);
        return name === 'open' ? promise.then((fd) => new FileHandle(fd)) : abortable(promise, signal);
      });
    },
  }[name];
}
promises.constants = constants;

module.exports = { FileHandle, promises };
