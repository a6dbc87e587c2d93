// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// WeakRef and FinalizationRegistry. With binding.makeWeakReference the reference is weak; without it the object stays alive, which
// ECMAScript allows. Registries never call back: V4 tells nobody what it collected, and ECMAScript promises no call either.

const { defineMethods, defineHidden } = require('./define');
const { describe } = require('./operations');

function canBeHeldWeakly(value) {
  if (typeof value === 'symbol') return Symbol.keyFor(value) === undefined;
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function tag(prototype, name) {
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
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
  tag(WeakRef.prototype, 'WeakRef');

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
  tag(FinalizationRegistry.prototype, 'FinalizationRegistry');
  defineHidden(global, 'WeakRef', WeakRef);
  defineHidden(global, 'FinalizationRegistry', FinalizationRegistry);
}

module.exports = { installWeak };
