// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// One entry for each fs function that is a single operation of the engine. `prepare` checks the arguments and gives
// { args, map }: what goes to the engine (in the order of engine/io/FileOperations.h) and what becomes of its result.

const { codes, systemCallError } = require('../../core/errors');
const { validateBoolean, validateInt32, validateInteger, validateObject } = require('../../core/validators');
const a = require('./fs-arguments');
const { makeStatFs, makeStats } = require('./fs-classes');
const { constants } = require('./fs-constants');

const nothing = () => undefined;
const same = (value) => value;

function simple(count, ...names) {
  return (...values) => {
    const args = values.slice(0, count).map((value, i) => a.toPath(value, names[i]));
    return { args, map: nothing };
  };
}

const isMissing = (error) => error.code === 'ENOENT' || error.code === 'ENOTDIR';

function stat(path, options) {
  const args = [a.toPath(path)];
  const isBigInt = Boolean(options && options.bigint);
  const isQuiet = options && options.throwIfNoEntry === false;
  return { args, map: (numbers) => makeStats(numbers, isBigInt), rescue: isQuiet ? (error) => ({ ok: isMissing(error), value: undefined }) : undefined };
}

function writing(defaultFlag) {
  return (path, data, given) => {
    const options = a.toOptions(given, { encoding: 'utf8', mode: 0o666, flag: defaultFlag });
    const target = a.toPathOrFd(path);
    const bytes = a.toData(data, options.encoding);
    return { args: [target, bytes, a.toFlag(options.flag, defaultFlag), a.toMode(options.mode, 0o666)], map: nothing };
  };
}

function rmOptions(options) {
  const checked = Object.assign({ recursive: false, force: false, retryDelay: 100, maxRetries: 0 }, options);
  if (options !== undefined) validateObject(options, 'options');
  validateBoolean(checked.force, 'options.force');
  validateBoolean(checked.recursive, 'options.recursive');
  validateInt32(checked.retryDelay, 'options.retryDelay', 0);
  return checked;
}

/** Node reports a folder given to rm without `recursive` in a way of its own. */
function folderError(error, path) {
  if (error.code !== 'EISDIR' || error.syscall !== 'rm') return { ok: false };
  return {
    ok: false,
    error: new codes.ERR_FS_EISDIR({ code: 'EISDIR', message: 'is a directory', path, syscall: 'rm', errno: 21 }),
  };
}

function mkdirArguments(path, given) {
  let options = given;
  if (typeof given === 'number' || typeof given === 'string') options = { mode: a.toMode(given) };
  const { recursive = false, mode = 0o777 } = options || {};
  const target = a.toPath(path);
  validateBoolean(recursive, 'options.recursive');
  return { args: [target, a.toMode(mode, 0o777), recursive], map: recursive ? same : nothing };
}

function times(path, accessed, modified) {
  return { args: [a.toPath(path), a.toSeconds(accessed), a.toSeconds(modified)], map: nothing };
}

const warned = new Set();

function warnOnce(...args) {
  if (warned.has(args[0])) return;
  warned.add(args[0]);
  process.emitWarning(...args);
}

function warnOfTemplate(prefix) {
  const last = typeof prefix === 'string' ? prefix[prefix.length - 1] : String.fromCharCode(prefix[prefix.length - 1]);
  if (last === 'X') warnOnce('mkdtemp() templates ending with X are not portable. For details see: https://nodejs.org/api/fs.html');
}

function warnOfTruncate() {
  warnOnce('Using fs.truncate with a file descriptor is deprecated. Please use fs.ftruncate with a file descriptor instead.',
           'DeprecationWarning', 'DEP0081');
}

const operations = {
  readFile(path, given) {
    const options = a.toOptions(given, { flag: 'r' });
    return { args: [a.toPathOrFd(path), a.toFlag(options.flag, 'r')], map: (data) => a.fromData(data, options.encoding) };
  },
  writeFile: writing('w'),
  appendFile: writing('a'),
  open(path, flags, mode) {
    return { args: [a.toPath(path), a.toFlag(flags, 'r'), a.toMode(mode, 0o666)], map: same };
  },
  close: (fd) => ({ args: [a.toFd(fd)], map: nothing }),
  stat,
  lstat: stat,
  fstat(fd, options) {
    const isBigInt = Boolean(options && options.bigint);
    return { args: [a.toFd(fd)], map: (numbers) => makeStats(numbers, isBigInt) };
  },
  statfs(path, options) {
    const isBigInt = Boolean(options && options.bigint);
    return { args: [a.toPath(path)], map: (numbers) => makeStatFs(numbers, isBigInt) };
  },
  access: (path, mode) => ({ args: [a.toPath(path), a.toAccessMode(mode)], map: nothing }),
  mkdir: mkdirArguments,
  mkdtemp(prefix, given) {
    const options = a.toOptions(given);
    warnOfTemplate(a.toPath(prefix, 'prefix'));
    return { args: [a.toPath(prefix, 'prefix')], map: (text) => a.fromText(text, options.encoding) };
  },
  rmdir: (path) => ({ args: [a.toPath(path)], map: nothing }),
  rm(path, given) {
    const target = a.toPath(path);
    const options = rmOptions(given);
    return { args: [target, options.recursive, options.force], map: nothing, rescue: (error) => folderError(error, target) };
  },
  unlink: simple(1, 'path'),
  rename: simple(2, 'oldPath', 'newPath'),
  link: simple(2, 'existingPath', 'newPath'),
  copyFile(from, to, mode) {
    const args = [a.toPath(from, 'src'), a.toPath(to, 'dest')];
    const max = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE | constants.COPYFILE_FICLONE_FORCE;
    return { args: args.concat(a.toAccessMode(mode, 0, max, 0)), map: nothing };
  },
  symlink(target, path, type) {
    if (typeof type === 'string' && !['dir', 'file', 'junction'].includes(type)) throw new codes.ERR_FS_INVALID_SYMLINK_TYPE(type);
    return { args: [a.toPath(target, 'target'), a.toPath(path)], map: nothing };
  },
  readlink(path, given) {
    const options = a.toOptions(given);
    return { args: [a.toPath(path, 'oldPath')], map: (text) => a.fromText(text, options.encoding) };
  },
  realpath(path, given) {
    const options = a.toOptions(given);
    return { args: [a.toPath(path)], map: (text) => a.fromText(text, options.encoding) };
  },
  truncate(path, length) {
    if (typeof path !== 'number') return { args: [a.toPath(path), a.toLength(length)], map: nothing };
    warnOfTruncate();
    return { operation: 'ftruncate', args: [a.toFd(path), a.toLength(length)], map: nothing };
  },
  ftruncate: (fd, length) => ({ args: [a.toFd(fd), a.toLength(length)], map: nothing }),
  chmod: (path, mode) => ({ args: [a.toPath(path), a.toMode(mode)], map: nothing }),
  fchmod: (fd, mode) => ({ args: [a.toFd(fd), a.toMode(mode)], map: nothing }),
  utimes: times,
  lutimes: times,
  futimes: (fd, accessed, modified) => ({
    args: [a.toFd(fd), a.toSeconds(accessed), a.toSeconds(modified)], map: nothing,
  }),
  fsync: (fd) => ({ args: [a.toFd(fd)], map: nothing }),
  fdatasync: (fd) => ({ args: [a.toFd(fd)], map: nothing }),
};

for (const name of ['chown', 'lchown']) {
  operations[name] = (path, uid, gid) => {
    const target = a.toPath(path);
    validateInteger(uid, 'uid', -1, 4294967295);
    validateInteger(gid, 'gid', -1, 4294967295);
    return { args: [target, uid, gid], map: nothing };
  };
}
operations.fchown = (fd, uid, gid) => {
  const target = a.toFd(fd);
  validateInteger(uid, 'uid', -1, 4294967295);
  validateInteger(gid, 'gid', -1, 4294967295);
  return { args: [target, uid, gid], map: nothing };
};

/** The error as Node has it: its own class and order of properties. */
function toError(error) {
  if (error === null || typeof error !== 'object' || error.syscall === undefined) return error;
  const description = String(error.message).replace(/^[A-Z0-9]+: /, '').replace(/, [\s\S]*$/, '');
  const { errno, code, syscall, path, dest } = error;
  return systemCallError({ errno, code, syscall, path, dest, message: description });
}

module.exports = { operations, rmOptions, toError, warnOnce };
