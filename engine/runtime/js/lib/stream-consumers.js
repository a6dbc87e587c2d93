// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// stream/consumers: all of a stream as one value.

const { Buffer } = require('./buffer');
const { Blob } = require('./internal/blob');

/** Collects the chunks of anything that can be iterated with `for await`. */
function collect(stream) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    const isAsync = typeof stream[Symbol.asyncIterator] === 'function';
    const iterator = isAsync ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]();
    const next = () => {
      Promise.resolve(iterator.next()).then(({ value, done }) => {
        if (done) {
          resolve(chunks);
          return;
        }
        chunks.push(value);
        next();
      }).catch(reject);
    };
    next();
  });
}

const bytes = (stream) => collect(stream).then((chunks) =>
  Buffer.concat(chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk))));
const text = (stream) => bytes(stream).then((buffer) => buffer.toString());

module.exports = {
  arrayBuffer: (stream) => bytes(stream).then((buffer) =>
    buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength)),
  blob: (stream) => collect(stream).then((chunks) => new Blob(chunks)),
  buffer: bytes,
  text,
  json: (stream) => text(stream).then(JSON.parse),
};
