// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Contexts of node:vm. The engine has one global object; a context's scripts are compiled so that every name they do not declare in a
// function is looked up in a proxy of ours, over the sandbox. docs/decisions/vm-contexts.md tells what follows from that.

const binding = require('../../core/binding');

const { vm } = binding;
const realGlobal = globalThis;
const contexts = new WeakMap(); // by sandbox

const builtinNames = ['Object', 'Array', 'Number', 'parseFloat', 'parseInt', 'Boolean', 'String', 'Symbol', 'Date', 'Promise', 'RegExp', 'Error', 'AggregateError',
  'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'JSON', 'Math', 'Intl', 'ArrayBuffer', 'Atomics', 'Uint8Array',
  'Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array', 'Uint8ClampedArray', 'BigUint64Array', 'BigInt64Array',
  'DataView', 'Map', 'BigInt', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Proxy', 'Reflect', 'FinalizationRegistry', 'SharedArrayBuffer',
  'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape', 'eval', 'isFinite', 'isNaN'];

// V8 gives each context a console of its own, which talks to debuggers only.
const consoleMethods = ['debug', 'error', 'info', 'log', 'warn', 'dir', 'dirxml', 'table', 'trace', 'group', 'groupCollapsed', 'groupEnd', 'clear', 'count',
  'countReset', 'assert', 'profile', 'profileEnd', 'time', 'timeLog', 'timeEnd', 'timeStamp', 'context'];

const own = Object.prototype.hasOwnProperty;
const hidden = (value) => ({ value, writable: true, enumerable: false, configurable: true });
const fixed = (value) => ({ value, writable: false, enumerable: false, configurable: false });

/** What `let`, `const` and `class` declare in the scripts of one context: properties of an object that only scopes see. */
class Declarations {
  constructor() {
    this.scope = Object.create(null);
  }

  get isEmpty() {
    return Object.getOwnPropertyNames(this.scope).length === 0;
  }

  has(name) {
    return name in this.scope;
  }

  declare(name, isConst) {
    let isInitialized = false;
    let current;
    Object.defineProperty(this.scope, name, {
      get() {
        if (!isInitialized) throw new ReferenceError(`Cannot access '${name}' before initialization`);
        return current;
      },
      set(value) {
        if (isConst && isInitialized) throw new TypeError('Assignment to constant variable.');
        current = value;
        isInitialized = true;
      },
    });
  }
}

class MainContext {
  constructor() {
    this.declarations = new Declarations();
    this.global = realGlobal;
    this.names = undefined; // they are the global object's
  }

  get scopes() {
    return this.declarations.isEmpty ? [] : [this.declarations.scope];
  }

  isScope(value) {
    return value === this.declarations.scope;
  }

  declareVariable(name) {
    if (!own.call(realGlobal, name)) Object.defineProperty(realGlobal, name, { value: undefined, writable: true, enumerable: true, configurable: false });
  }
}

class Context {
  constructor(sandbox) {
    this.sandbox = sandbox;
    this.declarations = new Declarations();
    this.scopes = [];
    this.shell = this.makeShell();
    this.global = new Proxy(this.shell, this.globalHandler());
    this.names = new Proxy(Object.create(null), this.nameHandler());
    Object.defineProperty(this.shell, 'globalThis', hidden(this.global));
  }

  makeShell() {
    const shell = {};
    for (const name of builtinNames) {
      if (own.call(realGlobal, name)) Object.defineProperty(shell, name, hidden(realGlobal[name]));
    }
    for (const [name, value] of [['NaN', NaN], ['Infinity', Infinity], ['undefined', undefined]]) Object.defineProperty(shell, name, fixed(value));
    const silent = {};
    for (const name of consoleMethods) silent[name] = { [name]() {} }[name];
    Object.defineProperty(shell, 'console', hidden(silent));
    Object.defineProperty(shell, 'Function', hidden(this.makeFunctionConstructor()));
    return shell;
  }

  /** Function, whose functions see the context's names. */
  makeFunctionConstructor() {
    const make = (parts) => {
      const texts = parts.map(String);
      const body = texts.length > 0 ? texts.pop() : '';
      return runScript(compileScript('<anonymous>', `(function anonymous(${texts.join(',')}\n) {\n${body}\n})`), this, {});
    };
    function ContextFunction(...parts) {
      return make(parts);
    }
    Object.defineProperty(ContextFunction, 'name', { value: 'Function', configurable: true });
    Object.defineProperty(ContextFunction, 'length', { value: 1, configurable: true });
    Object.defineProperty(ContextFunction, 'prototype', { value: Function.prototype, writable: false });
    return ContextFunction;
  }

  isScope(value) {
    return value === this.names;
  }

  shown(value) {
    return value === this.sandbox ? this.global : value;
  }

  /** As in Node, a variable without a value is no property of the sandbox yet. */
  declareVariable(name) {
    const { sandbox, shell } = this;
    if (own.call(sandbox, name) || own.call(shell, name)) return;
    Object.defineProperty(shell, name, { value: undefined, writable: true, enumerable: true, configurable: true });
  }

  /** The names that scripts use: declarations, the sandbox, what every context has. */
  nameHandler() {
    const { declarations, sandbox, shell } = this;
    return {
      has: () => true,
      get: (target, name) => {
        if (typeof name === 'symbol') return sandbox[name];
        if (declarations.has(name)) return declarations.scope[name];
        if (name in sandbox) return this.shown(sandbox[name]);
        if (name in shell) return shell[name];
        throw new ReferenceError(`${name} is not defined`);
      },
      set(target, name, value) {
        if (declarations.has(name)) declarations.scope[name] = value;
        else Reflect.set(sandbox, name, value);
        return true;
      },
      deleteProperty: (target, name) => !declarations.has(name) && Reflect.deleteProperty(sandbox, name),
      getOwnPropertyDescriptor: (target, name) => (own.call(sandbox, name) || own.call(shell, name) ? { value: undefined, writable: true, enumerable: true, configurable: true } : undefined),
      defineProperty: (target, name) => {
        this.declareVariable(name);
        return true;
      },
    };
  }

  /** The object that scripts see as their global one. */
  globalHandler() {
    const { sandbox } = this;
    const isFixed = (shell, key) => {
      const found = Reflect.getOwnPropertyDescriptor(shell, key);
      return found !== undefined && !found.configurable;
    };
    return {
      has: (shell, key) => key in sandbox || key in shell,
      get: (shell, key) => (key in sandbox && !isFixed(shell, key) ? this.shown(sandbox[key]) : shell[key]),
      set: (shell, key, value) => Reflect.set(sandbox, key, value),
      deleteProperty: (shell, key) => (own.call(sandbox, key) ? Reflect.deleteProperty(sandbox, key) : Reflect.deleteProperty(shell, key)),
      ownKeys: (shell) => [...new Set([...Reflect.ownKeys(sandbox), ...Reflect.ownKeys(shell)])],
      getOwnPropertyDescriptor(shell, key) {
        const found = isFixed(shell, key) ? undefined : Reflect.getOwnPropertyDescriptor(sandbox, key);
        return found === undefined ? Reflect.getOwnPropertyDescriptor(shell, key) : { ...found, configurable: true };
      },
      defineProperty(shell, key, descriptor) {
        if (descriptor.configurable === false) Reflect.defineProperty(shell, key, descriptor);
        return Reflect.defineProperty(sandbox, key, descriptor);
      },
      preventExtensions: () => false,
    };
  }
}

let mainContext;
function main() {
  if (mainContext === undefined) mainContext = new MainContext();
  return mainContext;
}

const kinds = { let: 1, const: 2, variable: 3 }; // of ContextName (script/ScriptCompiler.h)

/** A compiled script, for runScript(). */
function compileScript(filename, text) {
  const [number, ...names] = vm.compile(filename, text);
  const declared = [];
  for (let i = 0; i < names.length; i += 2) declared.push({ kind: names[i], name: names[i + 1] });
  return { number, declared };
}

function declareNames(declared, context) {
  const { declarations } = context;
  for (const { kind, name } of declared) {
    if (declarations.has(name)) throw new SyntaxError(`Identifier '${name}' has already been declared`);
    if (kind === kinds.variable) continue;
    const there = Reflect.getOwnPropertyDescriptor(context.global, name);
    if (context.names === undefined && there !== undefined && !there.configurable) throw new SyntaxError(`Identifier '${name}' has already been declared`);
  }
  for (const { kind, name } of declared) {
    if (kind === kinds.variable) context.declareVariable(name);
    else declarations.declare(name, kind === kinds.const);
  }
}

/** Runs a compiled script. `timeout` in ms; `scopes` are objects whose properties are names too. Gives { value, wasInterrupted }. */
function run(script, context, { importer, timeout = 0, scopes = [] }) {
  declareNames(script.declared, context);
  const marks = {
    op_this: (value) => (context.isScope(value) || value === realGlobal ? context.global : value),
    op_strictThis: (value) => (context.isScope(value) ? undefined : value),
    op_export: (name, value) => {
      context.declareVariable(name);
      if (context.names === undefined) realGlobal[name] = value;
      else context.sandbox[name] = value;
    },
  };
  const value = vm.run(script.number, context.names, [...context.scopes, ...scopes], context.global, importer, marks, timeout);
  return { value, wasInterrupted: vm.wasInterrupted };
}

const runScript = (script, context, options) => run(script, context, options).value;

module.exports = {
  compileScript,
  contextOf: (sandbox) => contexts.get(sandbox),
  isContext: (sandbox) => contexts.has(sandbox),
  main,
  /** The global object of a new context. */
  makeGlobal() {
    const context = new Context({});
    contexts.set(context.global, context);
    return context.global;
  },
  makeContext(sandbox) {
    contexts.set(sandbox, new Context(sandbox));
    return sandbox;
  },
  run,
  runScript,
};
