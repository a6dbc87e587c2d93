// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's own streams, as the package readable-stream publishes them.

const { AbortError } = require('../core/errors');
const { deprecate } = require('./internal/promisify');
// Before the classes are made.
require('./internal/stream-errors');
require('./internal/stream-construct');
module.exports = require('readable-stream/lib/stream.js');
// V4 takes the name by which an object literal of the package calls it for its own.
Object.defineProperty(Set, 'name', { value: 'Set', configurable: true });

const stream = module.exports;

/** Two duplex streams: what is written to one is read from the other. */
function duplexPair(options) {
  const sides = [];
  const make = (index) => {
    const side = new stream.Duplex(Object.assign({}, options, {
      read() {
        const { waiting } = side;
        side.waiting = undefined;
        if (waiting !== undefined) waiting();
      },
      write(chunk, encoding, callback) {
        const other = sides[1 - index];
        if (chunk.length === 0) {
          process.nextTick(callback);
          return;
        }
        other.push(chunk);
        other.waiting = callback;
      },
      final(callback) {
        const other = sides[1 - index];
        other.on('end', callback);
        other.push(null);
      },
    }));
    Object.defineProperty(side, 'waiting', { value: undefined, writable: true });
    return side;
  };
  sides.push(make(0), make(1));
  return sides;
}

// What the package asks of a chunk; Node 20 takes any view.
stream.Stream._isUint8Array = ArrayBuffer.isView;
stream.Stream._isArrayBufferView = ArrayBuffer.isView;

const { asIndexedPairs } = stream.Readable.prototype;
Object.defineProperty(stream.Readable.prototype, 'asIndexedPairs', {
  value: deprecate(asIndexedPairs, 'readable.asIndexedPairs will be removed in a future version.'), writable: true, configurable: true,
});

if (Symbol.asyncDispose !== undefined) {
  stream.Writable.prototype[Symbol.asyncDispose] = function () {
    return new Promise((resolve, reject) => {
      if (!this.destroyed) this.destroy(this.writableFinished ? null : new AbortError());
      stream.finished(this, (error) => (error && error.name !== 'AbortError' ? reject(error) : resolve(null)));
    });
  };
}

if (stream.duplexPair === undefined) stream.duplexPair = duplexPair;

// The package leaves these to Node; they load the Web Streams.
const adapters = () => require('./internal/web-stream-adapters');
stream.Readable.fromWeb = (readable, options) => adapters().newStreamReadableFromReadableStream(readable, options);
stream.Readable.toWeb = (readable, options) => adapters().newReadableStreamFromStreamReadable(readable, options);
stream.Writable.fromWeb = (writable, options) => adapters().newStreamWritableFromWritableStream(writable, options);
stream.Writable.toWeb = (writable) => adapters().newWritableStreamFromStreamWritable(writable);
stream.Duplex.fromWeb = (pair, options) => adapters().newStreamDuplexFromReadableWritablePair(pair, options);
stream.Duplex.toWeb = (duplex) => adapters().newReadableWritablePairFromDuplex(duplex);
