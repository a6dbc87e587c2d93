// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's `process`.

const binding = require('./binding');
const builtins = require('./builtins');
const EventEmitter = require('./events');
const lib = require('./lib');
const stdio = require('./stdio');
const { codes, systemCallError } = require('./errors');
const { emitProcessEvent } = require('./process-events');
const { emitWarning, onWarning } = require('./warnings');
const { parseFileMode, validateArray, validateBoolean, validateInteger, validateNumber, validateObject,
        validateString } = require('./validators');

const nodeVersion = '20.20.2';

// Instances of a class of that name, so that it prints as `process {`.
const prototype = Object.create(EventEmitter.prototype, {
  constructor: { value: { process() {} }.process, writable: true, configurable: true },
});
prototype.constructor.prototype = prototype;
const process = Object.create(prototype);

function constant(name, value) {
  Object.defineProperty(process, name, { value, enumerable: true, configurable: true, writable: false });
}

function accessor(name, get, set) {
  Object.defineProperty(process, name, { get, set, enumerable: true, configurable: true });
}

constant('version', `v${nodeVersion}`);
constant('versions', Object.freeze({
  node: nodeVersion,
  modules: '115',
  napi: '9',
  openssl: binding.opensslVersion,
  unicode: '17.0',
  uv: '1.46.0',
  v8: '11.3.244.8-node.38',
}));
process.arch = binding.arch || 'x64';
process.platform = binding.platform || 'linux';
const released = `https://nodejs.org/download/release/${process.version}/node-${process.version}`;
constant('release', { name: 'node', lts: 'Iron', sourceUrl: `${released}.tar.gz`, headersUrl: `${released}-headers.tar.gz` });

EventEmitter.call(process);
Object.defineProperty(process, Symbol.toStringTag, { value: 'process', writable: true });
process.domain = null;

const exitState = { exiting: false, code: undefined };

function setExiting(exiting) {
  exitState.exiting = exiting;
  binding.setExiting(exiting);
}

accessor('_exiting', () => exitState.exiting, (value) => setExiting(Boolean(value)));
Object.defineProperty(process, 'exitCode', {
  get: () => exitState.code,
  set(code) {
    if (code !== null && code !== undefined) {
      let value = code;
      if (typeof code === 'string' && code !== '' && !Number.isNaN(Number(code))) value = Number(code);
      validateInteger(value, 'code');
    }
    exitState.code = code;
  },
  enumerable: true,
  configurable: false,
});

function freezeDeep(object) {
  for (const key of Object.keys(object)) {
    if (typeof object[key] === 'object') freezeDeep(object[key]);
  }
  return Object.freeze(object);
}
constant('config', freezeDeep({ target_defaults: {}, variables: {} }));

function uptime() {
  return binding.now() / 1000;
}

function hrtime(time) {
  const now = binding.now();
  let seconds = Math.floor(now / 1000);
  let nanoseconds = Math.round((now - seconds * 1000) * 1e6);
  if (nanoseconds >= 1e9) {
    ++seconds;
    nanoseconds -= 1e9;
  }
  if (time === undefined) return [seconds, nanoseconds];
  validateArray(time, 'time');
  if (time.length !== 2) throw new codes.ERR_OUT_OF_RANGE('time', 2, time.length);
  seconds -= time[0];
  nanoseconds -= time[1];
  return nanoseconds < 0 ? [seconds - 1, nanoseconds + 1e9] : [seconds, nanoseconds];
}

hrtime.bigint = function bigint() {
  const [seconds, nanoseconds] = hrtime();
  return BigInt(`${seconds}${String(nanoseconds).padStart(9, '0')}`);
};

function isUsage(value) {
  return typeof value === 'number' && value <= Number.MAX_SAFE_INTEGER && value >= 0;
}

function cpuUsage(previous) {
  if (previous) {
    if (!isUsage(previous.user)) {
      validateObject(previous, 'prevValue');
      validateNumber(previous.user, 'prevValue.user');
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('prevValue.user', previous.user);
    }
    if (!isUsage(previous.system)) {
      validateNumber(previous.system, 'prevValue.system');
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('prevValue.system', previous.system);
    }
  }
  const [user, system] = binding.cpuUsage();
  return previous ? { user: user - previous.user, system: system - previous.system } : { user, system };
}

function memoryUsage() {
  const [rss, heapTotal, heapUsed, external, arrayBuffers] = binding.memoryUsage();
  return { rss, heapTotal, heapUsed, external, arrayBuffers };
}

memoryUsage.rss = function rss() {
  return binding.memoryUsage()[0];
};

function resourceUsage() {
  const [userCPUTime, systemCPUTime] = binding.cpuUsage();
  const zero = {};
  for (const name of ['sharedMemorySize', 'unsharedDataSize', 'unsharedStackSize', 'minorPageFault', 'majorPageFault',
                      'swappedOut', 'fsRead', 'fsWrite', 'ipcSent', 'ipcReceived', 'signalsCount',
                      'voluntaryContextSwitches', 'involuntaryContextSwitches']) zero[name] = 0;
  return Object.assign({ userCPUTime, systemCPUTime, maxRSS: Math.round(binding.memoryUsage()[0] / 1024) }, zero);
}

function reallyExit(code) {
  binding.exit(code || 0);
}

function exit(code) {
  if (arguments.length !== 0) process.exitCode = code;
  if (!exitState.exiting) {
    setExiting(true);
    emitProcessEvent(undefined, 'exit', Number(process.exitCode) || 0);
  }
  process.reallyExit(Number(process.exitCode) || 0);
}

const { abort } = {
  abort() { binding.exit(134); },
};

/** Sources maps of programs are not read: nothing to switch but the flag. */
function setSourceMapsEnabled(value) {
  validateBoolean(value, 'val');
}

function kill(pid, signal) {
  // eslint-disable-next-line eqeqeq
  if (pid != (pid | 0)) throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  const { signals } = lib.require('internal/system-constants');
  let number = signal;
  if (signal !== (signal | 0)) {
    const name = signal || 'SIGTERM';
    number = signals[name];
    if (number === undefined) throw new codes.ERR_UNKNOWN_SIGNAL(name);
  }
  if (number < 0 || number > 64) throw killError('EINVAL');
  if (binding.isIoReal) {
    if (Number(pid) !== process.pid && !binding.mayRun('kill')) throw binding.refusal('ChildProcess', 'kill');
    const failure = binding.processes.killNumber(Number(pid), number);
    if (failure) throw killError(lib.require('internal/system-constants').errors.get(failure)[0]);
    return true;
  }
  if (Number(pid) !== process.pid) unsupported('process.kill of another process');
  if (number === 0) return true;
  const name = Object.keys(signals).find((key) => signals[key] === number);
  // A process that signals itself: listeners run from the loop, otherwise the signal ends it.
  if (process.listenerCount(name) > 0) setImmediate(() => process.emit(name, name, number));
  else if (name !== 'SIGCHLD' && name !== 'SIGCONT' && name !== 'SIGURG' && name !== 'SIGWINCH') binding.exit(128 + number);
  return true;
}

function killError(code) {
  const { errors } = lib.require('internal/system-constants');
  const error = new Error(`kill ${code}`);
  error.errno = [...errors.keys()].find((errno) => errors.get(errno)[0] === code);
  return Object.assign(error, { code, syscall: 'kill' });
}

function unsupported(what) {
  throw new Error(`not supported by Loopscope: ${what}`);
}

function umask(value) {
  const mask = value === undefined ? 0 : parseFileMode(value, 'mask');
  const previous = binding.setModeMask(mask);
  if (value === undefined) binding.setModeMask(previous);
  return previous;
}

function cwd() {
  return binding.cwd();
}

function chdir(directory) {
  validateString(directory, 'directory');
  try {
    binding.chdir(directory);
  } catch (error) {
    if (error.code === undefined) throw error;
    const { errors } = lib.require('internal/system-constants');
    const [, message] = errors.get(error.errno) || [error.code, 'unknown error'];
    const { errno, code } = error;
    throw systemCallError({ errno, code, syscall: 'chdir', path: binding.cwd(), dest: directory, message });
  }
}

const identity = (name) => Object.defineProperty(() => (binding[name] === undefined ? 0 : Number(binding[name])), 'name', {
  value: `get${name}`,
});

Object.assign(process, {
  uptime,
  _getActiveRequests: () => binding.activeRequests(),
  _getActiveHandles() {
    const active = binding.handles.active();
    if (active.length === 0) return active;
    const { ownerSymbol } = lib.require('internal/handles');
    return active.map((handle) => handle[ownerSymbol] || handle);
  },
  getActiveResourcesInfo() {
    const [timers, immediates] = binding.activeTimers();
    return binding.activeRequests().map((request) => (request === undefined ? 'FSReqCallback' : request.constructor.name))
      .concat(binding.handles.activeTypes(), Array(timers).fill('Timeout'), Array(immediates).fill('Immediate'));
  },
  setSourceMapsEnabled,
  getBuiltinModule(id) {
    validateString(id, 'id');
    return builtins.isBuiltin(id) ? builtins.load(id) : undefined;
  },
  reallyExit,
  cpuUsage,
  resourceUsage,
  memoryUsage,
  constrainedMemory: () => 2 ** 64, // what a system without limits says
  availableMemory: () => lib.require('os').freemem(),
  kill,
  exit,
  hrtime,
  openStdin() {
    process.stdin.resume();
    return process.stdin;
  },
  getuid: identity('uid'),
  geteuid: identity('uid'),
  getgid: identity('gid'),
  getegid: identity('gid'),
  getgroups: () => [process.getgid()],
  allowedNodeEnvironmentFlags: new Set(),
  features: {
    inspector: false, debug: false, uv: true, ipv6: true, tls_alpn: false, tls_sni: false, tls_ocsp: false, tls: false,
    cached_builtins: true,
  },
});

let captureCallback = null;

function setUncaughtExceptionCaptureCallback(callback) {
  if (callback === null) {
    captureCallback = null;
    return;
  }
  validateFunctionOrNull(callback);
  if (captureCallback !== null) throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  captureCallback = callback;
}

function validateFunctionOrNull(callback) {
  if (typeof callback !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], callback);
}

Object.assign(process, {
  setUncaughtExceptionCaptureCallback,
  hasUncaughtExceptionCaptureCallback: () => captureCallback !== null,
  emitWarning,
});

process.nextTick = binding.nextTick;

for (const name of ['stdout', 'stdin', 'stderr']) {
  accessor(name, () => stdio.get(name), undefined);
}

for (const name of ['setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups', 'dlopen', 'binding',
                    'loadEnvFile']) {
  process[name] = Object.defineProperty(() => unsupported(`process.${name}`), 'name', { value: name });
}

Object.assign(process, { abort, umask, chdir, cwd });

process.assert = function assert(value, message) {
  const { deprecate } = lib.require('util');
  process.assert = deprecate((holds, text) => {
    if (!holds) throw new codes.ERR_ASSERTION(text || 'assertion error');
  }, 'process.assert() is deprecated. Please use the `assert` module instead.', 'DEP0100');
  process.assert(value, message);
};

// What this run may not see is not listed either; who asks for it by name is told how to allow it.
for (const name of binding.hiddenEnv) {
  Object.defineProperty(binding.env, name, {
    get() { throw binding.refusal('Environment', name); },
    set(value) { Object.defineProperty(binding.env, name, { value, writable: true, enumerable: true, configurable: true }); },
    enumerable: false,
    configurable: true,
  });
}

// Values become text, as in a real environment.
process.env = new Proxy(binding.env, {
  set(target, key, value) {
    if (typeof key === 'symbol' || typeof value === 'symbol') {
      throw new TypeError('Cannot convert a Symbol value to a string');
    }
    target[key] = `${value}`;
    return true;
  },
  defineProperty(target, key, descriptor) {
    if (descriptor.get !== undefined || descriptor.set !== undefined) {
      throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY("'process.env' does not accept an accessor(getter/setter) descriptor");
    }
    if (!descriptor.configurable || !descriptor.writable || !descriptor.enumerable) {
      throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY("'process.env' only accepts a configurable, writable, and enumerable data descriptor");
    }
    target[key] = `${descriptor.value}`;
    return true;
  },
});

process.title = 'node';
process.argv = binding.argv;
process.execArgv = [];
constant('pid', binding.pid);
constant('ppid', binding.ppid === undefined ? 1 : binding.ppid);
process.execPath = binding.execPath || binding.argv[0];
process.debugPort = 9229;
process.argv0 = binding.argv0 || 'node';
process.report = undefined;

/** Past process.stderr, for when nothing else can be relied on. */
process._rawDebug = function _rawDebug(...args) {
  stdio.writeRaw('stderr', `${lib.require('util').format(...args)}\n`);
};

if (binding.env.NODE_NO_WARNINGS !== '1') process.on('warning', onWarning);

/**
 * Hands an error that nobody caught to the program. Returns whether the program dealt with it; otherwise
 * the caller prints it and ends the process with code 1. `origin` is 'uncaughtException' or 'unhandledRejection'; `cause` as of process events.
 */
function handleUncaught(error, origin, cause) {
  emitProcessEvent(cause, 'uncaughtExceptionMonitor', error, origin);
  if (captureCallback !== null) {
    binding.asProcessEvent('uncaughtException', captureCallback, cause, () => captureCallback(error));
    return true;
  }
  return emitProcessEvent(cause, 'uncaughtException', error, origin);
}

/** Emits 'exit' once and returns the exit code that listeners left behind. */
function emitExit(code) {
  if (!exitState.exiting) {
    setExiting(true);
    if (process.exitCode === undefined || process.exitCode === null) {
      emitProcessEvent(undefined, 'exit', code || 0);
      return exitState.code === undefined || exitState.code === null ? code || 0 : Number(exitState.code);
    }
    emitProcessEvent(undefined, 'exit', Number(process.exitCode));
  }
  return Number(exitState.code) || 0;
}

Object.defineProperty(process, Symbol.for('loopscope.process'), { value: { handleUncaught, emitExit } });

module.exports = process;
