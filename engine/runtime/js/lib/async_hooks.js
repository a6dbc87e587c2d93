// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// async_hooks. The engine carries one value, the async context, from where a task is made to where it runs
// (then, await, nextTick, timers, I/O). That value is a frame: an immutable map from storages to their stores.

const binding = require('../core/binding');
const { codes } = require('../core/errors');
const { validateFunction, validateString } = require('../core/validators');

const asyncIdOf = Symbol('asyncId');
const triggerIdOf = Symbol('triggerAsyncId');
const contextOf = Symbol('kContext');

const hooks = new Set();
// Ids count from the engine's when it has any; 1 is the script itself.
let lastId = 1;
const scopes = [];

function newAsyncId() {
  return binding.newAsyncId === undefined ? ++lastId : binding.newAsyncId();
}

function executionAsyncId() {
  if (scopes.length > 0) return scopes[scopes.length - 1].id;
  return binding.executionAsyncId === undefined ? 1 : binding.executionAsyncId();
}

function triggerAsyncId() {
  if (scopes.length > 0) return scopes[scopes.length - 1].trigger;
  return binding.triggerAsyncId === undefined ? 0 : binding.triggerAsyncId();
}

const topResource = {};

function executionAsyncResource() {
  if (scopes.length > 0) return scopes[scopes.length - 1].resource;
  return binding.executionAsyncResource === undefined ? topResource : binding.executionAsyncResource();
}

function emit(name, ...args) {
  for (const hook of Array.from(hooks)) {
    if (hook[name] !== undefined) hook[name](...args);
  }
}

class AsyncHook {
  constructor(callbacks) {
    this.callbacks = callbacks;
  }

  enable() {
    hooks.add(this.callbacks);
    update();
    return this;
  }

  disable() {
    hooks.delete(this.callbacks);
    update();
    return this;
  }
}

function update() {
  if (binding.setAsyncHooks !== undefined) binding.setAsyncHooks(hooks.size > 0 ? emit : undefined);
}

function createHook(callbacks) {
  for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
    if (callbacks[name] !== undefined && typeof callbacks[name] !== 'function') {
      throw new codes.ERR_ASYNC_CALLBACK(`hook.${name}`);
    }
  }
  const { init, before, after, destroy, promiseResolve } = callbacks;
  return new AsyncHook({ init, before, after, destroy, promiseResolve });
}

class AsyncResource {
  constructor(type, options = {}) {
    validateString(type, 'type');
    const given = typeof options === 'number' ? options : options.triggerAsyncId;
    const trigger = given === undefined ? executionAsyncId() : given;
    if (!Number.isSafeInteger(trigger) || trigger < -1) {
      throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', trigger);
    }
    if (hooks.size > 0 && type.length === 0) throw new codes.ERR_ASYNC_TYPE(type);
    const hidden = (name, value) => Object.defineProperty(this, name, { value, writable: true });
    hidden(asyncIdOf, newAsyncId());
    hidden(triggerIdOf, trigger);
    hidden(contextOf, binding.getAsyncContext());
    emit('init', this[asyncIdOf], type, trigger, this);
  }

  runInAsyncScope(callback, thisArgument, ...args) {
    const id = this[asyncIdOf];
    const previous = binding.getAsyncContext();
    scopes.push({ id, trigger: this[triggerIdOf], resource: this });
    binding.setAsyncContext(this[contextOf]);
    emit('before', id);
    try {
      return callback.apply(thisArgument, args);
    } finally {
      emit('after', id);
      scopes.pop();
      binding.setAsyncContext(previous);
    }
  }

  emitDestroy() {
    emit('destroy', this[asyncIdOf]);
    return this;
  }

  asyncId() {
    return this[asyncIdOf];
  }

  triggerAsyncId() {
    return this[triggerIdOf];
  }

  bind(callback, thisArgument) {
    validateFunction(callback, 'fn');
    const resource = this;
    const bound = function(...args) {
      return resource.runInAsyncScope(callback, thisArgument === undefined ? this : thisArgument, ...args);
    };
    Object.defineProperty(bound, 'length', { value: callback.length, configurable: true });
    Object.defineProperty(bound, 'asyncResource', { value: resource, configurable: true, enumerable: true, writable: true });
    return bound;
  }

  static bind(callback, type, thisArgument) {
    return new AsyncResource(type || callback.name || 'bound-anonymous-fn').bind(callback, thisArgument);
  }
}

function withStore(frame, storage, store) {
  const copy = new Map(frame);
  copy.set(storage, store);
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
    return AsyncLocalStorage.bind((callback, ...args) => callback(...args));
  }

  disable() {
    this.enabled = false;
  }

  enterWith(store) {
    this.enabled = true;
    binding.setAsyncContext(withStore(binding.getAsyncContext(), this, store));
  }

  run(store, callback, ...args) {
    if (Object.is(store, this.getStore())) return callback(...args);
    this.enabled = true;
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

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  asyncWrapProviders: Object.freeze(Object.create(null)),
  AsyncResource,
};
