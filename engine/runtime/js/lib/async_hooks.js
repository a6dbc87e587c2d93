// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// async_hooks. The engine carries one value, the async context, from where a task is made to where it runs
// (then, await, nextTick, timers, I/O). That value is a frame: an immutable map from storages to their stores.

const binding = require('../core/binding');
const { codes } = require('../core/errors');
const { validateFunction, validateString } = require('../core/validators');
const { asyncIdSymbol, countStorages, createHook, emit, enterScope, hasHooks, isListenedTo, triggerIdSymbol } = require('./internal/async-hooks');
const { deprecate } = require('./internal/promisify');

const contextOf = Symbol('kContext');
const { executionAsyncId, triggerAsyncId } = {
  executionAsyncId() {
    return binding.executionAsyncId();
  },
  triggerAsyncId() {
    return binding.triggerAsyncId();
  },
};

const topResource = {};

function executionAsyncResource() {
  const resource = binding.asyncResource();
  return resource === undefined ? topResource : resource;
}

// Objects for ticks and queued microtasks, made when somebody looks. Called by C++.
binding.setHook('makeAsyncResource', (isTick, id, trigger, callback, args) => {
  const resource = isTick ? { callback, args } : Object.assign(Object.create(AsyncResource.prototype), { callback });
  resource[asyncIdSymbol] = id;
  resource[triggerIdSymbol] = trigger;
  return resource;
});

class AsyncResource {
  constructor(type, options = {}) {
    validateString(type, 'type');
    const given = typeof options === 'number' ? options : options.triggerAsyncId;
    const trigger = given === undefined ? binding.executionAsyncId() : given;
    if (!Number.isSafeInteger(trigger) || trigger < -1) throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', trigger);
    const id = binding.newAsyncId();
    this[asyncIdSymbol] = id;
    this[triggerIdSymbol] = trigger;
    Object.defineProperty(this, contextOf, { value: binding.getAsyncContext(), writable: true });
    if (!isListenedTo('init')) return;
    if (hasHooks() && type.length === 0) throw new codes.ERR_ASYNC_TYPE(type);
    emit('init', id, type, trigger, this);
  }

  runInAsyncScope(callback, thisArgument, ...args) {
    const id = this[asyncIdSymbol];
    const previous = binding.getAsyncContext();
    const leave = enterScope(id, this[triggerIdSymbol], this);
    binding.setAsyncContext(this[contextOf]);
    emit('before', id);
    try {
      return callback.apply(thisArgument, args);
    } finally {
      emit('after', id);
      leave();
      binding.setAsyncContext(previous);
    }
  }

  emitDestroy() {
    binding.queueDestroy(this[asyncIdSymbol]);
    return this;
  }

  asyncId() {
    return this[asyncIdSymbol];
  }

  triggerAsyncId() {
    return this[triggerIdSymbol];
  }

  bind(callback, thisArgument) {
    validateFunction(callback, 'fn');
    const resource = this;
    const bound = thisArgument === undefined ?
      function(...args) { return resource.runInAsyncScope(callback, this, ...args); } :
      this.runInAsyncScope.bind(this, callback, thisArgument);
    let shown = this;
    const words = 'The asyncResource property on bound functions is deprecated';
    Object.defineProperties(bound, {
      length: { value: callback.length, writable: false, enumerable: false, configurable: true },
      asyncResource: {
        get: deprecate(() => shown, words, 'DEP0172'),
        set: deprecate((value) => { shown = value; }, words, 'DEP0172'),
        enumerable: true,
        configurable: true,
      },
    });
    return bound;
  }

  static bind(callback, type, thisArgument) {
    return makeResource(type || callback.name || 'bound-anonymous-fn').bind(callback, thisArgument);
  }
}

// Outside of the class: the bundler renames a class that names itself.
const makeResource = (type) => new AsyncResource(type);

function withStore(frame, storage, store) {
  const copy = new Map(frame);
  copy.set(storage, store);
  if (frame !== undefined && frame.request !== undefined) copy.request = frame.request; // see internal/server-hook.js
  return copy;
}

class AsyncLocalStorage {
  constructor() {
    this.kResourceStore = Symbol('kResourceStore');
    this.enabled = false;
  }

  static bind(callback) {
    return AsyncResource.bind(callback);
  }

  static snapshot() {
    return AsyncResource.bind((callback, ...args) => callback(...args));
  }

  disable() {
    if (!this.enabled) return;
    this.enabled = false;
    countStorages(-1);
  }

  _enable() {
    if (this.enabled) return;
    this.enabled = true;
    countStorages(+1);
  }

  enterWith(store) {
    this._enable();
    binding.setAsyncContext(withStore(binding.getAsyncContext(), this, store));
  }

  run(store, callback, ...args) {
    if (Object.is(store, this.getStore())) return callback(...args);
    this._enable();
    const previous = binding.getAsyncContext();
    binding.setAsyncContext(withStore(previous, this, store));
    try {
      return callback(...args);
    } finally {
      binding.setAsyncContext(previous);
    }
  }

  exit(callback, ...args) {
    if (!this.enabled) return callback(...args);
    return this.run(undefined, callback, ...args);
  }

  getStore() {
    if (!this.enabled) return undefined;
    const frame = binding.getAsyncContext();
    return frame === undefined ? undefined : frame.get(this);
  }
}

// What Node 20 calls what it makes async ids for, by number.
const providers = ['NONE', 'DIRHANDLE', 'DNSCHANNEL', 'ELDHISTOGRAM', 'FILEHANDLE', 'FILEHANDLECLOSEREQ', 'BLOBREADER', 'FSEVENTWRAP', 'FSREQCALLBACK',
  'FSREQPROMISE', 'GETADDRINFOREQWRAP', 'GETNAMEINFOREQWRAP', 'HEAPSNAPSHOT', 'HTTP2SESSION', 'HTTP2STREAM', 'HTTP2PING', 'HTTP2SETTINGS',
  'HTTPINCOMINGMESSAGE', 'HTTPCLIENTREQUEST', 'JSSTREAM', 'JSUDPWRAP', 'MESSAGEPORT', 'PIPECONNECTWRAP', 'PIPESERVERWRAP', 'PIPEWRAP', 'PROCESSWRAP',
  'PROMISE', 'QUERYWRAP', 'QUIC_LOGSTREAM', 'QUIC_PACKET', 'SHUTDOWNWRAP', 'SIGNALWRAP', 'STATWATCHER', 'STREAMPIPE', 'TCPCONNECTWRAP', 'TCPSERVERWRAP',
  'TCPWRAP', 'TTYWRAP', 'UDPSENDWRAP', 'UDPWRAP', 'SIGINTWATCHDOG', 'WORKER', 'WORKERHEAPSNAPSHOT', 'WRITEWRAP', 'ZLIB', 'CHECKPRIMEREQUEST',
  'PBKDF2REQUEST', 'KEYPAIRGENREQUEST', 'KEYGENREQUEST', 'KEYEXPORTREQUEST', 'CIPHERREQUEST', 'DERIVEBITSREQUEST', 'HASHREQUEST', 'RANDOMBYTESREQUEST',
  'RANDOMPRIMEREQUEST', 'SCRYPTREQUEST', 'SIGNREQUEST', 'TLSWRAP', 'VERIFYREQUEST'];

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  asyncWrapProviders: Object.freeze(Object.assign(Object.create(null), Object.fromEntries(providers.map((name, number) => [name, number])))),
  AsyncResource,
};
