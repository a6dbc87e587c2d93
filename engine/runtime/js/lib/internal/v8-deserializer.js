// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// v8.Deserializer: reads what v8.Serializer writes.

const { Buffer } = require('../buffer');
const { codes } = require('../../core/errors');
const { calledWithoutNew, formatVersion, regExpFlags } = require('./v8-serializer');

const stateOf = Symbol('state');
const failure = () => new Error('Unable to deserialize cloned data.');

class ByteReader {
  constructor(buffer) {
    this.bytes = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    this.offset = 0;
    this.version = 0;
  }

  take(count) {
    if (this.offset + count > this.bytes.length) throw failure();
    this.offset += count;
    return this.offset - count;
  }

  byte() {
    return this.bytes[this.take(1)];
  }

  /** The next tag, behind padding. */
  tag() {
    let tag = this.byte();
    while (tag === 0) tag = this.byte();
    return String.fromCharCode(tag);
  }

  peekTag() {
    const { offset } = this;
    const tag = this.tag();
    this.offset = offset;
    return tag;
  }

  varint() {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      factor *= 0x80;
      if (byte < 0x80) return value;
    }
  }

  double() {
    return this.bytes.readDoubleLE(this.take(8));
  }

  text(encoding) {
    const size = this.varint();
    const start = this.take(size);
    return this.bytes.toString(encoding, start, start + size);
  }

  string() {
    const tag = this.tag();
    if (tag === '"') return this.text('latin1');
    if (tag === 'c') return this.text('utf16le');
    if (tag === 'S') return this.text('utf8');
    throw failure();
  }

  bigInt() {
    const bits = this.varint();
    const size = Math.floor(bits / 2) % 2 ** 30;
    const start = this.take(size);
    const digits = Buffer.from(this.bytes.subarray(start, start + size)).reverse();
    if (bits % 2 === 0 || size === 0) return BigInt(`0x${digits.toString('hex') || '0'}`);
    // Two's complement, as the library is compiled without operators on BigInts.
    let carry = 1;
    for (let i = size - 1; i >= 0; --i) {
      const byte = (digits[i] ^ 0xff) + carry;
      digits[i] = byte;
      carry = byte >> 8;
    }
    return BigInt.asIntN(size * 8 + 8, BigInt(`0x${carry === 1 ? '00' : 'ff'}${digits.toString('hex')}`));
  }
}

const viewsByTag = {
  b: Int8Array, B: Uint8Array, C: Uint8ClampedArray, w: Int16Array, W: Uint16Array, d: Int32Array, D: Uint32Array, f: Float32Array, F: Float64Array, '?': DataView,
};

/** Gives the object its number before its parts are read, which may name it. */
function remember(state, object) {
  state.objects.push(object);
  return object;
}

function readProperties(deserializer, object, end) {
  const { reader } = deserializer[stateOf];
  let count = 0;
  while (reader.peekTag() !== end) {
    const key = readValue(deserializer);
    Object.defineProperty(object, key, { value: readValue(deserializer), writable: true, enumerable: true, configurable: true });
    ++count;
  }
  reader.tag();
  if (reader.varint() !== count) throw failure();
  return object;
}

function readDense(deserializer) {
  const state = deserializer[stateOf];
  const length = state.reader.varint();
  if (length > state.reader.bytes.length) throw failure();
  const array = remember(state, new Array(length));
  for (let i = 0; i < length; ++i) {
    if (state.reader.peekTag() === '-') state.reader.tag();
    else array[i] = readValue(deserializer);
  }
  readProperties(deserializer, array, '$');
  if (state.reader.varint() !== length) throw failure();
  return array;
}

function readSparse(deserializer) {
  const state = deserializer[stateOf];
  const array = remember(state, []);
  array.length = state.reader.varint();
  readProperties(deserializer, array, '@');
  state.reader.varint();
  return array;
}

function readCollection(deserializer, collection, end, take) {
  const state = deserializer[stateOf];
  remember(state, collection);
  let count = 0;
  while (state.reader.peekTag() !== end) {
    const first = readValue(deserializer);
    count += take(first);
  }
  state.reader.tag();
  if (state.reader.varint() !== count) throw failure();
  return collection;
}

const errorsByTag = { E: EvalError, R: RangeError, F: ReferenceError, S: SyntaxError, T: TypeError, U: URIError };

function readError(deserializer) {
  const state = deserializer[stateOf];
  const number = state.objects.push(undefined) - 1;
  let Class = Error;
  const parts = {};
  for (let tag = state.reader.tag(); tag !== '.'; tag = state.reader.tag()) {
    if (errorsByTag[tag] !== undefined) Class = errorsByTag[tag];
    else if (tag === 'm') parts.message = state.reader.string();
    else if (tag === 'c') parts.cause = readValue(deserializer);
    else if (tag === 's') parts.stack = state.reader.string();
    else throw failure();
  }
  const error = parts.message === undefined ? new Class() : new Class(parts.message);
  for (const name of ['cause', 'stack']) {
    if (name in parts) Object.defineProperty(error, name, { value: parts[name], writable: true, configurable: true, enumerable: false });
  }
  state.objects[number] = error;
  return error;
}

function readBuffer(deserializer) {
  const state = deserializer[stateOf];
  const size = state.reader.varint();
  const start = state.reader.take(size);
  const copy = new ArrayBuffer(size);
  new Uint8Array(copy).set(state.reader.bytes.subarray(start, start + size));
  remember(state, copy);
  return readViewOf(deserializer, copy);
}

/** A view follows the buffer that it is of. */
function readViewOf(deserializer, buffer) {
  const state = deserializer[stateOf];
  const { reader } = state;
  if (reader.offset >= reader.bytes.length || reader.peekTag() !== 'V') return buffer;
  reader.tag();
  const View = viewsByTag[reader.tag()];
  const offset = reader.varint();
  const size = reader.varint();
  if (state.reader.version >= 14) reader.varint();
  if (View === undefined || offset + size > buffer.byteLength) throw failure();
  return remember(state, new View(buffer, offset, size / (View.BYTES_PER_ELEMENT || 1)));
}

const readers = {
  _: () => undefined,
  0: () => null,
  T: () => true,
  F: () => false,
  I(deserializer) {
    const value = deserializer[stateOf].reader.varint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  },
  U: (deserializer) => deserializer[stateOf].reader.varint(),
  N: (deserializer) => deserializer[stateOf].reader.double(),
  Z: (deserializer) => deserializer[stateOf].reader.bigInt(),
  '"': (deserializer) => deserializer[stateOf].reader.text('latin1'),
  c: (deserializer) => deserializer[stateOf].reader.text('utf16le'),
  S: (deserializer) => deserializer[stateOf].reader.text('utf8'),
  '^'(deserializer) {
    const { objects, reader } = deserializer[stateOf];
    const number = reader.varint();
    if (number >= objects.length) throw failure();
    return readViewOf(deserializer, objects[number]);
  },
  o: (deserializer) => readProperties(deserializer, remember(deserializer[stateOf], {}), '{'),
  A: readDense,
  a: readSparse,
  D: (deserializer) => remember(deserializer[stateOf], new Date(deserializer[stateOf].reader.double())),
  y: (deserializer) => remember(deserializer[stateOf], Object(true)),
  x: (deserializer) => remember(deserializer[stateOf], Object(false)),
  n: (deserializer) => remember(deserializer[stateOf], Object(deserializer[stateOf].reader.double())),
  z: (deserializer) => remember(deserializer[stateOf], Object(deserializer[stateOf].reader.bigInt())),
  s: (deserializer) => remember(deserializer[stateOf], Object(deserializer[stateOf].reader.string())),
  R(deserializer) {
    const { reader } = deserializer[stateOf];
    const source = reader.string();
    const bits = reader.varint();
    return remember(deserializer[stateOf], new RegExp(source, regExpFlags.filter((flag, i) => Math.floor(bits / 2 ** i) % 2 === 1).join('')));
  },
  ';'(deserializer) {
    const map = new Map();
    return readCollection(deserializer, map, ':', (key) => {
      map.set(key, readValue(deserializer));
      return 2;
    });
  },
  "'"(deserializer) {
    const set = new Set();
    return readCollection(deserializer, set, ',', (value) => {
      set.add(value);
      return 1;
    });
  },
  B: readBuffer,
  t(deserializer) {
    const { reader, transfers } = deserializer[stateOf];
    const buffer = transfers.get(reader.varint());
    if (buffer === undefined) throw failure();
    remember(deserializer[stateOf], buffer);
    return readViewOf(deserializer, buffer);
  },
  r: readError,
  '\\'(deserializer) {
    if (typeof deserializer._readHostObject !== 'function') throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_readHostObject');
    const state = deserializer[stateOf];
    const number = state.objects.push(undefined) - 1;
    const object = deserializer._readHostObject();
    state.objects[number] = object;
    return object;
  },
};

function readValue(deserializer) {
  const read = readers[deserializer[stateOf].reader.tag()];
  if (read === undefined) throw failure();
  return read(deserializer);
}

function Deserializer(buffer) {
  if (new.target === undefined) throw calledWithoutNew('Deserializer');
  if (!ArrayBuffer.isView(buffer)) throw Object.assign(new TypeError('buffer must be a TypedArray or a DataView'), { code: 'ERR_INVALID_ARG_TYPE' });
  this.buffer = buffer;
  Object.defineProperty(this, stateOf, { value: { reader: new ByteReader(buffer), objects: [], transfers: new Map() } });
}

Object.assign(Deserializer.prototype, {
  readHeader() {
    const { reader } = this[stateOf];
    const invalid = new Error('Unable to deserialize cloned data due to invalid or unsupported version.');
    if (reader.bytes[0] !== 0xff || reader.bytes.length < 2) throw invalid;
    reader.take(1);
    reader.version = reader.varint();
    if (reader.version > formatVersion) throw invalid;
    return true;
  },
  readValue() {
    return readValue(this);
  },
  getWireFormatVersion() {
    return this[stateOf].reader.version;
  },
  transferArrayBuffer(id, arrayBuffer) {
    this[stateOf].transfers.set(id, arrayBuffer);
  },
  readUint32() {
    return this[stateOf].reader.varint();
  },
  readUint64() {
    let high = 0;
    let low = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this[stateOf].reader.byte();
      const part = byte & 0x7f;
      if (shift < 32) low |= part << shift;
      if (shift > 25) high |= shift < 32 ? part >>> (32 - shift) : part << (shift - 32);
      if (byte < 0x80) return [high >>> 0, low >>> 0];
    }
  },
  readDouble() {
    return this[stateOf].reader.double();
  },
  _readRawBytes(length) {
    return this[stateOf].reader.take(length);
  },
  readRawBytes(length) {
    const offset = this._readRawBytes(length);
    return Buffer.from(this.buffer.buffer, this.buffer.byteOffset + offset, length);
  },
});

module.exports = { Deserializer };
