// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// UTF-8 as the Encoding Standard wants it; what comes in pieces is decoded here.

const { buffers } = require('../../core/binding');

const surrogates = /[\ud800-\udfff]/;

/** Replaces lone surrogates by U+FFFD. */
function toWellFormed(text) {
  if (!surrogates.test(text)) return text;
  let result = '';
  let last = 0;
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    if (code < 0xd800 || code > 0xdfff) continue;
    const next = code < 0xdc00 && i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
    if (next >= 0xdc00 && next <= 0xdfff) {
      ++i;
      continue;
    }
    result += `${text.slice(last, i)}\ufffd`;
    last = i + 1;
  }
  return result + text.slice(last);
}

/** A new Uint8Array with the text in UTF-8. */
const encode = (text) => new Uint8Array(buffers.encode(text));

/** Decoder that keeps an unfinished sequence between calls. */
class Utf8Decoder {
  constructor() {
    this.reset();
  }

  reset() {
    this.codePoint = 0;
    this.needed = 0;
    this.seen = 0;
    this.lower = 0x80;
    this.upper = 0xbf;
  }

  begin(byte) {
    if (byte >= 0xc2 && byte <= 0xdf) {
      this.needed = 1;
      this.codePoint = byte & 0x1f;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      if (byte === 0xe0) this.lower = 0xa0;
      if (byte === 0xed) this.upper = 0x9f;
      this.needed = 2;
      this.codePoint = byte & 0x0f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      if (byte === 0xf0) this.lower = 0x90;
      if (byte === 0xf4) this.upper = 0x8f;
      this.needed = 3;
      this.codePoint = byte & 0x07;
    } else {
      return false;
    }
    return true;
  }

  /** Returns the text; undefined as soon as something is wrong, when `fatal`. */
  decode(bytes, fatal, flush) {
    let text = '';
    let units = [];
    const push = (codePoint) => {
      if (codePoint > 0xffff) units.push(0xd7c0 + (codePoint >> 10), 0xdc00 + (codePoint & 0x3ff));
      else units.push(codePoint);
      if (units.length > 4096) {
        text += String.fromCharCode.apply(null, units);
        units = [];
      }
    };
    for (let i = 0; i < bytes.length; ++i) {
      const byte = bytes[i];
      if (this.needed === 0) {
        if (byte < 0x80) {
          push(byte);
        } else if (!this.begin(byte)) {
          if (fatal) return undefined;
          push(0xfffd);
        }
        continue;
      }
      if (byte < this.lower || byte > this.upper) {
        if (fatal) return undefined;
        this.reset();
        push(0xfffd);
        --i;
        continue;
      }
      this.lower = 0x80;
      this.upper = 0xbf;
      this.codePoint = (this.codePoint << 6) | (byte & 0x3f);
      if (++this.seen === this.needed) {
        push(this.codePoint);
        this.reset();
      }
    }
    if (flush && this.needed !== 0) {
      if (fatal) return undefined;
      this.reset();
      push(0xfffd);
    }
    return text + String.fromCharCode.apply(null, units);
  }
}

/** Decodes all of it, with replacement characters. A byte order mark stays. */
const decode = (bytes) => buffers.decode(bytes);

/** Decodes all of it; undefined when it is not well-formed. */
const decodeStrictly = (bytes) => buffers.decodeStrictly(bytes);

module.exports = { Utf8Decoder, decode, decodeStrictly, encode, toWellFormed };
