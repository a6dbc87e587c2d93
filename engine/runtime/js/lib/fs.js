// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fs: what Node's functions check and give, over the engine's file operations (engine/io).

const { constants } = require('./internal/fs-constants');
const { validateObject, validateString } = require('../core/validators');
const { Dirent, Stats } = require('./internal/fs-classes');
const { toCallback, toPath, toSeconds } = require('./internal/fs-arguments');
const directories = require('./internal/fs-directories');
const handles = require('./internal/fs-handles');
const { operations } = require('./internal/fs-operations');
const { abortable, checkSignal, runAsync, runSync } = require('./internal/fs-run');

const fs = {};

function define(name, fn) {
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  fs[name] = fn;
}

const closeDefault = () => {};

for (const name of Object.keys(operations)) {
  define(name, (...args) => {
    const last = args[args.length - 1];
    // Only close goes without a callback.
    const given = typeof last === 'function' || args.length > operations[name].length ? last : undefined;
    const callback = name === 'close' && args.length === 1 ? closeDefault : toCallback(given);
    const rest = typeof last === 'function' ? args.slice(0, -1) : args;
    const request = operations[name](...rest);
    let signal;
    try {
      signal = checkSignal(name, rest);
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
      callback(error);
      return;
    }
    runAsync(name, request, abortable(callback, signal));
  });
  define(`${name}Sync`, (...args) => runSync(name, operations[name](...args)));
}

Object.assign(fs, handles);
define('readdir', directories.readdir);
define('readdirSync', directories.readdirSync);
define('opendir', directories.opendir);
define('opendirSync', directories.opendirSync);
define('rmdir', directories.rmdir);
define('rmdirSync', directories.rmdirSync);

define('exists', (path, callback) => {
  const done = toCallback(callback);
  let target;
  try {
    target = toPath(path);
  } catch (error) {
    done(false);
    return;
  }
  runAsync('access', { args: [target, constants.F_OK], map: () => undefined }, (error) => done(!error), done);
});
Object.defineProperty(fs.exists, Symbol.for('nodejs.util.promisify.custom'), {
  value: { exists: (path) => new Promise((resolve) => { fs.exists(path, resolve); }) }.exists,
});

define('existsSync', (path) => {
  try {
    fs.accessSync(path);
    return true;
  } catch (error) {
    return false;
  }
});

define('realpathNative', (...args) => {
  const callback = toCallback(args[args.length - 1]);
  runAsync('realpathNative', operations.realpath(...args.slice(0, -1)), callback);
});
define('realpathNativeSync', (...args) => runSync('realpathNative', operations.realpath(...args)));
for (const name of ['realpath', 'realpathSync']) {
  const own = name.replace('path', 'pathNative');
  fs[name].native = Object.defineProperty(fs[own], 'name', { value: `${name}.native` });
  delete fs[own];
}

define('cp', (...args) => require('./internal/fs-cp').cp(...args));
define('cpSync', (...args) => require('./internal/fs-cp').cpSync(...args));
define('watchFile', (...args) => require('./internal/fs-watch-file').watchFile(...args));
define('unwatchFile', (...args) => require('./internal/fs-watch-file').unwatchFile(...args));
define('watch', (...args) => require('./internal/fs-watch').watch(...args));

define('openAsBlob', (path, options = {}) => {
  validateObject(options, 'options');
  const type = options.type || '';
  validateString(type, 'options.type');
  const { Blob } = require('./buffer');
  return fs.promises.readFile(toPath(path)).then((bytes) => new Blob([bytes], { type }));
});

// Only where the system has it, which Linux does not.
fs.lchmod = undefined;
fs.lchmodSync = undefined;

// How many arguments Node's functions say they take.
const lengths = [
  ['fstat fstatSync fsyncSync fdatasyncSync ftruncate ftruncateSync lstat lstatSync stat statSync statfs statfsSync unlinkSync openAsBlob close closeSync'],
  ['accessSync chmodSync fchmodSync fdatasync fsync linkSync mkdirSync mkdtempSync readFileSync readlinkSync realpathSync renameSync rmSync truncateSync unlink unwatchFile'],
  ['access appendFileSync chmod chownSync copyFileSync cpSync fchmod fchownSync futimesSync lchownSync link lutimesSync mkdir mkdtemp openSync readFile readlink realpath rename rm symlinkSync truncate utimesSync watch watchFile writeFileSync'],
  ['appendFile chown copyFile cp fchown futimes lchown lutimes open symlink utimes writeFile'],
  ['readSync writeSync'],
  ['read write'],
];
lengths.forEach(([names], i) => {
  for (const name of names.split(' ')) Object.defineProperty(fs[name], 'length', { value: i + 1, configurable: true });
});

const streams = () => require('./internal/fs-streams');

// A program may put classes of its own in place; they are what the functions then make.
const classes = Object.create(null);
for (const name of ['ReadStream', 'WriteStream', 'FileReadStream', 'FileWriteStream']) {
  Object.defineProperty(fs, name, {
    get() {
      if (classes[name] === undefined) classes[name] = streams()[name.replace('File', '')];
      return classes[name];
    },
    set(value) { classes[name] = value; },
    enumerable: true,
    configurable: true,
  });
}

fs.createReadStream = function createReadStream(path, options) {
  return new fs.ReadStream(path, options);
};
fs.createWriteStream = function createWriteStream(path, options) {
  return new fs.WriteStream(path, options);
};

Object.assign(fs, { Dirent, Stats, Dir: directories.Dir, _toUnixTimestamp: toSeconds });

function lazy(name, get) {
  Object.defineProperty(fs, name, { get, enumerable: true, configurable: true });
}
lazy('promises', () => require('./internal/fs-promises').promises);

for (const name of ['F_OK', 'R_OK', 'W_OK', 'X_OK']) {
  Object.defineProperty(fs, name, { value: constants[name], enumerable: true });
}
Object.defineProperty(fs, 'constants', { value: constants, enumerable: true });

module.exports = fs;
