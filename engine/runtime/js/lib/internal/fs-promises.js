// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fs/promises.

const { codes } = require('../../core/errors');
const { asynchronously } = require('./async');
const { constants } = require('./fs-constants');
const directories = require('./fs-directories');
const { FileHandle, fdOrPath, fromCallback } = require('./fs-file-handle');
const { operations } = require('./fs-operations');
const { checkSignal, runPromise } = require('./fs-run');

// In the order in which Node lists them.
const names = ['access', 'copyFile', 'open', 'opendir', 'rename', 'truncate', 'rm', 'rmdir', 'mkdir', 'readdir', 'readlink',
               'symlink', 'lstat', 'stat', 'link', 'unlink', 'chmod', 'lchown', 'chown', 'utimes', 'lutimes', 'realpath',
               'mkdtemp', 'writeFile', 'appendFile', 'readFile'];

const promises = {};
for (const name of names) {
  promises[name] = {
    [name](...args) {
      return asynchronously(() => {
        const signal = checkSignal(name, args);
        if (name === 'readdir' || name === 'opendir' || name === 'rmdir') return fromCallback(directories[name], ...args).then(([result]) => result);
        const request = operations[name](fdOrPath(args[0]), ...args.slice(1));
        const promise = runPromise(name, request, signal);
        return name === 'open' ? promise.then((fd) => new FileHandle(fd)) : promise;
      });
    },
  }[name];
}
Object.assign(promises, {
  lchmod: () => Promise.reject(new codes.ERR_METHOD_NOT_IMPLEMENTED('lchmod()')),
  constants,
});

module.exports = { FileHandle, promises };
