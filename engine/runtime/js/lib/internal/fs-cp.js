// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fs.cp in its three forms. What to do is written once, as generators that yield what they want done: [function of fs, ...arguments], a function
// to call, or another generator, whose work comes first. One driver does it at once, the other with promises.

const { codes } = require('../../core/errors');
const { validateBoolean, validateFunction, validateObject } = require('../../core/validators');
const path = require('../path');
const a = require('./fs-arguments');
const { constants } = require('./fs-constants');
const { types } = require('./types');

const EEXIST = 17;
const ENOTDIR = 20;
const EISDIR = 21;
const EINVAL = 22;
const ownerMayWrite = 0o200;

const defaults = { dereference: false, errorOnExist: false, filter: undefined, force: true, preserveTimestamps: false, recursive: false, verbatimSymlinks: false };

function cpOptions(given) {
  if (given !== undefined) validateObject(given, 'options');
  const options = Object.assign({}, defaults, given);
  for (const name of ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks']) {
    validateBoolean(options[name], `options.${name}`);
  }
  options.mode = a.toAccessMode(options.mode, 0, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE | constants.COPYFILE_FICLONE_FORCE, 0);
  if (options.dereference && options.verbatimSymlinks) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  if (options.filter !== undefined) validateFunction(options.filter, 'options.filter');
  return options;
}

function failure(name, message, dest, errno, code) {
  return new codes[name]({ message, path: dest, syscall: 'cp', errno, code });
}

const isSame = (one, other) => other.ino && other.dev && other.ino === one.ino && other.dev === one.dev;

/** Whether the path `dest` lies below `src` or is it, by their texts. */
function isBelow(src, dest) {
  const parts = (text) => path.resolve(text).split(path.sep).filter(Boolean);
  const inner = parts(dest);
  return parts(src).every((part, i) => inner[i] === part);
}

const toItself = (src, dest) => failure('ERR_FS_CP_EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest, EINVAL, 'EINVAL');

/** The status, or undefined if nothing is there. */
function* statusIfAny(name, target) {
  try {
    return yield [name, target];
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The status of what is at the destination, or null if this is not to be copied. */
function* checkPaths(src, dest, options) {
  if (options.filter && !(yield () => options.filter(src, dest))) return null;
  const name = options.dereference ? 'stat' : 'lstat';
  const from = yield [name, src];
  const to = yield statusIfAny(name, dest);
  if (to) {
    if (isSame(from, to)) throw failure('ERR_FS_CP_EINVAL', 'src and dest cannot be the same', dest, EINVAL, 'EINVAL');
    if (from.isDirectory() && !to.isDirectory()) {
      throw failure('ERR_FS_CP_DIR_TO_NON_DIR', `cannot overwrite non-directory ${dest} with directory ${src}`, dest, EISDIR, 'EISDIR');
    }
    if (!from.isDirectory() && to.isDirectory()) {
      throw failure('ERR_FS_CP_NON_DIR_TO_DIR', `cannot overwrite directory ${dest} with non-directory ${src}`, dest, ENOTDIR, 'ENOTDIR');
    }
  }
  if (from.isDirectory() && isBelow(src, dest)) throw toItself(src, dest);
  return { from, to };
}

/** No folder on the way to `dest` may be `src` itself, whatever links lead there. */
function* checkParents(src, from, dest) {
  const srcParent = path.resolve(path.dirname(src));
  for (let parent = path.resolve(path.dirname(dest)); parent !== srcParent && parent !== path.parse(parent).root;
    parent = path.resolve(path.dirname(parent))) {
    const status = yield statusIfAny('stat', parent);
    if (!status) return;
    if (isSame(from, status)) throw toItself(src, dest);
  }
}

function* copyFile(status, src, dest, options) {
  yield ['copyFile', src, dest, options.mode];
  if (options.preserveTimestamps) {
    if ((status.mode & ownerMayWrite) === 0) yield ['chmod', dest, status.mode | ownerMayWrite];
    const times = yield ['stat', src]; // again: reading it has changed when it was read
    yield ['utimes', dest, times.atime, times.mtime];
  }
  yield ['chmod', dest, status.mode];
}

function* onFile(status, existing, src, dest, options) {
  if (existing && options.force) {
    yield ['unlink', dest];
  } else if (existing) {
    if (options.errorOnExist) throw failure('ERR_FS_CP_EEXIST', `${dest} already exists`, dest, EEXIST, 'EEXIST');
    return;
  }
  yield copyFile(status, src, dest, options);
}

function* onFolder(status, existing, src, dest, options) {
  if (!existing) yield ['mkdir', dest];
  for (const name of yield ['readdir', src]) {
    const from = path.join(src, name);
    const to = path.join(dest, name);
    const checked = yield checkPaths(from, to, options);
    if (checked) yield copyOne(checked.to, from, to, options);
  }
  if (!existing) yield ['chmod', dest, status.mode];
}

function* onLink(existing, src, dest, options) {
  let target = yield ['readlink', src];
  if (!options.verbatimSymlinks && !path.isAbsolute(target)) target = path.resolve(path.dirname(src), target);
  if (existing) {
    let before;
    try {
      before = yield ['readlink', dest];
    } catch (error) {
      if (error.code !== 'EINVAL') throw error;
    }
    if (before !== undefined) {
      before = path.isAbsolute(before) ? before : path.resolve(path.dirname(dest), before);
      if (isBelow(target, before)) {
        throw failure('ERR_FS_CP_EINVAL', `cannot copy ${target} to a subdirectory of self ${before}`, dest, EINVAL, 'EINVAL');
      }
      if ((yield ['stat', src]).isDirectory() && isBelow(before, target)) {
        throw failure('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', `cannot overwrite ${before} with ${target}`, dest, EINVAL, 'EINVAL');
      }
      yield ['unlink', dest];
    }
  }
  yield ['symlink', target, dest];
}

function* copyOne(existing, src, dest, options) {
  const status = yield [options.dereference ? 'stat' : 'lstat', src];
  if (status.isDirectory()) {
    if (options.recursive) {
      yield onFolder(status, existing, src, dest, options);
      return;
    }
    throw new codes.ERR_FS_EISDIR({ message: `${src} is a directory (not copied)`, path: src, syscall: 'cp', errno: EISDIR, code: 'EISDIR' });
  }
  if (status.isFile() || status.isCharacterDevice() || status.isBlockDevice()) yield onFile(status, existing, src, dest, options);
  else if (status.isSymbolicLink()) yield onLink(existing, src, dest, options);
  else throw uncopyable(status, dest);
}

function uncopyable(status, dest) {
  if (status.isSocket()) return failure('ERR_FS_CP_SOCKET', `cannot copy a socket file: ${dest}`, dest, EINVAL, 'EINVAL');
  if (status.isFIFO()) return failure('ERR_FS_CP_FIFO_PIPE', `cannot copy a FIFO pipe: ${dest}`, dest, EINVAL, 'EINVAL');
  return failure('ERR_FS_CP_UNKNOWN', `cannot copy an unknown file type: ${dest}`, dest, EINVAL, 'EINVAL');
}

function* copy(src, dest, options) {
  const checked = yield checkPaths(src, dest, options);
  if (!checked) return;
  yield checkParents(src, checked.from, dest);
  const parent = path.dirname(dest);
  if (!(yield statusIfAny('stat', parent))) yield ['mkdir', parent, { recursive: true }];
  yield copyOne(checked.to, src, dest, options);
}

/** The checked arguments as a generator to drive. */
function prepare(src, dest, given) {
  const options = cpOptions(given);
  const work = copy(a.toPath(src, 'src'), a.toPath(dest, 'dest'), options);
  return work; // not in the call's place: V4 loses generators that a tail call makes
}

/** Goes on with the work that is topmost on the stack; gives what it wants done next, or undefined when all is done. */
function advance(stack, how, answer) {
  let method = how;
  let value = answer;
  while (stack.length > 0) {
    let step;
    try {
      step = stack[stack.length - 1][method](value);
    } catch (error) {
      stack.pop();
      if (stack.length === 0) throw error;
      method = 'throw';
      value = error;
      continue;
    }
    method = 'next';
    value = undefined;
    if (step.done) {
      stack.pop();
      ({ value } = step);
    } else if (typeof step.value.next === 'function') {
      stack.push(step.value);
    } else {
      return step.value;
    }
  }
  return undefined;
}

function answerOf(wish, fs) {
  if (typeof wish !== 'function') return fs[`${wish[0]}Sync`](...wish.slice(1));
  const answer = wish();
  if (types.isPromise(answer)) throw new codes.ERR_INVALID_RETURN_VALUE('boolean', 'filter', answer);
  return answer;
}

function cpSync(src, dest, options) {
  const fs = require('../fs');
  const stack = [prepare(src, dest, options)];
  let wish = advance(stack, 'next');
  while (wish !== undefined) {
    let answer;
    let method = 'next';
    try {
      answer = answerOf(wish, fs);
    } catch (error) {
      answer = error;
      method = 'throw';
    }
    wish = advance(stack, method, answer);
  }
}

function drive(work) {
  const { promises } = require('./fs-promises');
  const stack = [work];
  return new Promise((resolve, reject) => {
    const goOn = (method, answer) => {
      let wish;
      try {
        wish = advance(stack, method, answer);
      } catch (error) {
        reject(error);
        return;
      }
      if (wish === undefined) {
        resolve();
        return;
      }
      new Promise((done) => { done(typeof wish === 'function' ? wish() : promises[wish[0]](...wish.slice(1))); })
        .then((value) => goOn('next', value), (error) => goOn('throw', error));
    };
    goOn('next');
  });
}

function cp(src, dest, options, callback) {
  const isShort = typeof options === 'function';
  const done = a.toCallback(isShort ? options : callback);
  const work = prepare(src, dest, isShort ? undefined : options);
  drive(work).then(() => process.nextTick(done, null), (error) => process.nextTick(done, error));
}

const cpPromise = (src, dest, options) => drive(prepare(src, dest, options));

module.exports = { cp, cpPromise, cpSync };
