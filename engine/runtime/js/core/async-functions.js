// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The intrinsic objects behind async functions and async generator functions (ECMAScript 27.4 and 27.7), which V4 has not. FunctionKinds.cpp
// makes the functions themselves inherit from them.

const binding = require('./binding');
const { asyncGeneratorPrototype, startAsyncGenerator } = require('./lowering');

let compiledCount = 0;

/** CreateDynamicFunction: a function of globals only, from the texts of its parameters and its body. */
function createDynamicFunction(head, args) {
  const texts = Array.prototype.map.call(args, String);
  const body = texts.length > 0 ? texts.pop() : '';
  const sourceFiles = require('./source-files');
  const esm = require('./esm');
  const path = `<anonymous ${++compiledCount}>`;
  const compiled = binding.compile(path, 'global', `return ${head} anonymous(${texts.join(',')}\n) {\n${body}\n}`);
  return sourceFiles.bind(compiled, esm.dynamicImport(esm.urlOf(binding.mainFile)), undefined)();
}

/** A constructor like %Function%: callable with and without `new`, for functions written with `head`. */
function makeConstructor(name, head) {
  const constructor = { [name]: function(...args) {
    const result = createDynamicFunction(head, args);
    if (new.target !== undefined && new.target !== constructor) {
      const { prototype } = new.target;
      if (Object(prototype) === prototype) Object.setPrototypeOf(result, prototype);
    }
    return result;
  } }[name];
  Object.setPrototypeOf(constructor, Function);
  Object.defineProperty(constructor, 'length', { value: 1, configurable: true });
  return constructor;
}

/** The prototype of a kind of functions, joined to its constructor. */
function makePrototype(name, constructor) {
  const prototype = Object.create(Function.prototype, {
    constructor: { value: constructor, configurable: true },
    [Symbol.toStringTag]: { value: name, configurable: true },
  });
  Object.defineProperty(constructor, 'prototype', { value: prototype, writable: false });
  return prototype;
}

function install() {
  const functionPrototype = makePrototype('AsyncFunction', makeConstructor('AsyncFunction', 'async function'));
  const generatorPrototype = makePrototype('AsyncGeneratorFunction', makeConstructor('AsyncGeneratorFunction', 'async function*'));
  Object.defineProperty(generatorPrototype, 'prototype', { value: asyncGeneratorPrototype, configurable: true });
  Object.defineProperty(asyncGeneratorPrototype, 'constructor', { value: generatorPrototype, configurable: true });
  binding.setAsyncIntrinsics(functionPrototype, generatorPrototype, asyncGeneratorPrototype, startAsyncGenerator);
}

module.exports = { install };
