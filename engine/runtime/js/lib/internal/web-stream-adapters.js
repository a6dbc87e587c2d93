// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's streams as Web Streams and the other way round (Readable.toWeb, Writable.fromWeb and their like).

const { AbortError, codes } = require('../../core/errors');
const { validateBoolean, validateObject } = require('../../core/validators');
const { Buffer } = require('../buffer');
const endOfStream = require('readable-stream/lib/internal/streams/end-of-stream');
const { destroyer } = require('readable-stream/lib/internal/streams/destroy');
const utils = require('readable-stream/lib/internal/streams/utils');
const { classes } = require('./web-streams');

const nothing = () => {};

function defer() {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
}

/** An early end is what a Web Stream calls an abort. */
function toAbort(error) {
  if (!error || error.code !== 'ERR_STREAM_PREMATURE_CLOSE') return error;
  return new AbortError(undefined, { cause: error });
}

/** `callback`, whose errors do not become rejections. */
function outsidePromise(callback) {
  return (error) => {
    try {
      callback(error);
    } catch (thrown) {
      process.nextTick(() => { throw thrown; });
    }
  };
}

// ------------------------------------------------------------------------------------------------------- Node's to Web

function toWebReadable(readable, options = {}) {
  if (!readable || typeof readable._readableState !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', readable);
  validateObject(options, 'options');
  if (utils.isDestroyed(readable) || !utils.isReadable(readable)) {
    const closed = new classes.ReadableStream();
    closed.cancel();
    return closed;
  }
  const { readableObjectMode: isObjectMode, readableHighWaterMark: highWaterMark } = readable;
  const strategy = options.strategy || (isObjectMode ? new classes.CountQueuingStrategy({ highWaterMark }) : { highWaterMark });
  let controller;
  let wasCanceled = false;
  function onData(chunk) {
    if (wasCanceled) return;
    // A Buffer may share its memory with others.
    controller.enqueue(Buffer.isBuffer(chunk) && !isObjectMode ? new Uint8Array(chunk) : chunk);
    if (controller.desiredSize <= 0) readable.pause();
  }
  readable.pause();
  const cleanUp = endOfStream(readable, (failure) => {
    const error = toAbort(failure);
    cleanUp();
    readable.on('error', nothing); // it was reported
    if (error) controller.error(error);
    else if (!wasCanceled) controller.close();
  });
  readable.on('data', onData);
  return new classes.ReadableStream({
    start(given) { controller = given; },
    pull() { readable.resume(); },
    cancel(reason) {
      wasCanceled = true;
      destroyer(readable, reason);
    },
  }, strategy);
}

function toWebWritable(writable) {
  if (!writable || typeof writable._writableState !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', writable);
  if (utils.isDestroyed(writable) || !utils.isWritable(writable)) {
    const closed = new classes.WritableStream();
    closed.close();
    return closed;
  }
  const highWaterMark = writable.writableHighWaterMark;
  const strategy = writable.writableObjectMode ? new classes.CountQueuingStrategy({ highWaterMark }) : { highWaterMark };
  let controller;
  let drained;
  let closing;
  const cleanUp = endOfStream(writable, (failure) => {
    const error = toAbort(failure);
    cleanUp();
    writable.on('error', nothing);
    if (error) {
      if (drained !== undefined) drained.reject(error);
      if (closing !== undefined) closing.reject(error);
      closing = undefined;
      controller.error(error);
    } else if (closing !== undefined) {
      closing.resolve();
      closing = undefined;
    } else {
      controller.error(new AbortError());
    }
  });
  writable.on('drain', () => { if (drained !== undefined) drained.resolve(); });
  return new classes.WritableStream({
    start(given) { controller = given; },
    write(chunk) {
      if (!writable.writableNeedDrain && writable.write(chunk)) return undefined;
      drained = defer();
      return drained.promise.finally(() => { drained = undefined; });
    },
    abort(reason) { destroyer(writable, reason); },
    close() {
      if (closing === undefined && !utils.isWritableEnded(writable)) writable.end();
      closing = defer();
      return closing.promise;
    },
  }, strategy);
}

function toWebPair(duplex) {
  if (!duplex || typeof duplex._readableState !== 'object' || typeof duplex._writableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  }
  if (utils.isDestroyed(duplex)) {
    const pair = { writable: new classes.WritableStream(), readable: new classes.ReadableStream() };
    pair.writable.close();
    pair.readable.cancel();
    return pair;
  }
  const writable = utils.isWritable(duplex) ? toWebWritable(duplex) : new classes.WritableStream();
  if (!utils.isWritable(duplex)) writable.close();
  const readable = utils.isReadable(duplex) ? toWebReadable(duplex) : new classes.ReadableStream();
  if (!utils.isReadable(duplex)) readable.cancel();
  return { writable, readable };
}

// ------------------------------------------------------------------------------------------------------- Web to Node's

function checkOptions(options) {
  validateObject(options, 'options');
  for (const name of ['objectMode', 'decodeStrings', 'allowHalfOpen']) {
    if (options[name] !== undefined) validateBoolean(options[name], `options.${name}`);
  }
  if (options.encoding !== undefined && !Buffer.isEncoding(options.encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.encoding', options.encoding);
  }
}

/** The methods of a Node stream that read from `source`, with what it knows of the end. */
function reading(source, getStream) {
  const reader = source.getReader();
  const side = { isClosed: false };
  side.read = () => {
    reader.read().then(({ done, value }) => getStream().push(done ? null : value), (error) => destroyer(getStream(), error));
  };
  side.cancel = (error) => reader.cancel(error);
  side.watch = () => {
    reader.closed.then(() => { side.isClosed = true; }, (error) => {
      side.isClosed = true;
      destroyer(getStream(), error);
    });
  };
  return side;
}

function toBytes(chunk, encoding, options) {
  if (typeof chunk !== 'string' || options.decodeStrings === false || options.objectMode) return chunk;
  const bytes = Buffer.from(chunk, encoding);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function writing(target, getStream, options) {
  const writer = target.getWriter();
  const side = { isClosed: false };
  const whenReady = (write, callback) => {
    const done = (error) => {
      try {
        callback(error);
      } catch (thrown) {
        process.nextTick(() => destroyer(getStream(), thrown));
      }
    };
    writer.ready.then(() => write().then(() => done(), done), done);
  };
  side.write = (chunk, encoding, callback) => whenReady(() => writer.write(toBytes(chunk, encoding, options)), callback);
  side.writev = (chunks, callback) =>
    whenReady(() => Promise.all(chunks.map(({ chunk, encoding }) => writer.write(toBytes(chunk, encoding, options)))), callback);
  side.final = (callback) => {
    const done = outsidePromise(callback);
    if (side.isClosed) done();
    else writer.close().then(() => done(), done);
  };
  side.abort = (error) => writer.abort(error);
  side.close = () => writer.close();
  side.watch = () => {
    writer.closed.then(() => {
      side.isClosed = true;
      if (!utils.isWritableEnded(getStream())) destroyer(getStream(), new codes.ERR_STREAM_PREMATURE_CLOSE());
    }, (error) => {
      side.isClosed = true;
      destroyer(getStream(), error);
    });
  };
  return side;
}

function fromWebReadable(source, options = {}) {
  if (!(source instanceof classes.ReadableStream)) throw new codes.ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', source);
  checkOptions(options);
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  const { Readable } = require('../stream');
  let readable;
  const side = reading(source, () => readable);
  readable = new Readable({
    highWaterMark, encoding, objectMode, signal,
    read: side.read,
    destroy(error, callback) {
      const done = outsidePromise(callback);
      if (side.isClosed) done(error);
      else side.cancel(error).then(() => done(error), () => done(error));
    },
  });
  side.watch();
  return readable;
}

function fromWebWritable(target, options = {}) {
  if (!(target instanceof classes.WritableStream)) throw new codes.ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', target);
  checkOptions(options);
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  const { Writable } = require('../stream');
  let writable;
  const side = writing(target, () => writable, { decodeStrings, objectMode });
  writable = new Writable({
    highWaterMark, decodeStrings, objectMode, signal,
    write: side.write, writev: side.writev, final: side.final,
    destroy(error, callback) {
      const done = outsidePromise(callback);
      if (side.isClosed) {
        done(error);
        return;
      }
      (error === null || error === undefined ? side.close() : side.abort(error)).then(() => done(error), () => done(error));
    },
  });
  side.watch();
  return writable;
}

function fromWebPair(pair = {}, options = {}) {
  validateObject(pair, 'pair');
  const { readable, writable } = pair;
  if (!(readable instanceof classes.ReadableStream)) throw new codes.ERR_INVALID_ARG_TYPE('pair.readable', 'ReadableStream', readable);
  if (!(writable instanceof classes.WritableStream)) throw new codes.ERR_INVALID_ARG_TYPE('pair.writable', 'WritableStream', writable);
  checkOptions(options);
  const { allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal } = options;
  const { Duplex } = require('../stream');
  let duplex;
  const output = writing(writable, () => duplex, { decodeStrings, objectMode });
  const input = reading(readable, () => duplex);
  duplex = new Duplex({
    allowHalfOpen, highWaterMark, objectMode, encoding, decodeStrings, signal,
    read: input.read, write: output.write, writev: output.writev, final: output.final,
    destroy(error, callback) {
      const done = outsidePromise(callback);
      const ends = [];
      if (!output.isClosed) ends.push(output.abort(error));
      if (!input.isClosed) ends.push(input.cancel(error));
      Promise.all(ends).then(() => done(error), () => done(error));
    },
  });
  output.watch();
  input.watch();
  return duplex;
}

/** Under the names by which the package readable-stream asks for them. */
module.exports = {
  newReadableStreamFromStreamReadable: toWebReadable,
  newWritableStreamFromStreamWritable: toWebWritable,
  newReadableWritablePairFromDuplex: toWebPair,
  newStreamReadableFromReadableStream: fromWebReadable,
  newStreamWritableFromWritableStream: fromWebWritable,
  newStreamDuplexFromReadableWritablePair: fromWebPair,
};
