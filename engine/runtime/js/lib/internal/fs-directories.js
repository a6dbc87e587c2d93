// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// readdir in its forms: names or Dirents, one folder or all below it; opendir over it.

const { codes } = require('../../core/errors');
const { validateBoolean } = require('../../core/validators');
const a = require('./fs-arguments');
const { Dirent } = require('./fs-classes');
const { constants } = require('./fs-constants');
const { operations, rmOptions, warnOnce } = require('./fs-operations');
const { runAsync, runSync } = require('./fs-run');
const path = require('../path');

const isFolder = (entry) => entry.charCodeAt(0) - 48 === constants.UV_DIRENT_DIR;

/** What one readdir with types gave becomes part of the result; gives the folders to read next. */
class Listing {
  constructor(folder, given) {
    const options = a.toOptions(given);
    this.root = a.toPath(folder);
    if (options.recursive !== undefined && options.recursive !== null) {
      validateBoolean(options.recursive, 'options.recursive');
    }
    this.encoding = options.encoding;
    this.withTypes = Boolean(options.withFileTypes);
    this.recursive = Boolean(options.recursive);
    this.result = [];
    this.rest = [];
  }

  request(folder) {
    return { args: [folder, true], map: (entries) => this.add(folder, entries) };
  }

  add(folder, entries) {
    for (const entry of entries) {
      const name = entry.slice(1);
      const full = path.join(String(folder), name);
      if (this.withTypes) {
        this.result.push(new Dirent(a.fromText(name, this.encoding), entry.charCodeAt(0) - 48, String(folder)));
      } else {
        this.result.push(a.fromText(this.recursive ? path.relative(String(this.root), full) : name, this.encoding));
      }
      if (this.recursive && isFolder(entry)) this.rest.push(full);
    }
  }
}

function readdirSync(folder, options) {
  const listing = new Listing(folder, options);
  listing.rest.push(listing.root);
  while (listing.rest.length > 0) runSync('readdir', listing.request(listing.rest.shift()));
  return listing.result;
}

function readdir(folder, options, callback) {
  const done = a.toCallback(typeof options === 'function' ? options : callback);
  const listing = new Listing(folder, options);
  const next = (current) => {
    runAsync('readdir', listing.request(current), (error) => {
      if (error) done(error);
      else if (listing.rest.length > 0) next(listing.rest.shift());
      else done(null, listing.result);
    });
  };
  next(listing.root);
}

/** True if rmdir is asked for the whole tree, which Node still does, with a warning. */
function isRecursive(options) {
  if (options === undefined || options === null || typeof options !== 'object' || !options.recursive) return false;
  rmOptions(options);
  warnOnce('In future versions of Node.js, fs.rmdir(path, { recursive: true }) will be removed. Use fs.rm(path, { recursive: true }) instead',
           'DeprecationWarning', 'DEP0147');
  return true;
}

function rmdirSync(folder, options) {
  const isTree = isRecursive(options) && runSync('lstat', operations.lstat(folder)).isDirectory();
  return isTree ? runSync('rm', operations.rm(folder, options)) : runSync('rmdir', operations.rmdir(folder));
}

function rmdir(folder, options, callback) {
  const done = a.toCallback(typeof options === 'function' ? options : callback);
  const request = operations.rmdir(folder);
  if (!isRecursive(options)) {
    if (typeof options !== 'function' && options !== undefined) rmOptions(options);
    runAsync('rmdir', request, done);
    return;
  }
  runAsync('lstat', operations.lstat(folder), (error, stats) => {
    if (error) done(error);
    else if (stats.isDirectory()) runAsync('rm', operations.rm(folder, options), done);
    else runAsync('rmdir', request, done);
  });
}

/** An open folder; its entries are read when the first is asked for. */
class Dir {
  constructor(folder, options) {
    Object.defineProperty(this, 'state', {
      value: { folder, options: Object.assign({}, options, { withFileTypes: true }), entries: undefined, closed: false },
    });
  }

  get path() {
    return this.state.folder;
  }

  checkOpen() {
    if (this.state.closed) throw new codes.ERR_DIR_CLOSED();
  }

  readSync() {
    this.checkOpen();
    const { state } = this;
    if (state.entries === undefined) state.entries = readdirSync(state.folder, state.options);
    return state.entries.length > 0 ? state.entries.shift() : null;
  }

  read(callback) {
    if (callback === undefined) {
      return new Promise((resolve, reject) => this.read((error, entry) => (error ? reject(error) : resolve(entry))));
    }
    const done = a.toCallback(callback);
    const { state } = this;
    if (state.closed) {
      process.nextTick(done, new codes.ERR_DIR_CLOSED());
      return undefined;
    }
    const give = () => done(null, state.entries.length > 0 ? state.entries.shift() : null);
    if (state.entries !== undefined) {
      process.nextTick(give);
      return undefined;
    }
    readdir(state.folder, state.options, (error, entries) => {
      state.entries = entries;
      if (error) done(error);
      else give();
    });
    return undefined;
  }

  closeSync() {
    this.checkOpen();
    this.state.closed = true;
  }

  close(callback) {
    if (callback === undefined) {
      return new Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())));
    }
    const done = a.toCallback(callback);
    const error = this.state.closed ? new codes.ERR_DIR_CLOSED() : null;
    this.state.closed = true;
    process.nextTick(done, error);
    return undefined;
  }

  [Symbol.asyncIterator]() {
    const end = () => ({ value: undefined, done: true });
    return {
      next: () => this.read().then((entry) => (entry === null ? this.close().then(end) : { value: entry, done: false })),
      return: () => this.close().then(end),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

function opendirSync(folder, options) {
  const target = a.toPath(folder);
  const dir = new Dir(target, a.toOptions(options));
  runSync('readdir', { args: [target, false], map: () => undefined });
  return dir;
}

function opendir(folder, options, callback) {
  const done = a.toCallback(typeof options === 'function' ? options : callback);
  const target = a.toPath(folder);
  const dir = new Dir(target, a.toOptions(options));
  runAsync('readdir', { args: [target, false], map: () => undefined }, (error) => {
    if (!error) {
      done(null, dir);
      return;
    }
    error.syscall = 'opendir';
    error.message = error.message.replace(', scandir ', ', opendir ');
    done(error);
  });
}

module.exports = { Dir, opendir, opendirSync, readdir, readdirSync, rmdir, rmdirSync };
