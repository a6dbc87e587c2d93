// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// createHook and the calls of hooks. The engine numbers operations and tells what happens to them (AsyncHooks.cpp); while no enabled hook
// asks for a kind of event, it is not told.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');

const kinds = ['init', 'before', 'after', 'destroy', 'promiseResolve'];
const symbols = {};
for (const kind of kinds) symbols[kind] = Symbol(kind);
const asyncIdSymbol = Symbol('async_id_symbol');
const triggerIdSymbol = Symbol('trigger_async_id_symbol');

// Hooks that are enabled or disabled while hooks are called count when these are through, with all that they bring about.
let active = [];
let wanted = active;
let depth = 0;
let storagesInUse = 0;

/** A hook that throws ends the process, and nobody can catch that. */
function fatal(error) {
  const isError = typeof error === 'object' && error !== null && typeof error.stack === 'string';
  const { stack } = isError ? error : new Error(String(error));
  process._rawDebug(stack);
  process.exit(1);
}

function emitter(kind) {
  const symbol = symbols[kind];
  return (...args) => {
    ++depth;
    try {
      for (const hook of active) {
        if (typeof hook[symbol] === 'function') hook[symbol](...args);
      }
    } catch (error) {
      fatal(error);
    }
    --depth;
    if (depth === 0 && wanted !== active) update();
  };
}

const emitters = {};
for (const kind of kinds) emitters[kind] = emitter(kind);
const listenedTo = Object.create(null);

function change(hooks) {
  wanted = hooks;
  if (depth === 0) update();
}

function update() {
  active = wanted;
  for (const kind of kinds) listenedTo[kind] = active.some((hook) => typeof hook[symbols[kind]] === 'function');
  binding.setAsyncHooks(...kinds.map((kind) => (listenedTo[kind] ? emitters[kind] : undefined)));
  updateTracking();
}

function updateTracking() {
  binding.trackPromises(active.length > 0 || storagesInUse > 0);
}

/** An AsyncLocalStorage began (+1) or ended (-1) to carry a store: promises have async ids meanwhile. */
function countStorages(change) {
  storagesInUse += change;
  updateTracking();
}

/** Tells the hooks of an event that JavaScript brings about. */
function emit(kind, ...args) {
  if (listenedTo[kind]) emitters[kind](...args);
}

/** Calls callback(...args); what it starts has the operation `id` as its trigger. */
function withTrigger(id, callback, ...args) {
  const before = binding.setDefaultTrigger(id > 0 ? id : 0);
  try {
    return callback(...args);
  } finally {
    binding.setDefaultTrigger(before);
  }
}

class AsyncHook {
  constructor(callbacks) {
    for (const kind of kinds) this[symbols[kind]] = callbacks[kind];
  }

  enable() {
    if (!wanted.includes(this)) change(wanted.concat(this));
    return this;
  }

  disable() {
    if (wanted.includes(this)) change(wanted.filter((hook) => hook !== this));
    return this;
  }
}

function createHook({ init, before, after, destroy, promiseResolve }) {
  require('../async_hooks'); // which makes what stands for ticks
  const callbacks = { init, before, after, destroy, promiseResolve };
  for (const kind of kinds) {
    if (callbacks[kind] !== undefined && typeof callbacks[kind] !== 'function') throw new codes.ERR_ASYNC_CALLBACK(`hook.${kind}`);
  }
  return new AsyncHook(callbacks);
}

/** An operation begins inside another one: gives what goes back to that one. */
function enterScope(id, trigger, resource) {
  const previous = [binding.executionAsyncId(), binding.triggerAsyncId(), binding.asyncResource()];
  binding.enterAsyncScope(id, trigger, resource);
  return () => binding.enterAsyncScope(...previous);
}

module.exports = {
  asyncIdSymbol,
  countStorages,
  createHook,
  emit,
  enterScope,
  isListenedTo: (kind) => listenedTo[kind] === true,
  hasHooks: () => active.length > 0,
  triggerIdSymbol,
  withTrigger,
};
