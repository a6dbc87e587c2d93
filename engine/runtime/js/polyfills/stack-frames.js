// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The frames of a stack as V8 words them. C++ (engine/runtime/StackTraces.cpp) gives { functionName, file, line, column } and, where known, { function,
// receiver, isConstructor, isStrict, isGenerator, isAsync, combinator, promiseIndex, typeName, isRuntime, called, calledOn }; what must be looked up is
// found out here, when somebody reads the stack.

const { defineMethods } = require('./define');

const { getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf } = Object;
const combinators = { 6: 'all', 7: 'allSettled', 8: 'any' }; // by PromiseOrigin (engine/recording/Event.h)
const manyProperties = 1000; // an object with more is not searched for a method

let binding;
const theGlobal = Function('return this')();

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

/** An own data property's value, without running anything. */
function ownValue(object, key) {
  const descriptor = getOwnPropertyDescriptor(object, key);
  return descriptor === undefined ? undefined : descriptor.value;
}

const isProxy = (value) => binding.proxyDetails(value) !== undefined;

/** The name of the constructor of a receiver, as V8 finds it out; undefined for a call without one. */
function typeNameOf(receiver) {
  if (receiver === undefined || receiver === null || receiver === theGlobal) return undefined;
  if (!isObject(receiver)) return Object(receiver).constructor.name;
  if (isProxy(receiver)) return 'Proxy';
  if (typeof receiver === 'function') {
    const prototype = getOwnPropertyDescriptor(receiver, 'prototype');
    const isClass = prototype !== undefined && !prototype.writable && binding.functionSite(receiver) !== 0;
    const name = isClass ? ownValue(receiver, 'name') : 'Function';
    if (typeof name === 'string' && name !== '') return name;
  }
  let tag;
  let named;
  for (let holder = receiver; holder !== null && !isProxy(holder); holder = getPrototypeOf(holder)) {
    if (tag === undefined) tag = ownValue(holder, Symbol.toStringTag);
    if (named === undefined && holder !== receiver) {
      const constructor = ownValue(holder, 'constructor');
      if (typeof constructor === 'function') named = ownValue(constructor, 'name');
    }
  }
  if (typeof named === 'string' && named !== '' && named !== 'Object') return named;
  return typeof tag === 'string' ? tag : 'Object';
}

/** The name under which a receiver has a function: the function's own, if it fits, or the only one that does. */
function methodNameOf(receiver, called, functionName) {
  if (receiver === undefined || receiver === null || called === undefined) return undefined;
  const site = binding.functionSite(called);
  // The generator of an async function is not the function itself, but stands at the same place.
  const fits = (value) => value === called || (typeof value === 'function' && site !== 0 && binding.functionSite(value) === site);
  const bareName = functionName.replace(/^[gs]et /, '');
  const start = Object(receiver);
  if (bareName !== '') {
    for (let holder = start; holder !== null && !isProxy(holder); holder = getPrototypeOf(holder)) {
      const descriptor = getOwnPropertyDescriptor(holder, bareName);
      if (descriptor === undefined) continue;
      if (fits(descriptor.value) || fits(descriptor.get) || fits(descriptor.set)) return bareName;
      break;
    }
  }
  let found;
  for (let holder = start; holder !== null && !isProxy(holder); holder = getPrototypeOf(holder)) {
    const keys = getOwnPropertyNames(holder);
    if (keys.length > manyProperties) break;
    for (const key of keys) {
      if (!fits(ownValue(holder, key))) continue;
      if (found !== undefined) return undefined;
      found = key;
    }
  }
  return found;
}

/** Fills in `typeName` and `methodName` of a frame whose function is known. */
function lookUp(frame) {
  if (frame.isLookedUp) return frame;
  frame.isLookedUp = true;
  if (frame.functionName === 'Object.<anonymous>') { // the body of a CommonJS file, called on module.exports
    frame.functionName = '';
    frame.typeName = 'Object';
    return frame;
  }
  if (frame.function === undefined || frame.isConstructor) return frame;
  if (frame.functionName === '' || frame.functionName[0] === '[') {
    const name = ownValue(frame.function, 'name'); // given to it while it was made
    if (typeof name === 'string' && name !== '') frame.functionName = name;
  }
  frame.typeName = typeNameOf(frame.receiver);
  if (frame.typeName !== undefined) frame.methodName = methodNameOf(frame.receiver, frame.function, frame.functionName);
  return frame;
}

/** "file:line:column" of a frame. */
function formatPlace(frame) {
  if (!frame.file) return '<anonymous>';
  let place = frame.file;
  if (frame.line > 0) {
    place += `:${frame.line}`;
    if (frame.column > 0) place += `:${frame.column}`;
  }
  return place;
}

const isIdentifier = (text) => /^[A-Za-z$_\u0080-\uffff][\w$\u0080-\uffff]*$/.test(text);

function formatMethod({ functionName, typeName, methodName }) {
  if (!functionName) return `${typeName}.${methodName || '<anonymous>'}`;
  const text = isIdentifier(functionName) ? `${typeName}.${functionName}` : functionName;
  const isNamed = !methodName || functionName === methodName || functionName.endsWith(`.${methodName}`);
  return isNamed ? text : `${text} [as ${methodName}]`;
}

/** One line of a stack, without "at", in V8's form. */
function formatFrame(frame) {
  if (frame.text !== undefined) return frame.text;
  if (frame.combinator !== undefined) return `async Promise.${combinators[frame.combinator]} (index ${frame.promiseIndex})`;
  lookUp(frame);
  const place = formatPlace(frame);
  const prefix = frame.isAsync ? 'async ' : '';
  if (frame.isConstructor) return `${prefix}new ${frame.functionName || '<anonymous>'} (${place})`;
  if (frame.typeName) return `${prefix}${formatMethod(frame)} (${place})`;
  return frame.functionName ? `${prefix}${frame.functionName} (${place})` : `${prefix}${place}`;
}

// Those of ECMAScript's functions that V8 has no frames for.
const frameless = new Set([Function.prototype.call, Function.prototype.apply, Reflect.apply, Reflect.construct]);
const intrinsicNames = `Array ArrayBuffer Atomics BigInt Boolean DataView Date FinalizationRegistry Function JSON Map Math Number Object Promise Reflect
  RegExp Set SharedArrayBuffer String Symbol WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent eval isFinite isNaN
  parseFloat parseInt`.split(/\s+/);
let intrinsics; // ECMAScript's functions; found at the first use

function findIntrinsics() {
  intrinsics = new Set();
  const { getPrototypeOf: prototypeOf } = Object;
  const generatorPrototype = prototypeOf(function* generate() { /* only its kind counts */ }).prototype;
  const roots = [generatorPrototype, prototypeOf([][Symbol.iterator]()), prototypeOf(Uint8Array), prototypeOf(Uint8Array.prototype)];
  for (const name of intrinsicNames) {
    const value = ownValue(theGlobal, name);
    if (!isObject(value)) continue;
    roots.push(value);
    if (typeof value === 'function' && isObject(ownValue(value, 'prototype'))) roots.push(value.prototype);
  }
  for (const root of roots) {
    for (const value of [root, ...Reflect.ownKeys(root).map((key) => ownValue(root, key))]) {
      if (typeof value === 'function' && !frameless.has(value) && binding.functionSite(value) === 0) intrinsics.add(value);
    }
  }
}

const isIntrinsic = (value) => {
  if (intrinsics === undefined) findIntrinsics();
  return intrinsics.has(value);
};

/** The frame of one of ECMAScript's own functions. */
function intrinsicFrame(called, receiver) {
  const functionName = ownValue(called, 'name');
  return { function: called, receiver, isConstructor: receiver === null, functionName: typeof functionName === 'string' ? functionName : '', isStrict: true };
}

/** The frame of the native function that `caller` is in the call of; undefined if it called something else. */
function frameOfCalled({ called, calledOn }, callee) {
  return called !== undefined && called !== callee && isIntrinsic(called) ? intrinsicFrame(called, calledOn) : undefined;
}

/**
 * The frame that V8 has between `frame` and the one that called it, `caller`: of a native function, or of `next` of a generator. `person`: the nearest
 * caller that is the program's.
 */
function frameBelow(frame, caller, person) {
  if (person === undefined || person.isAsync) return undefined;
  const native = person === caller ? frameOfCalled(person, frame.function) : undefined;
  if (!frame.isGenerator) return native;
  const { functionName } = lookUp(frame);
  return { text: `${isIdentifier(functionName) ? functionName : 'Generator'}.${native === undefined ? 'next' : native.functionName} (<anonymous>)` };
}

/** Whether the runtime's frame `frame`, called by the program's `caller`, is ECMAScript's business rather than Node's. */
const isBuiltIn = (frame, caller) => isIntrinsic(frame.function) || (caller !== undefined && caller.called !== undefined && isIntrinsic(caller.called));

/** The frame that V8 has where `frame` is the runtime's own: of what it has built in, and V4 has not. */
function frameInstead(frame, caller) {
  if (caller === undefined || caller.isRuntime) return undefined;
  return isIntrinsic(frame.function) ? intrinsicFrame(frame.function, frame.receiver) : frameOfCalled(caller, undefined);
}

/** Takes out the frames of the runtime's own that Node has no counterpart of, and puts Node's in the place of the others. */
function likeNode(frames) {
  return binding.framesLikeNode === undefined ? frames.filter((frame) => !frame.isRuntime) : binding.framesLikeNode(frames);
}

function useNatives(natives) {
  binding = natives;
}

/** What Error.prepareStackTrace gets: V8's CallSite over a frame. */
class CallSite {
  constructor(frame) {
    Object.defineProperty(this, frameKey, { value: frame });
  }
}
const frameKey = Symbol('frame');
const frameOf = (site) => lookUp(site[frameKey]);

defineMethods(CallSite.prototype, {
  getColumnNumber() { return frameOf(this).column || null; },
  getEnclosingColumnNumber() { return frameOf(this).column || null; },
  getEnclosingLineNumber() { return frameOf(this).line || null; },
  getEvalOrigin() { return undefined; },
  getFileName() { return frameOf(this).file || null; },
  getFunction() { return frameOf(this).isStrict ? undefined : frameOf(this).function; },
  getFunctionName() { return frameOf(this).functionName || null; },
  getLineNumber() { return frameOf(this).line || null; },
  getMethodName() { return frameOf(this).methodName || null; },
  getPosition() { return 0; },
  getPromiseIndex() { return frameOf(this).promiseIndex === undefined ? null : frameOf(this).promiseIndex; },
  getScriptNameOrSourceURL() { return frameOf(this).file || null; },
  getScriptHash() { return ''; },
  getThis() { return frameOf(this).isStrict ? undefined : frameOf(this).receiver; },
  getTypeName() { return frameOf(this).typeName || null; },
  isAsync() { return !!frameOf(this).isAsync; },
  isConstructor() { return !!frameOf(this).isConstructor; },
  isEval() { return false; },
  isNative() { return false; },
  isPromiseAll() { return frameOf(this).combinator === 6; },
  isToplevel() { return !frameOf(this).typeName && !frameOf(this).isConstructor; },
  toString() { return formatFrame(this[frameKey]); },
});

module.exports = { CallSite, formatFrame, frameBelow, frameInstead, isBuiltIn, likeNode, useNatives };
