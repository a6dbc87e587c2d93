// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Stats and Dirent.

const { constants } = require('./fs-constants');

const typeOf = Symbol('type');

function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
  // Half a millisecond more, so that the fraction rounds.
  this.atime = new Date(Number(atimeMs) + 0.5);
  this.mtime = new Date(Number(mtimeMs) + 0.5);
  this.ctime = new Date(Number(ctimeMs) + 0.5);
  this.birthtime = new Date(Number(birthtimeMs) + 0.5);
}

const kinds = [
  ['isDirectory', constants.S_IFDIR, constants.UV_DIRENT_DIR], ['isFile', constants.S_IFREG, constants.UV_DIRENT_FILE],
  ['isBlockDevice', constants.S_IFBLK, constants.UV_DIRENT_BLOCK],
  ['isCharacterDevice', constants.S_IFCHR, constants.UV_DIRENT_CHAR],
  ['isSymbolicLink', constants.S_IFLNK, constants.UV_DIRENT_LINK], ['isFIFO', constants.S_IFIFO, constants.UV_DIRENT_FIFO],
  ['isSocket', constants.S_IFSOCK, constants.UV_DIRENT_SOCKET],
];

class Dirent {
  constructor(name, type, path) {
    this.name = name;
    this.parentPath = path;
    this.path = path;
    this[typeOf] = type;
  }
}

for (const [method, mode, type] of kinds) {
  Stats.prototype[method] = { [method]() { return (this.mode & constants.S_IFMT) === mode; } }[method];
  Object.defineProperty(Dirent.prototype, method, {
    value: { [method]() { return this[typeOf] === type; } }[method], writable: true, configurable: true,
  });
}

function makeStats(numbers) {
  return new Stats(...numbers);
}

module.exports = { Dirent, Stats, makeStats };
