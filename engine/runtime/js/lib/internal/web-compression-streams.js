// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// CompressionStream and DecompressionStream: zlib's streams as web streams.

const { codes } = require('../../core/errors');
const { newReadableWritablePairFromDuplex } = require('./web-stream-adapters');
const { defineInspection } = require('./web-streams');

const pairOf = Symbol('kTransform');

function check(self, Class) {
  if (!(self instanceof Class)) throw new codes.ERR_INVALID_THIS(Class.name);
  return self[pairOf];
}

function makeClass(name, makers) {
  const Class = {
    [name]: class {
      constructor(format) {
        if (makers[format] === undefined) throw new codes.ERR_INVALID_ARG_VALUE('format', format);
        this[pairOf] = newReadableWritablePairFromDuplex(require('../zlib')[makers[format]]());
      }

      get readable() {
        return check(this, Class).readable;
      }

      get writable() {
        return check(this, Class).writable;
      }
    },
  }[name];
  for (const property of ['readable', 'writable']) Object.defineProperty(Class.prototype, property, { enumerable: true });
  defineInspection(Class.prototype, name, (self) => ({ readable: check(self, Class).readable, writable: check(self, Class).writable }));
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
  return Class;
}

module.exports = {
  CompressionStream: makeClass('CompressionStream', { deflate: 'createDeflate', 'deflate-raw': 'createDeflateRaw', gzip: 'createGzip' }),
  DecompressionStream: makeClass('DecompressionStream', { deflate: 'createInflate', 'deflate-raw': 'createInflateRaw', gzip: 'createGunzip' }),
};
