// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Object, Reflect, Symbol and Function: what V4 lacks or answers otherwise than V8.

const { defineHidden, defineMethods } = require('./define');
const { toObject, isObject, getIterator, describe } = require('./operations');

const objectMethods = {
  fromEntries(iterable) {
    if (iterable === null || iterable === undefined) throw new TypeError(`${iterable} is not iterable`);
    const result = {};
    const iterator = getIterator(iterable);
    const { next } = iterator;
    for (;;) {
      const step = next.call(iterator);
      if (!isObject(step)) throw new TypeError(`Iterator result ${String(step)} is not an object`);
      if (step.done) return result;
      try {
        const entry = step.value;
        if (!isObject(entry)) throw new TypeError(`Iterator value ${describe(entry)} is not an entry object`);
        Object.defineProperty(result, entry[0], { value: entry[1], writable: true, enumerable: true, configurable: true });
      } catch (error) {
        closeQuietly(iterator);
        throw error;
      }
    }
  },
  hasOwn(object, key) {
    return Object.prototype.hasOwnProperty.call(toObject(object), key);
  },
};

function closeQuietly(iterator) {
  try {
    const close = iterator.return;
    if (typeof close === 'function') close.call(iterator);
  } catch (ignored) {
    // The error that ends the loop goes first.
  }
}

function findAccessor(object, key, kind) {
  for (let holder = object; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) return descriptor[kind];
  }
  return undefined;
}

const prototypeMethods = {
  __lookupGetter__(key) {
    return findAccessor(toObject(this), key, 'get');
  },
  __lookupSetter__(key) {
    return findAccessor(toObject(this), key, 'set');
  },
};

function installObjectToString(prototype) {
  const nativeToString = prototype.toString;
  defineMethods(prototype, {
    toString() {
      const text = nativeToString.call(this);
      if (text !== '[object ProxyObject]') return text;
      // A proxy without a tag of its own shows as what it stands for.
      const tag = this[Symbol.toStringTag];
      if (typeof tag === 'string') return `[object ${tag}]`;
      if (Array.isArray(this)) return '[object Array]';
      return typeof this === 'function' ? '[object Function]' : '[object Object]';
    },
  }, true);
}

/** The property __proto__: V4's throws for values that are no prototype, which a key of somebody's data may bring. */
function installProto(Object) {
  const { get } = Object.getOwnPropertyDescriptor(Object.prototype, '__proto__');
  const set = function(prototype) {
    if (this === undefined || this === null) throw new TypeError('set Object.prototype.__proto__ called on null or undefined');
    if (!isObject(this) || (prototype !== null && !isObject(prototype)) || Reflect.setPrototypeOf(this, prototype)) return;
    throw new TypeError(Object.isExtensible(this) ? 'Cyclic __proto__ value' : `${describe(this)} is not extensible`);
  };
  Object.defineProperty(Object.prototype, '__proto__', { get, set, enumerable: false, configurable: true });
  Object.defineProperty(set, 'name', { value: 'set __proto__', configurable: true });
}

/** Object.create: V4's forgets the descriptors under symbols. */
function installCreate(Object) {
  const { create, defineProperties } = Object;
  defineMethods(Object, {
    create(prototype, descriptors) {
      if (prototype !== null && !isObject(prototype)) throw new TypeError(`Object prototype may only be an Object or null: ${String(prototype)}`);
      const object = create(prototype);
      return descriptors === undefined ? object : defineProperties(object, descriptors);
    },
  }, true);
}

function installSymbols(Symbol) {
  for (const name of ['asyncIterator', 'matchAll']) {
    if (Symbol[name] === undefined) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
  }
  // Node's own additions to Node 20.
  Object.defineProperty(Symbol, 'dispose', { value: Symbol('nodejs.dispose') });
  Object.defineProperty(Symbol, 'asyncDispose', { value: Symbol('nodejs.asyncDispose') });
  const valueOf = Symbol.prototype.valueOf;
  defineMethods(Symbol.prototype, {
    get description() {
      const text = String(valueOf.call(this));
      // To V4 Symbol('') and Symbol() look alike; the second is the likelier.
      return text === 'Symbol()' ? undefined : text.slice(7, -1);
    },
  });
}

function installReflect(Reflect) {
  if (Reflect[Symbol.toStringTag] === undefined) {
    Object.defineProperty(Reflect, Symbol.toStringTag, { value: 'Reflect', configurable: true });
  }
}

/** The text of a class, found through its constructor or any method of its own. One that has neither is as good as empty. */
function classText(constructor, binding) {
  const ownText = binding.classSource(constructor, constructor);
  if (ownText !== undefined) return ownText;
  for (const holder of [constructor.prototype, constructor]) {
    for (const key of Reflect.ownKeys(holder)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(holder, key);
      const text = binding.classSource(value || get || set, holder);
      if (text !== undefined) return text;
    }
  }
  const parent = Object.getPrototypeOf(constructor);
  return `class ${constructor.name}${parent === Function.prototype ? '' : ` extends ${parent.name}`} {}`;
}

function installFunctions(global, binding) {
  const prototype = global.Function.prototype;
  // Qt's signal connection has no place in Node.
  delete prototype.connect;
  delete prototype.disconnect;
  const nativeBind = prototype.bind;
  const nativeToString = prototype.toString;
  defineMethods(prototype, {
    bind(thisArgument) {
      if (typeof this !== 'function') throw new TypeError('Bind must be called on a function');
      const bound = nativeBind.apply(this, arguments);
      const { name } = this;
      Object.defineProperty(bound, 'name', { value: `bound ${typeof name === 'string' ? name : ''}`, configurable: true });
      return bound;
    },
    toString() {
      if (typeof this !== 'function') throw new TypeError("Function.prototype.toString requires that 'this' be a Function");
      if (binding.functionKind(this) === 'class') return classText(this, binding);
      const source = binding.functionSource(this);
      return source === undefined ? nativeToString.call(this).replace(/^function\(/, 'function (') : source;
    },
  }, true);
}

function installObjects(global, binding) {
  if (!('globalThis' in global)) defineHidden(global, 'globalThis', global);
  defineMethods(global.Object, objectMethods);
  installCreate(global.Object);
  installProto(global.Object);
  defineMethods(global.Object.prototype, prototypeMethods);
  installObjectToString(global.Object.prototype);
  installSymbols(global.Symbol);
  installReflect(global.Reflect);
  installFunctions(global, binding);
}

module.exports = { installObjects };
