// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fs.watch: a watcher of one folder or file, over libuv's.

const EventEmitter = require('../../core/events');
const { AbortError, codes } = require('../../core/errors');
const { validateAbortSignal, validateBoolean, validateObject } = require('../../core/validators');
const { Buffer } = require('../buffer');
const { toOptions, toPath } = require('./fs-arguments');
const { FSEvent, ownerSymbol } = require('./handles');
const { nameOf, wordsOf, uv } = require('./net-errors');

function watchError(number, filename) {
  const code = nameOf(number);
  const words = number === uv.ENOSPC ? 'System limit for number of file watchers reached' : wordsOf(number);
  const shown = filename === undefined || filename === null ? '' : ` '${filename}'`;
  const error = new Error(`${code}: ${words}, watch${shown}`);
  Object.assign(error, { errno: number, syscall: 'watch', code });
  if (shown) error.path = String(filename);
  error.filename = filename;
  return error;
}

/** A name as the option `encoding` wants it. */
function encoded(name, encoding) {
  if (name === null || name === undefined || !encoding || encoding === 'utf8' || encoding === 'utf-8') return name;
  const bytes = Buffer.from(name);
  return encoding === 'buffer' ? bytes : bytes.toString(encoding);
}

class FSWatcher extends EventEmitter {
  constructor() {
    super();
    this._handle = new FSEvent();
    this._handle[ownerSymbol] = this;
  }

  start() {}

  close() {
    if (this._handle === null || !this._handle.initialized) return;
    this._handle.close();
    this._handle = null;
    process.nextTick(() => this.emit('close'));
  }

  ref() {
    if (this._handle) this._handle.ref();
    return this;
  }

  unref() {
    if (this._handle) this._handle.unref();
    return this;
  }
}

function startWatching(watcher, filename, persistent, encoding) {
  const handle = watcher._handle;
  handle.onchange = (status, eventType, name) => {
    if (status >= 0) {
      watcher.emit('change', eventType, encoded(name, encoding));
      return;
    }
    if (watcher._handle !== null) {
      watcher._handle.close();
      watcher._handle = null;
    }
    watcher.emit('error', watchError(status, name));
  };
  const failure = handle.start(filename, persistent);
  if (failure) throw watchError(failure, filename);
}

function closeOnAbort(watcher, signal) {
  if (signal.aborted) {
    process.nextTick(() => watcher.close());
    return;
  }
  const listener = () => watcher.close();
  signal.addEventListener('abort', listener);
  watcher.once('close', () => signal.removeEventListener('abort', listener));
}

function watch(filename, given, listener) {
  const callback = typeof given === 'function' ? given : listener;
  const options = { persistent: true, recursive: false, ...toOptions(given) };
  const path = toPath(filename);
  let watcher;
  if (options.recursive) {
    watcher = require('./fs-watch-recursive').watchTree(path, options);
  } else {
    watcher = new FSWatcher();
    startWatching(watcher, path, options.persistent, options.encoding);
  }
  if (callback) watcher.addListener('change', callback);
  if (options.signal) closeOnAbort(watcher, options.signal);
  return watcher;
}

/** What a promise that is made anew for each event settles with. */
function makeTurn() {
  const turn = {};
  turn.promise = new Promise((resolve, reject) => Object.assign(turn, { resolve, reject }));
  return turn;
}

async function* watchOne(filename, options) {
  const { persistent = true, recursive = false, encoding = 'utf8', signal } = options;
  validateBoolean(persistent, 'options.persistent');
  validateBoolean(recursive, 'options.recursive');
  validateAbortSignal(signal, 'options.signal');
  if (encoding && !Buffer.isEncoding(encoding)) throw new codes.ERR_INVALID_ARG_VALUE(encoding, 'encoding', 'is invalid encoding');
  const aborted = () => new AbortError(undefined, { cause: signal.reason });
  if (signal && signal.aborted) throw aborted();
  const handle = new FSEvent();
  let turn = makeTurn();
  const oncancel = () => {
    handle.close();
    turn.reject(aborted());
  };
  try {
    if (signal) signal.addEventListener('abort', oncancel, { once: true });
    handle.onchange = (status, eventType, name) => {
      if (status < 0) {
        handle.close();
        turn.reject(watchError(status, name));
      } else {
        turn.resolve({ eventType, filename: encoded(name, encoding) });
      }
    };
    const failure = handle.start(filename, persistent);
    if (failure) throw watchError(failure, filename);
    while (!signal || !signal.aborted) {
      yield await turn.promise;
      turn = makeTurn();
    }
    throw aborted();
  } finally {
    handle.close();
    if (signal) signal.removeEventListener('abort', oncancel);
  }
}

/** fs.promises.watch. */
async function* watchEvents(filename, options = {}) {
  if (options.recursive !== undefined && options.recursive !== null) {
    validateBoolean(options.recursive, 'options.recursive');
    if (options.recursive) {
      yield* require('./fs-watch-recursive').watchTree(filename, options);
      return;
    }
  }
  const path = toPath(filename);
  validateObject(options, 'options');
  yield* watchOne(path, options);
}

module.exports = { FSWatcher, watch, watchError, watchEvents };
