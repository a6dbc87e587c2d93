// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Stats and Dirent.

const { constants } = require('./fs-constants');

const typeOf = Symbol('type');

function StatsBase(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks) {
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
}

// Half a millisecond more, so that the fraction rounds.
const toDate = (milliseconds) => new Date(Number(milliseconds) + 0.5);

function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
  this.atime = toDate(atimeMs);
  this.mtime = toDate(mtimeMs);
  this.ctime = toDate(ctimeMs);
  this.birthtime = toDate(birthtimeMs);
}

/** Nanoseconds, as text, of milliseconds with a fraction. */
function nanoseconds(milliseconds) {
  const whole = Math.floor(milliseconds);
  return `${whole}${String(Math.floor((milliseconds - whole) * 1e6)).padStart(6, '0')}`;
}

function BigIntStats(numbers) {
  StatsBase.apply(this, numbers.slice(0, 10).map(BigInt));
  const times = numbers.slice(10);
  const names = ['atime', 'mtime', 'ctime', 'birthtime'];
  names.forEach((name, i) => { this[`${name}Ms`] = BigInt(Math.floor(times[i])); });
  names.forEach((name, i) => { this[`${name}Ns`] = BigInt(nanoseconds(times[i])); });
  names.forEach((name, i) => { this[name] = toDate(Math.floor(times[i])); });
}

for (const kind of [Stats, BigIntStats]) {
  Object.setPrototypeOf(kind.prototype, StatsBase.prototype);
  Object.setPrototypeOf(kind, StatsBase);
  kind.prototype._checkModeProperty = function(property) {
    return (Number(this.mode) & constants.S_IFMT) === property;
  };
}

class StatFs {
  constructor(type, bsize, blocks, bfree, bavail, files, ffree) {
    Object.assign(this, { type, bsize, blocks, bfree, bavail, files, ffree });
  }
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
  StatsBase.prototype[method] = { [method]() { return this._checkModeProperty(mode); } }[method];
  Object.defineProperty(Dirent.prototype, method, {
    value: { [method]() { return this[typeOf] === type; } }[method], writable: true, configurable: true,
  });
}

function makeStats(numbers, isBigInt) {
  return isBigInt ? new BigIntStats(numbers) : new Stats(...numbers);
}

function makeStatFs(numbers, isBigInt) {
  return new StatFs(...(isBigInt ? numbers.map(BigInt) : numbers));
}

module.exports = { BigIntStats, Dirent, Stats, makeStatFs, makeStats };
