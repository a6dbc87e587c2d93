// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// WeakRef and FinalizationRegistry. With binding.makeWeakReference the reference is weak; without it the object stays alive, which
// ECMAScript allows. Registries never call back: V4 tells nobody what it collected, and ECMAScript promises no call either.

const { defineMethods, defineHidden } = require('./define');
const { describe, getIterator, isObject } = require('./operations');

function canBeHeldWeakly(value) {
  if (typeof value === 'symbol') return Symbol.keyFor(value) === undefined;
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function finishClass(Class) {
  const { prototype, name } = Class;
  Object.defineProperty(Class, 'prototype', { writable: false, enumerable: false, configurable: false });
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
}

/** WeakMap or WeakSet with a constructor that tells the collector of what it makes, before there are keys in it. */
function replaceConstructor(global, name, binding, addTo) {
  const Native = global[name];
  const { prototype } = Native;
  const constructor = {
    [name]: function(iterable) { // eslint-disable-line func-names -- the computed key names it
      if (new.target === undefined) throw new TypeError(`Constructor ${name} requires 'new'`);
      const collection = Reflect.construct(Native, [], new.target);
      binding.registerWeak(collection);
      if (iterable !== undefined && iterable !== null) addTo(collection, getIterator(iterable));
      return collection;
    },
  }[name];
  Object.defineProperty(constructor, 'length', { value: 0, configurable: true });
  Object.defineProperty(constructor, 'prototype', { value: prototype, writable: false });
  defineHidden(prototype, 'constructor', constructor);
  defineHidden(global, name, constructor);
}

function addAll(iterator, add) {
  const { next } = iterator;
  for (let step = next.call(iterator); !step.done; step = next.call(iterator)) {
    try {
      add(step.value);
    } catch (error) {
      if (typeof iterator.return === 'function') iterator.return();
      throw error;
    }
  }
}

function requireAdder(adder, name, collection) {
  if (typeof adder === 'function') return adder;
  throw new TypeError(`'${describe(adder)}' returned for property '${name}' of object '${describe(collection)}' is not a function`);
}

/** To be called before any other module makes a weak collection. */
function installWeakCollections(global, binding) {
  if (binding.registerWeak === undefined) return;
  replaceConstructor(global, 'WeakMap', binding, (map, iterator) => {
    const set = requireAdder(map.set, 'set', map);
    addAll(iterator, (entry) => {
      if (!isObject(entry)) throw new TypeError(`Iterator value ${String(entry)} is not an entry object`);
      set.call(map, entry[0], entry[1]);
    });
  });
  replaceConstructor(global, 'WeakSet', binding, (set, iterator) => {
    const add = requireAdder(set.add, 'add', set);
    addAll(iterator, (value) => add.call(set, value));
  });
}

function installWeak(global, binding) {
  const targets = new WeakMap();
  class WeakRef {
    constructor(target) {
      if (!canBeHeldWeakly(target)) throw new TypeError('WeakRef: target must be an object');
      const isWeak = binding.makeWeakReference !== undefined && typeof target !== 'symbol';
      targets.set(this, isWeak ? { reference: binding.makeWeakReference(target) } : { target });
    }
  }
  defineMethods(WeakRef.prototype, {
    deref() {
      const held = targets.get(this);
      if (held === undefined) {
        throw new TypeError(`Method WeakRef.prototype.deref called on incompatible receiver ${describe(this)}`);
      }
      return held.reference === undefined ? held.target : binding.derefWeakReference(held.reference);
    },
  });
  finishClass(WeakRef);

  const tokens = new WeakMap();
  class FinalizationRegistry {
    constructor(cleanupCallback) {
      if (typeof cleanupCallback !== 'function') throw new TypeError('FinalizationRegistry: cleanup must be callable');
      tokens.set(this, new WeakMap());
    }
  }
  const tokensOf = (registry, method) => {
    const known = tokens.get(registry);
    if (known !== undefined) return known;
    throw new TypeError(`Method FinalizationRegistry.prototype.${method} called on incompatible receiver ${describe(registry)}`);
  };
  defineMethods(FinalizationRegistry.prototype, {
    register(target, heldValue /* , unregisterToken */) {
      const known = tokensOf(this, 'register');
      const token = arguments[2];
      if (!canBeHeldWeakly(target)) throw new TypeError('FinalizationRegistry.prototype.register: invalid target');
      if (target === heldValue) {
        throw new TypeError('FinalizationRegistry.prototype.register: target and holdings must not be same');
      }
      if (canBeHeldWeakly(token)) {
        if (typeof token !== 'symbol') known.set(token, true);
      } else if (token !== undefined) throw new TypeError(`Invalid unregisterToken ('${describe(token)}')`);
    },
    unregister(unregisterToken) {
      const known = tokensOf(this, 'unregister');
      if (!canBeHeldWeakly(unregisterToken)) throw new TypeError(`Invalid unregisterToken ('${describe(unregisterToken)}')`);
      return typeof unregisterToken === 'symbol' ? false : known.delete(unregisterToken);
    },
  });
  finishClass(FinalizationRegistry);
  defineHidden(global, 'WeakRef', WeakRef);
  defineHidden(global, 'FinalizationRegistry', FinalizationRegistry);
}

module.exports = { installWeak, installWeakCollections };
