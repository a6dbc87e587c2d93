// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// ChildProcess: a process that runs beside this one, and the streams to it.

const binding = require('../../core/binding');
const { validateArray, validateObject, validateOneOf, validateString } = require('../../core/validators');
const EventEmitter = require('../events');
const { Socket } = require('../net');
const { setupChannel } = require('./child-channel');
const { signalName, signalNumber, systemArguments } = require('./child-options');
const { fromOption } = require('./child-stdio');
const { Process, ownerSymbol } = require('./handles');
const { errnoException, uv } = require('./net-errors');
const { PipeTransport } = require('./pipe-channel');

const usedAsStdio = Symbol('kIsUsedAsStdio');

/** An error of starting a program, with what was to be started. */
function spawnError(number, syscall, file, args) {
  const error = errnoException(number, file ? `${syscall} ${file}` : syscall);
  if (file) error.path = file;
  error.spawnargs = args.slice(1);
  return error;
}

/** Streams that nobody has read are read to their end, so that 'close' can come. */
function flushStdio(child) {
  for (const stream of child.stdio || []) {
    if (stream && stream.readable && !stream[usedAsStdio]) stream.resume();
  }
}

function maybeClose(child) {
  ++child._closesGot;
  if (child._closesGot === child._closesNeeded) child.emit('close', child.exitCode, child.signalCode);
}

function onExit(child, exitCode, signal) {
  if (signal) child.signalCode = signalName(signal);
  else child.exitCode = exitCode;
  if (child.stdin) child.stdin.destroy();
  child._handle.close();
  child._handle = null;
  if (exitCode < 0) child.emit('error', spawnError(exitCode, 'spawn', child.spawnfile, child.spawnargs));
  else child.emit('exit', child.exitCode, child.signalCode);
  process.nextTick(flushStdio, child);
  maybeClose(child);
}

function ChildProcess() {
  EventEmitter.call(this);
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  if (!binding.isIoReal) throw new Error('not supported by Loopscope: child processes on simulated I/O; run with --io real');
  this._handle = new Process();
  this._handle[ownerSymbol] = this;
  this._handle.onexit = (exitCode, signal) => onExit(this, exitCode, signal);
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

/** Errors that a program cannot foresee: they are told by 'error'. */
const runTimeErrors = [uv.EACCES, uv.EAGAIN, uv.EMFILE, uv.ENFILE, uv.ENOENT];

/** The stream that a program gave goes to the child: we read it no more. */
function handOver({ handle, stream }) {
  handle.reading = false;
  handle.readStop();
  if (typeof stream.pause === 'function') stream.pause();
  if (stream._readableState) {
    stream.readableFlowing = false;
    stream._readableState.reading = false;
  }
  stream[usedAsStdio] = true;
}

function makeStreams(child, entries) {
  const started = child.pid !== undefined && child.pid !== 0;
  child.stdio = entries.map((entry, index) => {
    if (entry.type === 'ignore') return null;
    if (entry.ipc) {
      ++child._closesNeeded;
      return null;
    }
    if (entry.type === 'wrap') handOver(entry);
    if (entry.type === 'wrap' || !entry.handle) return null;
    if (!started) entry.handle.close();
    const socket = new Socket({ handle: started ? entry.handle : null, readable: index > 0 });
    if (index > 0 && started) {
      ++child._closesNeeded;
      socket.on('close', () => maybeClose(child));
    }
    return socket;
  });
  [child.stdin, child.stdout, child.stderr] = child.stdio;
}

ChildProcess.prototype.spawn = function spawn(options) {
  validateObject(options, 'options');
  const { stdio, ipc, ipcFd } = fromOption(options.stdio || 'pipe', false);
  options.stdio = stdio;
  validateOneOf(options.serialization, 'options.serialization', [undefined, 'json', 'advanced']);
  const serialization = options.serialization || 'json';
  if (ipc !== undefined) {
    if (options.envPairs === undefined) options.envPairs = [];
    else validateArray(options.envPairs, 'options.envPairs');
    options.envPairs.push(`NODE_CHANNEL_FD=${ipcFd}`, `NODE_CHANNEL_SERIALIZATION_MODE=${serialization}`);
  }
  validateString(options.file, 'options.file');
  this.spawnfile = options.file;
  if (options.args !== undefined) validateArray(options.args, 'options.args');
  this.spawnargs = options.args === undefined ? [] : options.args;
  const failure = this._handle.spawn(Object.assign({}, options, { args: systemArguments({ file: options.file, args: this.spawnargs }) }));
  if (runTimeErrors.includes(failure)) {
    process.nextTick(() => { this._handle.onexit(failure); });
    if (failure === uv.EMFILE || failure === uv.ENFILE) return failure;
  } else if (failure) {
    for (const { type, handle } of stdio) {
      if (type === 'pipe') handle.close();
    }
    this._handle.close();
    this._handle = null;
    throw errnoException(failure, 'spawn');
  } else {
    process.nextTick(() => { this.emit('spawn'); });
  }
  this.pid = this._handle.pid;
  makeStreams(this, stdio);
  if (ipc !== undefined) setupChannel(this, new PipeTransport(ipc, serialization), maybeClose);
  return failure;
};

ChildProcess.prototype.kill = function kill(signal) {
  const number = signal === 0 ? signal : signalNumber(signal === undefined ? 'SIGTERM' : signal);
  if (!this._handle) return false;
  const failure = this._handle.kill(number);
  if (failure === 0) {
    this.killed = true;
    return true;
  }
  if (failure === uv.EINVAL || failure === uv.ENOSYS) throw errnoException(failure, 'kill');
  if (failure !== uv.ESRCH) this.emit('error', errnoException(failure, 'kill'));
  return false;
};

ChildProcess.prototype[Symbol.dispose] = function dispose() {
  if (!this.killed) this.kill();
};

ChildProcess.prototype.ref = function ref() {
  if (this._handle) this._handle.ref();
};

ChildProcess.prototype.unref = function unref() {
  if (this._handle) this._handle.unref();
};

module.exports = { ChildProcess, spawnError };
