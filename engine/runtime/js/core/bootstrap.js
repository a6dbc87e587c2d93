// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The first JavaScript of a run: builds Node's global scope around V4 and gives C++ the functions it calls. Nothing large is evaluated here.

const binding = require('./binding');
const lib = require('./lib');

// In Node's order, which Object.keys(globalThis) shows.
const timerNames = ['clearImmediate', 'setImmediate', 'clearInterval', 'clearTimeout', 'setInterval', 'setTimeout'];

// Globals that live in the library: made when first read.
const lazyGlobals = ['AbortController', 'AbortSignal', 'Blob', 'BroadcastChannel', 'Buffer', 'ByteLengthQueuingStrategy', 'CompressionStream',
  'CountQueuingStrategy', 'Crypto', 'CryptoKey', 'CustomEvent', 'DOMException', 'DecompressionStream', 'Event', 'EventTarget', 'File',
  'FormData', 'Headers', 'MessageChannel', 'MessageEvent', 'MessagePort', 'Performance', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure',
  'PerformanceObserver', 'PerformanceObserverEntryList', 'PerformanceResourceTiming', 'ReadableByteStreamController',
  'ReadableStream', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest', 'ReadableStreamDefaultController', 'ReadableStreamDefaultReader', 'Request', 'Response', 'SubtleCrypto',
  'TextDecoder', 'TextDecoderStream', 'TextEncoder', 'TextEncoderStream', 'TransformStream', 'TransformStreamDefaultController', 'URL', 'URLSearchParams',
  'WebAssembly', 'WritableStream', 'WritableStreamDefaultController', 'WritableStreamDefaultWriter'];
const lazyEnumerableGlobals = ['structuredClone', 'atob', 'btoa', 'performance', 'fetch', 'crypto'];

function defineHidden(target, name, value) {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

function defineLazy(global, name, enumerable) {
  Object.defineProperty(global, name, {
    configurable: true,
    enumerable,
    get() {
      const { globals } = library();
      if (!(name in globals)) return undefined;
      const value = globals[name]();
      Object.defineProperty(global, name, { value, writable: true, configurable: true, enumerable });
      return value;
    },
    set(value) {
      Object.defineProperty(global, name, { value, writable: true, configurable: true, enumerable });
    },
  });
}

// Modules of this bundle that the library uses, by file name: it has no copies of its own.
const coreModules = {
  binding: () => binding,
  console: () => require('./console'),
  errors: () => require('./errors'),
  events: () => require('./events'),
  lib: () => lib,
  lowering: () => require('./lowering'),
  modules: () => require('./modules'),
  process: () => require('./process'),
  'process-events': () => require('./process-events'),
  stdio: () => require('./stdio'),
  timers: () => require('./timers'),
  'type-of': () => require('./type-of'),
  validators: () => require('./validators'),
  warnings: () => require('./warnings'),
};

function requireCore(path) {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.js$/, '');
  if (coreModules[name] === undefined) throw new Error(`The runtime's library asks for ${path}, which is no module of its core`);
  return coreModules[name]();
}

let loadedLibrary;

function library() {
  if (loadedLibrary === undefined) {
    const module = { exports: {} };
    binding.loadLibrary('lib')(module, requireCore);
    loadedLibrary = module.exports;
  }
  return loadedLibrary;
}

const coreBuiltins = {
  console: coreModules.console,
  events: coreModules.events,
  process: coreModules.process,
  timers: () => require('./timers').timers,
};

/** Exports of a core module by its name without `node:`; undefined if there is none. */
function requireBuiltin(name) {
  if (Object.prototype.hasOwnProperty.call(coreBuiltins, name)) return coreBuiltins[name]();
  return library().require(name);
}

function makeArguments() {
  const { execPath, mainFile } = binding;
  return mainFile === '[eval]' ? [execPath, ...binding.arguments] : [execPath, mainFile, ...binding.arguments];
}

function defineGlobals(global) {
  Object.defineProperty(global, 'global', { value: global, writable: true, configurable: true, enumerable: true });
  const { timers } = require('./timers');
  for (const name of timerNames) Object.defineProperty(global, name, { value: timers[name], writable: true, configurable: true, enumerable: true });
  Object.defineProperty(global, 'queueMicrotask', { value: binding.queueMicrotask, writable: true, configurable: true, enumerable: true });
  for (const name of lazyGlobals) defineLazy(global, name, false);
  for (const name of lazyEnumerableGlobals) defineLazy(global, name, true);
  Object.defineProperty(global, Symbol.toStringTag, { value: 'global', configurable: true });
  binding.collectGarbage = global.gc;
  // V4's own, which Node does not have.
  for (const name of ['print', 'gc', 'Qt', 'qsTr', 'qsTranslate', 'console']) delete global[name];
}

/** Math.random from the run's seed (xorshift128+ as V8 uses, seeded by splitmix-like mixing), so that the same seed draws the same numbers. */
function seedRandom() {
  let a = (binding.seed * 2654435761 + 0x9e3779b9) >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  Math.random = { random() { return (next() * 2097152 + (next() >>> 11)) / 9007199254740992; } }.random;
  // Gives the state; with an argument, puts it back.
  binding.setHook('randomState', (state) => {
    if (state !== undefined) a = state;
    return a;
  });
}

/** A script that forked this process sends and takes messages. */
function connectToParent(env) {
  const { NODE_CHANNEL_FD: fd, NODE_CHANNEL_SERIALIZATION_MODE: serialization } = env;
  delete env.NODE_CHANNEL_FD;
  delete env.NODE_CHANNEL_SERIALIZATION_MODE;
  lib.require('child_process')._forkChild(Number(fd), serialization);
  if (env.NODE_UNIQUE_ID !== undefined) lib.require('internal/cluster-start').setupWorker();
}

function bootstrap(natives) {
  binding.adopt(natives);
  const global = Function('return this')();
  require('./promise').install(global);
  const polyfills = require('../polyfills/install').install(global, binding, library);
  require('./async-functions').install();
  binding.translate = polyfills.translateError;
  binding.argv = makeArguments();
  binding.argv0 = 'node';
  lib.setLoader((name) => requireBuiltin(name));
  const process = require('./process');
  Object.defineProperty(global, 'process', { value: process, writable: true, configurable: true, enumerable: false });
  defineGlobals(global);
  defineHidden(global, 'console', require('./console'));
  if (binding.isVirtualClock) seedRandom();

  if (binding.isIoReal && !binding.loops.isWorker) {
    // Loaded when a program first listens for anything that could be a signal.
    process.on('newListener', function first(name) {
      if (!String(name).startsWith('SIG')) return;
      process.removeListener('newListener', first);
      lib.require('internal/signals').watch(name);
    });
  }
  const uncaught = require('./uncaught');
  const { emitProcessEvent } = require('./process-events');
  const modules = require('./modules');
  const loader = modules.install({ global, requireBuiltin, lowering: require('./lowering') });
  binding.setHook('translateError', polyfills.translateError);
  binding.setHook('uncaughtException', uncaught.onUncaught);
  binding.setHook('fatalException', uncaught.onFailedHandler);
  binding.setHook('trackRejection', uncaught.trackRejection);
  binding.setHook('processRejections', uncaught.processRejections);
  binding.setHook('runMain', () => {
    if (binding.server !== undefined) library().require('internal/server-hook').install();
    if (binding.loops.port) {
      library().require(binding.loops.isWorker ? 'internal/worker-thread' : 'internal/child-start').start(loader);
      return;
    }
    if (binding.isIoReal && process.env.NODE_CHANNEL_FD !== undefined) connectToParent(process.env);
    if (binding.execArgv.length > 0 || binding.env.NODE_OPTIONS !== undefined) library().require('internal/node-options').applyOptions(binding.execArgv, loader.preload);
    loader.runMain();
  });
  binding.setHook('makeFunction', loader.makeFunction);
  binding.setHook('evalScope', loader.evalScope);
  binding.installEval();
  binding.setHook('beforeExit', () => { emitProcessEvent(undefined, 'beforeExit', process.exitCode || 0); });
  binding.setHook('exit', () => process[Symbol.for('loopscope.process')].emitExit(0));
}

module.exports = bootstrap;
