// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fs/promises.

const { codes } = require('../../core/errors');
const { asynchronously } = require('./async');
const { constants } = require('./fs-constants');
const directories = require('./fs-directories');
const { FileHandle, fdOrPath, fromCallback, givesParts, writeParts } = require('./fs-file-handle');
const { operations } = require('./fs-operations');
const { checkSignal, runPromise } = require('./fs-run');

// In the order in which Node lists them.
const names = ['access', 'copyFile', 'open', 'opendir', 'rename', 'truncate', 'rm', 'rmdir', 'mkdir', 'readdir', 'readlink',
               'symlink', 'lstat', 'stat', 'link', 'unlink', 'chmod', 'lchown', 'chown', 'utimes', 'lutimes', 'realpath',
               'mkdtemp', 'writeFile', 'appendFile', 'readFile', 'statfs'];

/** writeFile and appendFile of a stream or an iterable. */
function writeFromParts(name, target, data, given) {
  if (target instanceof FileHandle) return writeParts(target, data, given);
  const options = typeof given === 'object' && given !== null ? given : {};
  return promises.open(target, options.flag || (name === 'writeFile' ? 'w' : 'a'), options.mode).then((handle) => {
    const close = () => handle.close();
    return writeParts(handle, data, given).then(close, (error) => close().then(() => { throw error; }));
  });
}

const promises = {};
for (const name of names) {
  promises[name] = {
    [name](...args) {
      return asynchronously(() => {
        const signal = checkSignal(name, args);
        if (name === 'readdir' || name === 'opendir' || name === 'rmdir') return fromCallback(directories[name], ...args).then(([result]) => result);
        if ((name === 'writeFile' || name === 'appendFile') && givesParts(args[1])) return writeFromParts(name, ...args);
        const request = operations[name](fdOrPath(args[0]), ...args.slice(1));
        const promise = runPromise(name, request, signal);
        return name === 'open' ? promise.then((fd) => new FileHandle(fd)) : promise;
      });
    },
  }[name];
}
for (const [name, length] of Object.entries({
  access: 1, appendFile: 3, chmod: 2, chown: 3, copyFile: 3, lchown: 3, link: 2, lstat: 1, lutimes: 3, mkdir: 2, mkdtemp: 2, open: 3, opendir: 2,
  readFile: 2, readdir: 2, readlink: 2, realpath: 2, rename: 2, rm: 2, rmdir: 2, stat: 1, statfs: 1, symlink: 3, truncate: 1, unlink: 1, utimes: 3,
  writeFile: 3,
})) Object.defineProperty(promises[name], 'length', { value: length, configurable: true });

Object.assign(promises, {
  watch: { watch(...args) { return require('./fs-watch').watchEvents(...args); } }.watch,
  cp: { cp(src, dest, options) { return asynchronously(() => require('./fs-cp').cpPromise(src, dest, options)); } }.cp,
  lchmod: () => Promise.reject(new codes.ERR_METHOD_NOT_IMPLEMENTED('lchmod()')),
  constants,
});

module.exports = { FileHandle, promises };
