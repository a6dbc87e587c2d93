// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fs.watch with `recursive`. inotify watches one folder, so Node 20 watches each file and each folder of a tree on Linux, and tells what
// it finds when it looks again.

const EventEmitter = require('../../core/events');
const { AbortError, codes } = require('../../core/errors');
const { validateAbortSignal, validateBoolean } = require('../../core/validators');
const path = require('../path');
const { toPath } = require('./fs-arguments');

const stateSymbol = Symbol('state');
const isGiven = (value) => value !== undefined && value !== null;

function checkOptions({ persistent, recursive, signal, encoding }) {
  if (isGiven(recursive)) validateBoolean(recursive, 'options.recursive');
  if (isGiven(persistent)) validateBoolean(persistent, 'options.persistent');
  if (isGiven(signal)) validateAbortSignal(signal, 'options.signal');
  if (isGiven(encoding) && typeof encoding !== 'string') throw new codes.ERR_INVALID_ARG_VALUE(encoding, 'options.encoding');
}

/** Watches a tree, for one FSWatcher. */
class Tree {
  constructor(emitter, options) {
    this.emitter = emitter;
    this.options = options;
    this.isClosed = false;
    this.status = new Map(); // of everything that is watched, by path
    this.watchers = new Map();
    this.links = new Set();
    this.root = '';
    this.isFile = false;
  }

  start(root) {
    const fs = require('../fs');
    try {
      const status = fs.statSync(root);
      this.root = root;
      this.isFile = status.isFile();
      this.watchOne(root);
      if (status.isDirectory()) this.watchFolder(root);
    } catch (error) {
      if (error.code === 'ENOENT') error.filename = root;
      if (error.code === 'ENOENT' || error.code === 'ERR_ACCESS_DENIED') throw error;
    }
  }

  close() {
    this.isClosed = true;
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
    this.status.clear();
    this.links.clear();
  }

  tell(eventType, file) {
    this.emitter.emit('change', eventType, path.relative(this.root, file));
  }

  watchFolder(folder) {
    const fs = require('../fs');
    try {
      for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        if (this.isClosed) return;
        const file = path.join(folder, entry.name);
        if (!this.status.has(file)) this.watchEntry(file, entry);
      }
    } catch (error) {
      this.emitter.emit('error', error);
    }
  }

  watchEntry(file, entry) {
    this.tell('rename', file);
    if (entry.isSymbolicLink()) this.links.add(file);
    try {
      this.watchOne(file);
      if (entry.isDirectory() && !entry.isSymbolicLink()) this.watchFolder(file);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }

  watchOne(file) {
    if (this.isClosed || this.status.has(file)) return;
    const fs = require('../fs');
    this.status.set(file, fs.statSync(file));
    const watcher = fs.watch(file, { persistent: this.options.persistent }, () => this.look(file, watcher));
    this.watchers.set(file, watcher);
  }

  /** Something happened to a file: what? */
  look(file, watcher) {
    const fs = require('../fs');
    const before = this.status.get(file);
    let now;
    try {
      now = fs.statSync(file);
      this.status.set(file, now);
    } catch (error) {
      // It is gone.
    }
    if (now === undefined || (now.birthtimeMs === 0 && before.birthtimeMs !== 0)) {
      this.status.delete(file);
      this.watchers.delete(file);
      watcher.close();
      this.tell('rename', file);
      this.unwatchBelow(file);
    } else if (file === this.root && this.isFile) {
      this.emitter.emit('change', 'change', path.basename(file));
    } else if (this.links.has(file)) {
      this.tell('rename', file);
    } else if (now.isDirectory()) {
      this.watchFolder(file);
    } else {
      this.tell('change', file);
    }
  }

  unwatchBelow(file) {
    this.links.delete(file);
    for (const name of [...this.status.keys()]) {
      if (!name.startsWith(file)) continue;
      this.status.delete(name);
      const watcher = this.watchers.get(name);
      if (watcher !== undefined) watcher.close();
      this.watchers.delete(name);
    }
  }
}

class FSWatcher extends EventEmitter {
  constructor(options) {
    super();
    checkOptions(options);
    Object.defineProperty(this, stateSymbol, { value: new Tree(this, options) });
  }

  close() {
    const tree = this[stateSymbol];
    if (tree.isClosed) return;
    tree.close();
    this.emit('close');
  }

  ref() {}

  unref() {}

  [Symbol.asyncIterator]() {
    const tree = this[stateSymbol];
    const { signal } = tree.options;
    const nextChange = (resolve, reject) => {
      const onAbort = () => {
        this.close();
        reject(new AbortError(undefined, { cause: signal.reason }));
      };
      if (signal && signal.aborted) {
        onAbort();
        return;
      }
      if (signal) signal.addEventListener('abort', onAbort, { once: true });
      this.once('change', (eventType, filename) => {
        if (signal) signal.removeEventListener('abort', onAbort);
        resolve({ value: { eventType, filename }, done: false });
      });
    };
    return {
      next: () => (tree.isClosed ? { value: undefined, done: true } : new Promise(nextChange)),
      return: () => {
        this.close();
        return { value: undefined, done: true };
      },
      [Symbol.asyncIterator]() { return this; },
    };
  }
}

/** A started watcher of everything below a path. */
function watchTree(filename, options) {
  const watcher = new FSWatcher(options);
  watcher[stateSymbol].start(path.resolve(toPath(filename).toString()));
  return watcher;
}

module.exports = { watchTree };
