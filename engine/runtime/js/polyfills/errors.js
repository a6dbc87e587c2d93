// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Error and its kin as V8 has them: `cause`, AggregateError, captureStackTrace, stackTraceLimit, prepareStackTrace, V8's stack format.
//
// What this file wants of C++ (`binding`): see engine/runtime/StackTraces.cpp and ErrorNatives.cpp, and
//   errorSource(error) -> { text, line, column } of the failing place in the person's own file; or sourceLine(file, line) to look it up.
//   setHook('errorStack', function): the getter of `stack` on V4's errors calls it with the error.

const { defineHidden, defineMethods } = require('./define');
const { getIterator, isObject } = require('./operations');
const { CallSite, formatFrame, likeNode, useNatives } = require('./stack-frames');

const names = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
const hasOwn = Object.prototype.hasOwnProperty;

let binding;
let loadLib;
let NativeError;
let ErrorConstructor;
let defaultPrepare;
let isPreparing = false;
let thrownByV4; // error -> where V4 threw it; made once the weak collections are in place

/** "Name: message" as Error.prototype.toString gives it, without ever throwing. */
function header(error) {
  try {
    return errorToString.call(error);
  } catch (failure) {
    return '<error>';
  }
}

function errorToString() {
  if (!isObject(this)) {
    throw new TypeError(`Method Error.prototype.toString called on incompatible receiver ${String(this)}`);
  }
  let { name, message } = this;
  name = name === undefined ? 'Error' : String(name);
  message = message === undefined ? '' : String(message);
  if (name === '') return message;
  return message === '' ? name : `${name}: ${message}`;
}

function plainStack(error, lines) {
  let text = header(error);
  for (const line of lines) text += `\n    at ${line}`;
  return text;
}

/** Error.stackTraceLimit as V8 reads it when an error is made: -1 if there is to be no stack. */
function stackLimit() {
  const limit = ErrorConstructor.stackTraceLimit;
  return typeof limit === 'number' && hasOwn.call(ErrorConstructor, 'stackTraceLimit') ? Math.min(Math.max(0, limit), 1000) : -1;
}

/**
 * The value of error.stack at its first use: what a program's Error.prepareStackTrace makes of the frames, else Node's text. `holder` is the error
 * of V4's that has the frames; `adjust` gets them before they are shown.
 */
function formatStack(error, holder, adjust) {
  const stackFrames = binding.stackOf(holder);
  if (stackFrames === undefined) return undefined;
  const isNoted = stackFrames.limit !== undefined && !thrownByV4.has(holder);
  const limit = isNoted ? stackFrames.limit : stackLimit();
  if (limit < 0) return undefined;
  const shown = likeNode(stackFrames).slice(0, limit);
  if (adjust !== undefined && shown.length > 0) adjust(shown[0]);
  const prepare = ErrorConstructor.prepareStackTrace;
  if (typeof prepare === 'function' && prepare !== defaultPrepare && !isPreparing) {
    isPreparing = true;
    try {
      return prepare.call(ErrorConstructor, error, shown.map((frame) => new CallSite(frame)));
    } finally {
      isPreparing = false;
    }
  }
  return plainStack(error, shown.map(formatFrame));
}

/** Gives `object` a stack that is formatted at its first use and is a plain value from then on. */
function defineStack(object, holder) {
  Object.defineProperty(object, 'stack', {
    configurable: true,
    enumerable: false,
    get() {
      const stack = formatStack(object, holder);
      defineHidden(object, 'stack', stack);
      return stack;
    },
    set(value) {
      defineHidden(this, 'stack', value);
    },
  });
}

/** V4 knows the lines of its errors only; the message tells which name on the line V8 would point at. */
function pointAtCause(frame, message, source) {
  const named = /\(reading '([\w$]+)'\)$|^([\w$]+) is not defined$|^Cannot access '([\w$]+)'|^(?:.*[.])?([\w$]+) is not a (?:function|constructor)$/.exec(message);
  if (named === null || source === undefined || source.line !== frame.line) return;
  const name = named.slice(1).find((text) => text !== undefined);
  const position = new RegExp(`${named[1] === undefined ? '(^|[^\\w$])' : '(\\.)'}${name.replace(/\$/g, '\\$')}(?![\\w$])`).exec(source.text);
  if (position !== null) frame.column = source.start + position.index + position[1].length + 1;
}

/** The value of `stack` of an error of V4's, at its first use; C++ calls it. */
function errorStack(error) {
  translateError(error);
  const source = thrownByV4.get(error);
  const adjust = source === undefined ? undefined : (frame) => pointAtCause(frame, String(error.message), source);
  const stack = formatStack(error, error, adjust);
  defineHidden(error, 'stack', stack);
  return stack;
}

const stackAccessor = {
  set stack(value) {
    if (isObject(this)) defineHidden(this, 'stack', value);
  },
};

/** Takes off what V4 marks its errors with; V8's have nothing like it. */
function finishError(error) {
  if (binding.finishError !== undefined) {
    binding.finishError(error);
    return;
  }
  delete error.fileName;
  delete error.lineNumber;
}

/** The text of the failing line, and what follows it, in the person's own file. */
function errorSource(error) {
  if (binding.errorSource !== undefined) return binding.errorSource(error);
  if (binding.errorFrames === undefined || binding.sourceLine === undefined) return undefined;
  const frame = (binding.errorFrames(error) || [])[0];
  if (frame === undefined || !frame.file) return undefined;
  const lineAt = (line) => binding.sourceLine(frame.file, line);
  const source = { text: lineAt(frame.line), line: frame.line, column: frame.column, start: 0, lineAt };
  const statement = binding.lastStatement === undefined ? undefined : binding.lastStatement();
  if (statement !== undefined && statement.file === frame.file && statement.line <= frame.line && frame.line <= statement.endLine) {
    // Of the line only what belongs to the statement that failed.
    source.text = statement.text.split('\n')[frame.line - statement.line];
    if (frame.line === statement.line) {
      source.start = statement.column - 1;
      source.column = 0;
    }
  }
  return source;
}

/**
 * Turns an error that V4 threw into V8's words, once; other errors stay as they are. `source` is { text, line, column } of the failing
 * place, and is asked of C++ if it is not given.
 */
function translateError(error, source) {
  if (!isObject(error)) return;
  const made = hasOwn.call(error, 'message') ? error.message : '';
  if (binding.finishError === undefined) {
    if (!hasOwn.call(error, 'lineNumber')) return;
    finishError(error);
  } else if (!binding.finishError(error)) return;
  if (source === undefined) source = errorSource(error);
  thrownByV4.set(error, source);
  const translated = loadLib().polyfills.translateMessage(error, String(made), source);
  if (translated === undefined) return;
  defineHidden(error, 'message', translated.message);
  if (translated.prototype !== undefined) Object.setPrototypeOf(error, translated.prototype);
}

function installCause(error, options) {
  if (isObject(options) && 'cause' in options) defineHidden(error, 'cause', options.cause);
}

function makeConstructor(Native, name) {
  const constructor = {
    [name]: function(message, options) { // eslint-disable-line func-names -- the computed key names it
      const target = new.target === undefined ? constructor : new.target;
      const error = message === undefined ?
        Reflect.construct(Native, [], target) :
        Reflect.construct(Native, [toMessage(message)], target);
      // V4 makes this one for assignments to constants; translateError finds out.
      if (message !== undefined || name !== 'TypeError') finishError(error);
      binding.noteError(error, target, stackLimit());
      if (options !== undefined) installCause(error, options);
      return error;
    },
  }[name];
  const { prototype } = Native;
  Object.defineProperty(constructor, 'length', { value: 1, configurable: true });
  Object.defineProperty(constructor, 'prototype', { value: prototype, writable: false });
  defineHidden(prototype, 'constructor', constructor);
  return constructor;
}

function toMessage(message) {
  if (typeof message === 'string') return message;
  if (typeof message === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return String(message);
}

function makeAggregateError(global) {
  function AggregateError(errors, message, options) {
    const target = new.target === undefined ? AggregateError : new.target;
    const error = message === undefined ?
      Reflect.construct(ErrorConstructor, [], target) :
      Reflect.construct(ErrorConstructor, [toMessage(message)], target);
    if (!isObject(target.prototype)) Object.setPrototypeOf(error, AggregateError.prototype);
    if (options !== undefined) installCause(error, options);
    const list = [];
    const iterator = getIterator(errors);
    const { next } = iterator;
    for (;;) {
      const step = next.call(iterator);
      if (!isObject(step)) throw new TypeError(`Iterator result ${String(step)} is not an object`);
      if (step.done) break;
      list.push(step.value);
    }
    defineHidden(error, 'errors', list);
    return error;
  }
  Object.defineProperty(AggregateError, 'length', { value: 2, configurable: true });
  const prototype = Object.create(global.Error.prototype);
  defineHidden(prototype, 'constructor', AggregateError);
  defineHidden(prototype, 'name', 'AggregateError');
  defineHidden(prototype, 'message', '');
  Object.defineProperty(AggregateError, 'prototype', { value: prototype, writable: false });
  Object.setPrototypeOf(AggregateError, ErrorConstructor);
  return AggregateError;
}

function installCapture(Error) {
  defineMethods(Error, {
    captureStackTrace(object, until) {
      if (!isObject(object)) throw new TypeError(`Invalid argument: ${String(object)}`);
      const holder = new NativeError();
      binding.noteCapture(holder, typeof until === 'function' ? until : Error.captureStackTrace, stackLimit());
      defineStack(object, holder);
    },
  });
  Error.stackTraceLimit = 10;
  // Node's own default; a program that puts one in its place is asked instead.
  defaultPrepare = function ErrorPrepareStackTrace(error, trace) { // eslint-disable-line func-style -- V8's name
    return plainStack(error, trace);
  };
  defineHidden(Error, 'prepareStackTrace', defaultPrepare);
}

function installErrors(global, nativeBinding, loader) {
  binding = nativeBinding;
  useNatives(nativeBinding);
  thrownByV4 = new WeakMap();
  loadLib = loader;
  for (const name of names) {
    const Native = global[name];
    const constructor = makeConstructor(Native, name);
    if (name === 'Error') {
      NativeError = Native;
      ErrorConstructor = constructor;
    } else {
      Object.setPrototypeOf(constructor, ErrorConstructor);
      delete constructor.prototype.toString;
    }
    defineHidden(global, name, constructor);
  }
  defineMethods(ErrorConstructor.prototype, { toString: { toString() { return errorToString.call(this); } }.toString }, true);
  installCapture(ErrorConstructor);
  defineHidden(global, 'AggregateError', makeAggregateError(global));
  if (binding.unlockErrors !== undefined) binding.unlockErrors(Object.getOwnPropertyDescriptor(stackAccessor, 'stack').set);
  if (binding.setHook !== undefined) binding.setHook('errorStack', errorStack);
}

module.exports = { installErrors, formatStack, translateError };
