// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// string_decoder: text out of pieces of bytes, holding back what a piece ends in the middle of.

const { codes } = require('../core/errors');
const { Buffer } = require('./buffer');
const { findEncoding } = require('./internal/buffer-encodings');

/** How many bytes at the end of `bytes` begin a character of UTF-8 that is not complete. */
function unfinishedUtf8(bytes) {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; ++back) {
    const byte = bytes[length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const size = byte >= 0xf0 && byte <= 0xf4 ? 4 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xc2 && byte < 0xe0 ? 2 : 1;
    return size <= back ? 0 : back;
  }
  return 0;
}

function unfinishedUtf16(bytes) {
  const odd = bytes.length % 2;
  const even = bytes.length - odd;
  const isLead = even >= 2 && bytes[even - 1] >= 0xd8 && bytes[even - 1] <= 0xdb;
  return odd + (isLead ? 2 : 0);
}

const unfinished = {
  utf8: unfinishedUtf8,
  utf16le: unfinishedUtf16,
  base64: (bytes) => bytes.length % 3,
  base64url: (bytes) => bytes.length % 3,
};

const held = Symbol('kHeld');

function StringDecoder(encoding) {
  const name = encoding === undefined || encoding === null || encoding === '' ? 'utf8' : encoding;
  const codec = findEncoding(name);
  if (codec === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  this.encoding = codec.name;
  Object.defineProperty(this, held, { value: Buffer.alloc(0), writable: true });
}

StringDecoder.prototype.write = function write(input) {
  if (typeof input === 'string') return input;
  if (!ArrayBuffer.isView(input)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], input);
  }
  const added = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  const bytes = this[held].length === 0 ? added : Buffer.concat([this[held], added]);
  const keep = unfinished[this.encoding] === undefined ? 0 : unfinished[this.encoding](bytes);
  this[held] = Buffer.from(bytes.subarray(bytes.length - keep));
  return bytes.toString(this.encoding, 0, bytes.length - keep);
};

StringDecoder.prototype.end = function end(input) {
  const text = input === undefined ? '' : this.write(input);
  let rest = this[held];
  this[held] = Buffer.alloc(0);
  if (this.encoding === 'utf16le') rest = rest.subarray(0, rest.length - rest.length % 2);
  return text + rest.toString(this.encoding);
};

StringDecoder.prototype.text = function text(input, offset) {
  this[held] = Buffer.alloc(0);
  return this.write(input.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastNeed: {
    get() {
      if (this[held].length === 0) return 0;
      if (this.encoding === 'utf8') {
        const first = this[held][0];
        return (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2) - this[held].length;
      }
      return this.encoding === 'utf16le' ? this[held].length % 2 === 1 ? 1 : 2 : 3 - this[held].length;
    },
    enumerable: true,
    configurable: true,
  },
  lastTotal: {
    get() {
      return this[held].length === 0 ? 0 : this.lastNeed + this[held].length;
    },
    enumerable: true,
    configurable: true,
  },
  lastChar: {
    get() {
      const result = Buffer.alloc(4);
      this[held].copy(result);
      return result;
    },
    enumerable: true,
    configurable: true,
  },
});

module.exports = { StringDecoder };
