// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Web Streams: the package's classes, with Node's checks, errors, inspection, and ties to Node's own streams.

const { codes } = require('../../core/errors');
const { validateObject } = require('../../core/validators');
const { Buffer } = require('../buffer');
const { inspect } = require('./inspect');
const web = require('web-streams-polyfill');

// What is known of a stream beside its fields: { state, closing }. No property of it: V4 takes it amiss when a setter of the
// prototype adds one ("Type error" at the first such assignment in strict code).
const records = new WeakMap();

const typeErrorOf = (name, value) => (value === undefined || value === null || typeof value !== 'object' || !(value instanceof web[name]));

function own(prototype, key, value) {
  Object.defineProperty(prototype, key, { value, writable: true, configurable: true });
}

function getter(prototype, key, get) {
  Object.defineProperty(prototype, key, { get, configurable: true });
}

// ------------------------------------------------------------------------------------------------------------ checks

/** Wraps a method: `check` throws, or gives a rejected promise for methods that give promises. */
function guard(className, methodName, check, givesPromise) {
  const { prototype } = web[className];
  const original = prototype[methodName];
  const wrapped = {
    [methodName](...args) {
      try {
        if (typeErrorOf(className, this)) throw new codes.ERR_INVALID_THIS(className);
        if (check !== undefined) check(this, ...args);
      } catch (error) {
        if (givesPromise) return Promise.reject(error);
        throw error;
      }
      return Reflect.apply(original, this, args);
    },
  }[methodName];
  Object.defineProperty(wrapped, 'length', { value: original.length, configurable: true });
  Object.defineProperty(prototype, methodName, { ...Object.getOwnPropertyDescriptor(prototype, methodName), value: wrapped });
}

function guardGetter(className, name, givesPromise) {
  const { prototype } = web[className];
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  const original = descriptor.get;
  Object.defineProperty(prototype, name, {
    ...descriptor,
    get: Object.getOwnPropertyDescriptor({
      get [name]() {
        if (!typeErrorOf(className, this)) return Reflect.apply(original, this, []);
        const error = new codes.ERR_INVALID_THIS(className);
        if (givesPromise) return Promise.reject(error);
        throw error;
      },
    }, name).get,
  });
}

function unlocked(stream) {
  if (stream.locked) throw new codes.ERR_INVALID_STATE.TypeError(`${stream instanceof web.ReadableStream ? 'ReadableStream' : 'WritableStream'} is locked`);
}

function attachedReader(reader) {
  if (reader._ownerReadableStream === undefined) throw new codes.ERR_INVALID_STATE.TypeError('The reader is not attached to a stream');
}

function boundWriter(writer) {
  if (writer._ownerWritableStream === undefined) throw new codes.ERR_INVALID_STATE.TypeError('Writer is not bound to a WritableStream');
}

function readerMode(stream, options) {
  if (options !== undefined && options !== null) validateObject(options, 'options');
  const mode = options === undefined || options === null ? undefined : options.mode;
  if (mode !== undefined && `${mode}` !== 'byob') throw new codes.ERR_INVALID_ARG_VALUE('options.mode', mode);
  unlocked(stream);
}

function instance(name, value, className) {
  if (typeErrorOf(className, value)) throw new codes.ERR_INVALID_ARG_TYPE(name, className, value);
}

function pipeTarget(stream, target) {
  instance('transform.writable', target, 'WritableStream');
  if (stream.locked) throw new codes.ERR_INVALID_STATE.TypeError('The ReadableStream is locked');
  if (target.locked) throw new codes.ERR_INVALID_STATE.TypeError('The WritableStream is locked');
}

function pipePair(stream, pair) {
  instance('transform.readable', pair && pair.readable, 'ReadableStream');
  instance('transform.writable', pair.writable, 'WritableStream');
  if (stream.locked) throw new codes.ERR_INVALID_STATE.TypeError('The ReadableStream is locked');
  if (pair.writable.locked) throw new codes.ERR_INVALID_STATE.TypeError('The WritableStream is locked');
}

function closable(controller) {
  const stream = controller._controlledReadableStream || controller._controlledReadableByteStream;
  if (controller._closeRequested) throw new codes.ERR_INVALID_STATE.TypeError('Controller is already closed');
  if (stream._state !== 'readable') throw new codes.ERR_INVALID_STATE.TypeError('ReadableStream is already closed');
}

/** A chunk of bytes that is not empty and whose memory is still there. */
function usableBytes(controller, chunk) {
  if (!ArrayBuffer.isView(chunk)) throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], chunk);
  if (chunk.byteLength === 0 || chunk.buffer.byteLength === 0) throw new codes.ERR_INVALID_STATE.TypeError('chunk ArrayBuffer is zero-length or detached');
  closable(controller);
}

function usableView(reader, view) {
  if (!ArrayBuffer.isView(view)) throw new codes.ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
  if (view.byteLength === 0 || view.buffer.byteLength === 0) {
    throw new codes.ERR_INVALID_STATE.TypeError('View or Viewed ArrayBuffer is zero-length or detached');
  }
  attachedReader(reader);
}

/** Reads into a Buffer give Buffers, without calling its constructor, which is deprecated. */
function readIntoBuffers() {
  const { prototype } = web.ReadableStreamBYOBReader;
  const { read } = prototype;
  function BufferView(memory, offset, length) {
    return Buffer.from(memory, offset, length);
  }
  BufferView.BYTES_PER_ELEMENT = 1;
  prototype.read = { read(view, ...rest) {
    if (!Buffer.isBuffer(view)) return Reflect.apply(read, this, [view, ...rest]);
    const plain = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    Object.defineProperty(plain, 'constructor', { value: BufferView });
    return Reflect.apply(read, this, [plain, ...rest]);
  } }.read;
}

function guardAll() {
  readIntoBuffers();
  for (const [className, names] of [['ReadableStream', ['locked']], ['WritableStream', ['locked']], ['TransformStream', ['readable', 'writable']],
                                    ['ReadableStreamBYOBRequest', ['view']], ['ReadableByteStreamController', ['byobRequest', 'desiredSize']],
                                    ['ReadableStreamDefaultController', ['desiredSize']], ['TransformStreamDefaultController', ['desiredSize']],
                                    ['WritableStreamDefaultController', ['signal']], ['WritableStreamDefaultWriter', ['desiredSize']],
                                    ['ByteLengthQueuingStrategy', ['highWaterMark', 'size']], ['CountQueuingStrategy', ['highWaterMark', 'size']]]) {
    for (const name of names) guardGetter(className, name, false);
  }
  for (const className of ['ReadableStreamDefaultReader', 'ReadableStreamBYOBReader']) {
    guardGetter(className, 'closed', true);
    guard(className, 'cancel', attachedReader, true);
    guard(className, 'releaseLock');
  }
  guardGetter('WritableStreamDefaultWriter', 'closed', true);
  guardGetter('WritableStreamDefaultWriter', 'ready', true);
  guard('ReadableStream', 'cancel', unlocked, true);
  guard('ReadableStream', 'getReader', readerMode);
  guard('ReadableStream', 'pipeThrough', pipePair);
  guard('ReadableStream', 'pipeTo', pipeTarget, true);
  guard('ReadableStream', 'tee', unlocked);
  guard('ReadableStreamDefaultReader', 'read', attachedReader, true);
  guard('ReadableStreamBYOBReader', 'read', usableView, true);
  guard('ReadableStreamDefaultController', 'close', closable);
  guard('ReadableStreamDefaultController', 'enqueue', closable);
  guard('ReadableStreamDefaultController', 'error');
  guard('ReadableByteStreamController', 'close', closable);
  guard('ReadableByteStreamController', 'enqueue', usableBytes);
  guard('ReadableByteStreamController', 'error');
  guard('WritableStream', 'abort', unlocked, true);
  guard('WritableStream', 'close', unlocked, true);
  guard('WritableStream', 'getWriter', unlocked);
  guard('WritableStreamDefaultController', 'error');
  for (const name of ['abort', 'close', 'write']) guard('WritableStreamDefaultWriter', name, boundWriter, true);
  guard('WritableStreamDefaultWriter', 'releaseLock');
  for (const name of ['enqueue', 'error', 'terminate']) guard('TransformStreamDefaultController', name);
}

// -------------------------------------------------------------------------------------------- classes that are constructed

function optionalObject(value, name) {
  if (value !== undefined && (value === null || (typeof value !== 'object' && typeof value !== 'function'))) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'object', value);
  }
}

function checkFunctions(source, name, methods) {
  for (const method of methods) {
    const value = source === undefined ? undefined : source[method];
    if (value !== undefined && typeof value !== 'function') throw new codes.ERR_INVALID_ARG_TYPE(`${name}.${method}`, 'function', value);
  }
}

function checkStrategy(strategy, name = 'strategy') {
  optionalObject(strategy, name);
  if (strategy === undefined) return;
  checkFunctions(strategy, name, ['size']);
  const { highWaterMark } = strategy;
  if (highWaterMark !== undefined && (typeof highWaterMark !== 'number' || Number.isNaN(highWaterMark) || highWaterMark < 0)) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError(`${name}.highWaterMark`, highWaterMark);
  }
}

const constructors = {
  ReadableStream(source, strategy) {
    if (source === null) throw new codes.ERR_INVALID_ARG_VALUE('source', 'Object', source);
    optionalObject(source, 'source');
    checkStrategy(strategy);
    checkFunctions(source, 'source', ['start', 'pull', 'cancel']);
    const type = source === undefined ? undefined : source.type;
    if (type !== undefined && `${type}` !== 'bytes') throw new codes.ERR_INVALID_ARG_VALUE('source.type', type);
  },
  WritableStream(sink, strategy) {
    optionalObject(sink === null ? undefined : sink, 'sink');
    checkStrategy(strategy);
    const type = sink === undefined || sink === null ? undefined : sink.type;
    if (type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('type', type);
  },
  TransformStream(transformer, writableStrategy, readableStrategy) {
    checkStrategy(writableStrategy, 'writableStrategy');
    checkStrategy(readableStrategy, 'readableStrategy');
    for (const name of ['readableType', 'writableType']) {
      const type = transformer === undefined || transformer === null ? undefined : transformer[name];
      if (type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError(`transformer.${name}`, type);
    }
  },
  ReadableStreamDefaultReader(stream) {
    instance('stream', stream, 'ReadableStream');
    unlocked(stream);
  },
  ReadableStreamBYOBReader(stream) {
    instance('stream', stream, 'ReadableStream');
    unlocked(stream);
    if (!isByteStream(stream)) throw new codes.ERR_INVALID_ARG_VALUE('stream', stream, 'must be a byte stream');
  },
  WritableStreamDefaultWriter(stream) {
    instance('stream', stream, 'WritableStream');
    unlocked(stream);
  },
};
for (const name of ['ByteLengthQueuingStrategy', 'CountQueuingStrategy']) {
  constructors[name] = (init) => {
    validateObject(init, 'init');
    if (init.highWaterMark === undefined) throw new codes.ERR_MISSING_OPTION('init.highWaterMark');
  };
}
for (const name of ['ReadableByteStreamController', 'ReadableStreamBYOBRequest', 'ReadableStreamDefaultController', 'TransformStreamDefaultController',
                    'WritableStreamDefaultController']) {
  constructors[name] = () => { throw new codes.ERR_ILLEGAL_CONSTRUCTOR(); };
}

/** The class with Node's checks of its arguments in front; its prototype stays the package's, whose functions make objects of it. */
function checked(name) {
  const original = web[name];
  const replacement = {
    [name]: function (...args) {
      if (new.target === undefined) throw new TypeError(`Class constructor ${name} cannot be invoked without 'new'`);
      constructors[name](...args);
      return Reflect.construct(original, args, new.target);
    },
  }[name];
  Object.defineProperty(replacement, 'length', { value: /Reader$|Writer$|Strategy$/.test(name) ? 1 : 0, configurable: true });
  Object.defineProperty(replacement, 'prototype', { value: original.prototype, writable: false });
  own(original.prototype, 'constructor', replacement);
  if (original.from !== undefined) {
    own(replacement, 'from', { from(iterable) {
      const isIterable = iterable !== undefined && iterable !== null && (iterable[Symbol.asyncIterator] || iterable[Symbol.iterator]);
      if (!isIterable) throw new codes.ERR_ARG_NOT_ITERABLE(iterable);
      return original.from(iterable);
    } }.from);
  }
  return replacement;
}

// ------------------------------------------------------------------------------------------------- inspection and state

const isByteStream = (stream) => stream._readableStreamController instanceof web.ReadableByteStreamController;

const views = {
  ReadableStream: (self) => ({ locked: self.locked, state: self._state, supportsBYOB: isByteStream(self) }),
  ReadableStreamDefaultReader: (self) => ({ stream: self._ownerReadableStream, readRequests: self._readRequests.length, close: self.closed }),
  ReadableStreamBYOBReader: (self) => ({ stream: self._ownerReadableStream, readIntoRequests: self._readIntoRequests.length, close: self.closed }),
  ReadableStreamBYOBRequest: (self) => ({ view: self.view, controller: self._associatedReadableByteStreamController }),
  ReadableByteStreamController: () => ({}),
  ReadableStreamDefaultController: () => ({}),
  WritableStream: (self) => ({ locked: self.locked, state: self._state }),
  WritableStreamDefaultWriter: (self) => ({ stream: self._ownerWritableStream, close: self.closed, ready: self.ready, desiredSize: self.desiredSize }),
  WritableStreamDefaultController: (self) => ({ stream: self._controlledWritableStream }),
  TransformStream: (self) => ({ readable: self._readable, writable: self._writable, backpressure: self._backpressure }),
  TransformStreamDefaultController: (self) => ({ stream: self._controlledTransformStream }),
  ByteLengthQueuingStrategy: (self) => ({ highWaterMark: self.highWaterMark }),
  CountQueuingStrategy: (self) => ({ highWaterMark: self.highWaterMark }),
};

/** A class's way to be inspected: its name and what `view` gives. */
function defineInspection(target, name, view) {
  own(target, inspect.custom, function (depth, options) {
    if (depth < 0) return undefined; // which is what Node shows, too
    const shown = view(this);
    const deeper = Object.assign({}, options, { depth: options.depth === null || options.depth === undefined ? null : options.depth - 1 });
    return `${name} ${inspect(shown, deeper)}`;
  });
}

function recordOf(stream) {
  let record = records.get(stream);
  if (record === undefined) records.set(stream, record = { state: undefined, closing: undefined });
  return record;
}

function settle(stream, { state, closing }) {
  if (closing === undefined) return;
  if (state === 'closed') closing.resolve();
  else if (state === 'errored') closing.reject(stream._storedError);
}

/** Keeps the state where its change is seen: Node's finished() and pipeline() wait for it. */
function watchState(prototype) {
  Object.defineProperty(prototype, '_state', {
    get() { return recordOf(this).state; },
    set(value) {
      const record = recordOf(this);
      record.state = value;
      // The error that belongs to it is put in place after it.
      if (record.closing !== undefined) queueMicrotask(() => settle(this, record));
    },
    configurable: true,
  });
  getter(prototype, Symbol.for('nodejs.webstream.isClosedPromise'), function () {
    const record = recordOf(this);
    if (record.closing === undefined) {
      record.closing = {};
      record.closing.promise = new Promise((resolve, reject) => Object.assign(record.closing, { resolve, reject }));
      record.closing.promise.catch(() => {});
      settle(this, record);
    }
    return record.closing;
  });
  own(prototype, Symbol.for('nodejs.webstream.controllerErrorFunction'), function (error) {
    (this._readableStreamController || this._writableStreamController).error(error);
  });
}

watchState(web.ReadableStream.prototype);
watchState(web.WritableStream.prototype);
getter(web.ReadableStream.prototype, Symbol.for('nodejs.stream.disturbed'), function () { return this._disturbed; });
getter(web.ReadableStream.prototype, Symbol.for('nodejs.stream.errored'), function () { return this._state === 'errored'; });
getter(web.ReadableStream.prototype, Symbol.for('nodejs.stream.readable'), function () { return this._state === 'readable'; });
delete web.WritableStreamDefaultController.prototype.abortReason;
guardAll();

const classes = {};
// In Node's order.
for (const name of ['ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
                    'ReadableByteStreamController', 'ReadableStreamDefaultController', 'TransformStream', 'TransformStreamDefaultController',
                    'WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController', 'ByteLengthQueuingStrategy',
                    'CountQueuingStrategy']) {
  defineInspection(web[name].prototype, name, views[name]);
  classes[name] = checked(name);
}

module.exports = { classes, defineInspection };
