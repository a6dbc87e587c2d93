// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What spawn, exec and their kin are given, checked and made whole as Node does it.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { validateBoolean, validateObject, validateString } = require('../../core/validators');
const { signals } = require('./system-constants');
const { toPath } = require('./fs-arguments');

const isInt32 = (value) => value === (value | 0);

function checkNoNulls(value, name) {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
}

function checkAllNoNulls(values, name) {
  values.forEach((value, index) => checkNoNulls(value, `${name}[${index}]`));
}

function validateTimeout(timeout) {
  if (timeout != null && !(Number.isInteger(timeout) && timeout >= 0)) {
    throw new codes.ERR_OUT_OF_RANGE('timeout', 'an unsigned integer', timeout);
  }
}

function validateMaxBuffer(maxBuffer) {
  if (maxBuffer != null && !(typeof maxBuffer === 'number' && maxBuffer >= 0)) {
    throw new codes.ERR_OUT_OF_RANGE('options.maxBuffer', 'a positive number', maxBuffer);
  }
}

/** The number of a signal that has a name. */
function signalNumber(signal) {
  if (typeof signal === 'number' && Object.values(signals).includes(signal)) return signal;
  if (typeof signal === 'string' && signals[signal.toUpperCase()]) return signals[signal.toUpperCase()];
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

function killSignalNumber(signal) {
  if (typeof signal === 'string' || typeof signal === 'number') return signalNumber(signal);
  if (signal != null) throw new codes.ERR_INVALID_ARG_TYPE('options.killSignal', ['string', 'number'], signal);
  return undefined;
}

const signalName = (number) => Object.keys(signals).find((name) => signals[name] === number);

function splitArguments(args, options) {
  if (Array.isArray(args)) return [args.slice(), options];
  if (args === undefined || args === null) return [[], options];
  if (typeof args !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  return [[], args];
}

function checkOptions(options) {
  if (options.detached != null) validateBoolean(options.detached, 'options.detached');
  for (const name of ['uid', 'gid']) {
    if (options[name] != null && !isInt32(options[name])) throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, 'int32', options[name]);
  }
  if (options.shell != null && typeof options.shell !== 'boolean' && typeof options.shell !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.shell', ['boolean', 'string'], options.shell);
  }
  if (options.argv0 != null) {
    validateString(options.argv0, 'options.argv0');
    checkNoNulls(options.argv0, 'options.argv0');
  }
  for (const name of ['windowsHide', 'windowsVerbatimArguments']) {
    if (options[name] != null) validateBoolean(options[name], `options.${name}`);
  }
}

function environmentPairs(env) {
  const pairs = [];
  for (const key in env) { // inherited ones too, as Node
    const value = env[key];
    if (value === undefined) continue;
    checkNoNulls(key, `options.env['${key}']`);
    checkNoNulls(value, `options.env['${key}']`);
    pairs.push(`${key}=${value}`);
  }
  return pairs;
}

/** A program of this run's permissions; a path is meant as the child would see it. */
function checkPermission(file, cwd) {
  const { resolve } = require('../path');
  const program = file.includes('/') ? resolve(cwd === undefined ? binding.cwd() : cwd, file) : file;
  if (!binding.mayRun(program)) throw binding.refusal('ChildProcess', program);
}

/** options with file, args (from argv[0] on), cwd and envPairs. */
function spawnOptions(file, args, options) {
  validateString(file, 'file');
  checkNoNulls(file, 'file');
  if (file.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('file', file, 'cannot be empty');
  let [list, given] = splitArguments(args, options);
  checkAllNoNulls(list, 'args');
  if (given === undefined) given = {};
  else validateObject(given, 'options');
  given = Object.assign(Object.create(null), given);
  let { cwd } = given;
  if (cwd != null) {
    cwd = toPath(cwd, 'options.cwd');
    if (typeof cwd !== 'string') cwd = cwd.toString();
  }
  checkOptions(given);
  let program = file;
  if (given.shell) {
    checkNoNulls(given.shell, 'options.shell');
    list = ['-c', [file, ...list].join(' ')];
    program = typeof given.shell === 'string' ? given.shell : '/bin/sh';
  }
  list.unshift(typeof given.argv0 === 'string' ? given.argv0 : program);
  checkPermission(program, cwd == null ? undefined : cwd);
  return Object.assign(given, {
    args: list, cwd, detached: !!given.detached, envPairs: environmentPairs(given.env || process.env), file: program,
    windowsHide: !!given.windowsHide, windowsVerbatimArguments: !!given.windowsVerbatimArguments,
  });
}

/**
 * The arguments that the system gets. process.execPath is Loopscope itself, which runs a script on real I/O and with the permissions
 * of this run when a program starts it as it would start Node, with Node's own options; in a command
 * line of a shell too.
 */
function systemArguments({ file, args }) {
  const own = [...binding.childArguments, '--node'];
  if (file === binding.execPath) return [args[0], ...own, ...args.slice(1)];
  if (args[1] !== '-c' || typeof args[2] !== 'string' || !args[2].includes(binding.execPath)) return args;
  const words = own.map(shellQuoted).join(' ');
  const name = binding.execPath.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return [args[0], '-c', args[2].replace(new RegExp(`(["']?)${name}\\1(?=\\s)`, 'g'), (program) => `${program} ${words}`), ...args.slice(3)];
}

const shellQuoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`);

module.exports = {
  checkAllNoNulls,
  checkNoNulls,
  killSignalNumber,
  signalName,
  signalNumber,
  spawnOptions,
  systemArguments,
  validateMaxBuffer,
  validateTimeout,
};
