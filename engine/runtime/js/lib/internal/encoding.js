// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// TextEncoder and TextDecoder. Older encodings are ICU's, as in Node.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { validateObject } = require('../../core/validators');
const { tag } = require('./event');
const { inspect } = require('./inspect');
const { types } = require('./types');
const { encodingOf } = require('./encoding-labels');
const { findEncoding } = require('./buffer-encodings');
const utf8 = require('./utf8');

const state = Symbol('kState');

function checkThis(value, name) {
  if (value === undefined || value === null || value[state] === undefined) throw new codes.ERR_INVALID_THIS(name);
  return value[state];
}

function hide(object, value) {
  Object.defineProperty(object, state, { value });
}

class TextEncoder {
  constructor() {
    hide(this, {});
  }

  get encoding() {
    checkThis(this, 'TextEncoder');
    return 'utf-8';
  }

  encode(input = '') {
    checkThis(this, 'TextEncoder');
    return utf8.encode(`${input}`);
  }

  encodeInto(source, target) {
    checkThis(this, 'TextEncoder');
    if (typeof source !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('src', 'string', source);
    if (!types.isUint8Array(target)) throw new codes.ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', target);
    let read = 0;
    let written = 0;
    for (const character of utf8.toWellFormed(source)) {
      const bytes = utf8.encode(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }

  [inspect.custom](depth, options) {
    checkThis(this, 'TextEncoder');
    if (typeof depth === 'number' && depth < 0) return this;
    return inspect({ encoding: this.encoding }, options);
  }
}

function bytesOf(input) {
  if (types.isAnyArrayBuffer(input)) return new Uint8Array(input);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  const error = new TypeError(
    'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
}

class Utf16Decoder {
  constructor(bigEndian) {
    this.bigEndian = bigEndian;
    this.reset();
  }

  reset() {
    this.byte = -1;
    this.lead = 0;
  }

  decode(bytes, fatal, flush) {
    let text = '';
    let wrong = false;
    const push = (unit) => {
      const isTrail = unit >= 0xdc00 && unit <= 0xdfff;
      if (this.lead !== 0) {
        const { lead } = this;
        this.lead = 0;
        if (isTrail) {
          text += String.fromCharCode(lead, unit);
          return;
        }
        wrong = true;
        text += '\ufffd';
      }
      if (unit >= 0xd800 && unit <= 0xdbff) {
        this.lead = unit;
      } else if (isTrail) {
        wrong = true;
        text += '\ufffd';
      } else {
        text += String.fromCharCode(unit);
      }
    };
    for (const byte of bytes) {
      if (this.byte === -1) {
        this.byte = byte;
        continue;
      }
      const unit = this.bigEndian ? (this.byte << 8) | byte : (byte << 8) | this.byte;
      this.byte = -1;
      push(unit);
    }
    if (flush && (this.byte !== -1 || this.lead !== 0)) {
      wrong = true;
      text += '\ufffd';
      this.reset();
    }
    return wrong && fatal ? undefined : text;
  }
}

const singleByteDecoder = {
  reset() {},
  // As in Node 20, bytes 0x80 to 0x9f stay control characters.
  decode: (bytes) => findEncoding('latin1').slice(bytes, 0, bytes.length),
};

class OlderDecoder {
  constructor(encoding) {
    this.encoding = encoding;
    this.reset();
  }

  reset() {
    this.rest = new Uint8Array(0);
  }

  decode(bytes, fatal, flush) {
    let all = bytes;
    if (this.rest.length > 0) {
      all = new Uint8Array(this.rest.length + bytes.length);
      all.set(this.rest);
      all.set(bytes, this.rest.length);
    }
    const decoded = binding.decodeBytes(this.encoding, all, fatal, flush);
    if (decoded === undefined) return undefined;
    this.rest = flush ? new Uint8Array(0) : all.slice(all.length - decoded[1]);
    return decoded[0];
  }
}

function makeDecoder(encoding) {
  switch (encoding) {
    case 'utf-8': return new utf8.Utf8Decoder();
    case 'utf-16le': case 'utf-16be': return new Utf16Decoder(encoding === 'utf-16be');
    case 'windows-1252': return singleByteDecoder;
    default: return new OlderDecoder(encoding);
  }
}

class TextDecoder {
  constructor(encoding = 'utf-8', options = {}) {
    const label = `${encoding}`;
    validateObject(options, 'options', { nullable: true, allowArray: true, allowFunction: true });
    const name = encodingOf(label);
    if (name === undefined) throw new codes.ERR_ENCODING_NOT_SUPPORTED(label);
    hide(this, {
      encoding: name,
      fatal: Boolean(options && options.fatal),
      ignoreBOM: Boolean(options && options.ignoreBOM),
      decoder: makeDecoder(name),
      streaming: false,
      bomSeen: false,
    });
  }

  get encoding() {
    return checkThis(this, 'TextDecoder').encoding;
  }

  get fatal() {
    return checkThis(this, 'TextDecoder').fatal;
  }

  get ignoreBOM() {
    return checkThis(this, 'TextDecoder').ignoreBOM;
  }

  decode(input = new Uint8Array(0), options = {}) {
    const own = checkThis(this, 'TextDecoder');
    const bytes = bytesOf(input);
    validateObject(options, 'options', { nullable: true, allowArray: true, allowFunction: true });
    const stream = Boolean(options && options.stream);
    if (!own.streaming) {
      own.decoder.reset();
      own.bomSeen = false;
    }
    own.streaming = stream;
    let text;
    // Most text comes whole and well-formed: the engine decodes it at once.
    if (!stream && own.encoding === 'utf-8' && own.decoder.needed === 0) text = utf8.decodeStrictly(bytes);
    if (text === undefined) text = own.decoder.decode(bytes, own.fatal, !stream);
    if (text === undefined) {
      own.decoder.reset();
      own.streaming = false;
      throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(own.encoding, undefined);
    }
    if (!own.ignoreBOM && !own.bomSeen && text.length > 0) {
      own.bomSeen = true;
      if (text[0] === '\ufeff' && own.encoding !== 'windows-1252') return text.slice(1);
    }
    return text;
  }

  [inspect.custom](depth, options) {
    checkThis(this, 'TextDecoder');
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = { encoding: this.encoding, fatal: this.fatal, ignoreBOM: this.ignoreBOM };
    return `TextDecoder ${inspect(shown, options)}`;
  }
}

for (const [Class, names] of [[TextEncoder, ['encode', 'encodeInto', 'encoding']],
                              [TextDecoder, ['decode', 'encoding', 'fatal', 'ignoreBOM']]]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
}

tag(TextEncoder, 'TextEncoder');
tag(TextDecoder, 'TextDecoder');

module.exports = { TextDecoder, TextEncoder };
