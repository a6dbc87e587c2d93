// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// child_process on real I/O: programs that run beside the script, with its permissions. The synchronous functions work on simulated I/O too.

const { AbortError, codes, define } = require('../core/errors');
const { addAbortListener } = require('../core/events');
const { validateAbortSignal, validateArray, validateFunction, validateObject, validateString } = require('../core/validators');
const { Buffer } = require('./buffer');
const { ChildProcess } = require('./internal/child-process');
const { connectToParent } = require('./internal/child-channel');
const {
  checkAllNoNulls, checkNoNulls, killSignalNumber, spawnOptions, validateMaxBuffer, validateTimeout,
} = require('./internal/child-options');
const { fromString } = require('./internal/child-stdio');
const { runSynchronously } = require('./internal/child-sync');
const { toPath } = require('./internal/fs-arguments');
const util = require('./util');

define('ERR_CHILD_PROCESS_IPC_REQUIRED', "Forked processes must have an IPC channel, missing value 'ipc' in %s", Error);
define('ERR_CHILD_PROCESS_STDIO_MAXBUFFER', '%s maxBuffer length exceeded', RangeError);

const defaultMaxBuffer = 1024 * 1024;

// ------------------------------------------------------------------------------------------------------------------ spawn

function killOnTimeout(child, timeout, killSignal) {
  const timer = setTimeout(() => {
    try {
      child.kill(killSignal);
    } catch (error) {
      child.emit('error', error);
    }
  }, timeout);
  child.once('exit', () => clearTimeout(timer));
}

function killOnAbort(child, signal, killSignal) {
  const abort = () => {
    try {
      if (child.kill(killSignal)) child.emit('error', new AbortError(undefined, { cause: signal.reason }));
    } catch (error) {
      child.emit('error', error);
    }
  };
  if (signal.aborted) {
    process.nextTick(abort);
    return;
  }
  const listening = addAbortListener(signal, abort);
  child.once('exit', () => listening[Symbol.dispose]());
}

function spawn(file, args, options) {
  const given = spawnOptions(file, args, options);
  validateTimeout(given.timeout);
  validateAbortSignal(given.signal, 'options.signal');
  const killSignal = killSignalNumber(given.killSignal);
  const child = new ChildProcess();
  child.spawn(given);
  if (given.timeout > 0) killOnTimeout(child, given.timeout, killSignal);
  if (given.signal) killOnAbort(child, given.signal, killSignal);
  return child;
}

function fork(modulePath, args, options) {
  const path = toPath(modulePath, 'modulePath');
  let [list, given] = [args, options];
  if (list === undefined || list === null) list = [];
  else if (typeof list === 'object' && !Array.isArray(list)) [list, given] = [[], list];
  else validateArray(list, 'args');
  if (given != null) validateObject(given, 'options');
  given = Object.assign(Object.create(null), given, { shell: false });
  given.execPath = given.execPath || process.execPath;
  checkNoNulls(given.execPath, 'options.execPath');
  const execArgv = given.execArgv || process.execArgv;
  checkAllNoNulls(execArgv, 'options.execArgv');
  if (typeof given.stdio === 'string') given.stdio = fromString(given.stdio, 'ipc');
  else if (!Array.isArray(given.stdio)) given.stdio = fromString(given.silent ? 'pipe' : 'inherit', 'ipc');
  else if (!given.stdio.includes('ipc')) throw new codes.ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  return spawn(given.execPath, [...execArgv, path, ...list], given);
}

// -------------------------------------------------------------------------------------------------------- exec, execFile

function execArguments(command, options, callback) {
  validateString(command, 'command');
  checkNoNulls(command, 'command');
  const [given, done] = typeof options === 'function' ? [undefined, options] : [options, callback];
  const copy = Object.assign(Object.create(null), given);
  copy.shell = typeof copy.shell === 'string' ? copy.shell : true;
  return { command, options: copy, callback: done };
}

function execFileArguments(file, args, options, callback) {
  let [list, given, done] = [args, options, callback];
  if (Array.isArray(list)) list = list.slice();
  else if (list != null && typeof list === 'object') [list, given, done] = [null, args, options];
  else if (typeof list === 'function') [list, given, done] = [null, null, args];
  if (list == null) list = [];
  if (typeof given === 'function') [given, done] = [null, given];
  else if (given != null) validateObject(given, 'options');
  if (given == null) given = {};
  if (done != null) validateFunction(done, 'callback');
  if (given.argv0 != null) {
    validateString(given.argv0, 'options.argv0');
    checkNoNulls(given.argv0, 'options.argv0');
  }
  return { file, args: list, options: given, callback: done };
}

/** Collects what one stream of a child gives, up to `most`; beyond that `onTooMuch`. */
class Collector {
  constructor(stream, encoding, most, onTooMuch) {
    this.stream = stream;
    this.encoding = encoding;
    this.chunks = [];
    if (!stream) return;
    if (encoding) stream.setEncoding(encoding);
    let length = 0;
    stream.on('data', (chunk) => {
      const own = stream.readableEncoding;
      const size = own ? Buffer.byteLength(chunk, own) : chunk.length;
      length += size;
      if (length <= most) {
        this.chunks.push(chunk);
        return;
      }
      this.chunks.push(chunk.slice(0, most - (length - size)));
      onTooMuch();
    });
  }

  get value() {
    return this.encoding || (this.stream && this.stream.readableEncoding) ? this.chunks.join('') : Buffer.concat(this.chunks);
  }

  stop() {
    if (this.stream) this.stream.destroy();
  }
}

function execFile(file, args, options, callback) {
  const called = execFileArguments(file, args, options, callback);
  const given = Object.assign(Object.create(null),
    { encoding: 'utf8', timeout: 0, maxBuffer: defaultMaxBuffer, killSignal: 'SIGTERM', cwd: null, env: null, shell: false }, called.options);
  validateTimeout(given.timeout);
  validateMaxBuffer(given.maxBuffer);
  const killSignal = killSignalNumber(given.killSignal);
  const { cwd, env, gid, shell, signal, uid } = given;
  const child = spawn(file, called.args, { cwd, env, gid, shell, signal, uid, windowsHide: !!given.windowsHide,
    windowsVerbatimArguments: !!given.windowsVerbatimArguments });

  const encoding = given.encoding !== 'buffer' && Buffer.isEncoding(given.encoding) ? given.encoding : null;
  let [failure, wasKilled, hasExited, timer] = [null, false, false, null];
  let stdout;
  let stderr;

  function finish(code, signalCode) {
    if (hasExited) return;
    hasExited = true;
    clearTimeout(timer);
    if (!called.callback) return;
    const [output, errors] = [stdout.value, stderr.value];
    if (!failure && code === 0 && signalCode === null) {
      called.callback(null, output, errors);
      return;
    }
    const command = called.args.length > 0 ? `${file} ${called.args.join(' ')}` : file;
    if (!failure) {
      failure = Object.assign(new Error(`Command failed: ${command}\n${errors}`),
        { code: code < 0 ? util.getSystemErrorName(code) : code, killed: child.killed || wasKilled, signal: signalCode });
    }
    failure.cmd = command;
    called.callback(failure, output, errors);
  }
  function stop() {
    stdout.stop();
    stderr.stop();
  }
  function kill() {
    stop();
    wasKilled = true;
    try {
      child.kill(killSignal);
    } catch (error) {
      failure = error;
      finish();
    }
  }
  const collect = (name) => new Collector(child[name], encoding, given.maxBuffer, () => {
    failure = new codes.ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name);
    kill();
  });
  stdout = collect('stdout');
  stderr = collect('stderr');
  if (given.timeout > 0) timer = setTimeout(kill, given.timeout);
  child.addListener('close', finish);
  child.addListener('error', (error) => {
    failure = error;
    stop();
    finish();
  });
  return child;
}

function exec(command, options, callback) {
  const called = execArguments(command, options, callback);
  return module.exports.execFile(called.command, called.options, called.callback);
}

function promisified(original) {
  return (...args) => {
    let child;
    const promise = new Promise((resolve, reject) => {
      child = original(...args, (error, stdout, stderr) => {
        if (error === null) resolve({ stdout, stderr });
        else reject(Object.assign(error, { stdout, stderr }));
      });
    });
    promise.child = child;
    return promise;
  };
}
for (const original of [exec, execFile]) {
  Object.defineProperty(original, util.promisify.custom, { enumerable: false, value: promisified(original) });
}

// ----------------------------------------------------------------------------------------------------------- synchronous

function spawnSync(file, args, options) {
  const given = Object.assign(Object.create(null), { maxBuffer: defaultMaxBuffer });
  try {
    Object.assign(given, spawnOptions(file, args, options));
  } catch (error) {
    if (error.code !== 'ERR_ACCESS_DENIED') throw error;
    // Programs that only look what is there expect the result to say that something cannot be started.
    return { error, status: null, signal: null, output: null, pid: 0, stdout: null, stderr: null };
  }
  validateTimeout(given.timeout);
  validateMaxBuffer(given.maxBuffer);
  given.killSignal = killSignalNumber(given.killSignal);
  return runSynchronously(given);
}

function syncFailure(result, args, command) {
  if (result.error) return Object.assign(result.error, result);
  if (result.status === 0) return undefined;
  let message = `Command failed: ${command || args.join(' ')}`;
  if (result.stderr && result.stderr.length > 0) message += `\n${result.stderr.toString()}`;
  return Object.assign(new Error(message), result);
}

function outputOrThrow(result, showsErrors, args, command) {
  if (showsErrors && result.stderr) process.stderr.write(result.stderr);
  const failure = syncFailure(result, args, command);
  if (failure) throw failure;
  return result.stdout;
}

function execFileSync(file, args, options) {
  const called = execFileArguments(file, args, options);
  const result = spawnSync(file, called.args, called.options);
  return outputOrThrow(result, !called.options.stdio, [called.options.argv0 || file, ...called.args]);
}

function execSync(command, options) {
  const called = execArguments(command, options, null);
  return outputOrThrow(spawnSync(called.command, called.options), !called.options.stdio, undefined, command);
}

module.exports = { _forkChild: connectToParent, ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };
