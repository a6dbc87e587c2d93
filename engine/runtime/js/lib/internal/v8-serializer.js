// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// v8.Serializer: values as bytes, in the format of V8's ValueSerializer, version 15 (v8/src/objects/value-serializer.cc lists the tags).

const { Buffer } = require('../buffer');
const { codes } = require('../../core/errors');
const { isBigInt } = require('../../core/type-of');
const { types } = require('./types');

const formatVersion = 15;
const errorPrototypes = { EvalError: 'E', RangeError: 'R', ReferenceError: 'F', SyntaxError: 'S', TypeError: 'T', URIError: 'U' };
const regExpFlags = ['g', 'i', 'm', 'y', 'u', 's', '', 'd', 'v']; // by bit

/** What V8 calls a value that it cannot clone. */
function describe(value) {
  if (typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return Function.prototype.toString.call(value);
  const { constructor } = value;
  return `#<${typeof constructor === 'function' && constructor.name ? constructor.name : 'Object'}>`;
}

class ByteWriter {
  constructor() {
    this.bytes = Buffer.alloc(64);
    this.length = 0;
  }

  reserve(count) {
    if (this.length + count > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(this.bytes.length * 2, this.length + count));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.length += count;
    return this.length - count;
  }

  byte(value) {
    const place = this.reserve(1);
    this.bytes[place] = value;
  }

  tag(character) {
    this.byte(character.charCodeAt(0));
  }

  varint(value) {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) + 0x80);
    this.byte(rest);
  }

  double(value) {
    const place = this.reserve(8);
    this.bytes.writeDoubleLE(value, place);
  }

  raw(data) {
    const place = this.reserve(data.length);
    this.bytes.set(data, place);
  }
}

const isOneByte = (text) => !/[^\u0000-\u00ff]/.test(text); // eslint-disable-line no-control-regex

function writeString(writer, text) {
  if (isOneByte(text)) {
    writer.tag('"');
    writer.varint(text.length);
    writer.raw(Buffer.from(text, 'latin1'));
    return;
  }
  const size = text.length * 2;
  let lengthBytes = 1;
  for (let rest = size; rest >= 0x80; rest = Math.floor(rest / 0x80)) ++lengthBytes;
  if ((writer.length + 1 + lengthBytes) % 2 !== 0) writer.byte(0); // the characters are aligned
  writer.tag('c');
  writer.varint(size);
  writer.raw(Buffer.from(text, 'utf16le'));
}

// Without operators on BigInts: the library is compiled without them.
function writeBigInt(writer, value) {
  const text = value.toString(16);
  const isNegative = text[0] === '-';
  const hex = text === '0' ? '' : text.slice(isNegative ? 1 : 0);
  const size = Math.ceil(hex.length / 16) * 8;
  writer.varint(size * 2 + (isNegative ? 1 : 0));
  writer.raw(Buffer.from(hex.padStart(size * 2, '0'), 'hex').reverse());
}

function writeNumber(writer, value) {
  if (Number.isInteger(value) && !Object.is(value, -0) && value === (value | 0)) {
    writer.tag('I');
    writer.varint(value < 0 ? -value * 2 - 1 : value * 2);
  } else {
    writer.tag('N');
    writer.double(value);
  }
}

const writerOf = Symbol('writer');
const seenOf = Symbol('seen');
const transfersOf = Symbol('transfers');
const viewsAreHostObjects = Symbol('viewsAreHostObjects');

function refuse(serializer, value) {
  throw new serializer._getDataCloneError(`${describe(value)} could not be cloned.`);
}

function writeProperties(serializer, object, names, end) {
  const writer = serializer[writerOf];
  let count = 0;
  for (const name of names) {
    if (!Object.prototype.propertyIsEnumerable.call(object, name)) continue;
    const index = Number(name);
    if (String(index) === name && Number.isInteger(index) && index >= 0 && index < 2 ** 32 - 1) writeNumber(writer, index);
    else writeString(writer, name);
    serializer.writeValue(object[name]);
    ++count;
  }
  writer.tag(end);
  writer.varint(count);
}

function writeArray(serializer, array) {
  const writer = serializer[writerOf];
  const names = Object.keys(array);
  const isDense = names.length >= array.length && names.slice(0, array.length).every((name, i) => name === String(i));
  writer.tag(isDense ? 'A' : 'a');
  writer.varint(array.length);
  if (isDense) for (let i = 0; i < array.length; ++i) serializer.writeValue(array[i]);
  writeProperties(serializer, array, isDense ? names.slice(array.length) : names, isDense ? '$' : '@');
  writer.varint(array.length);
}

function writeError(serializer, error) {
  const writer = serializer[writerOf];
  const own = (name) => Object.getOwnPropertyDescriptor(error, name);
  writer.tag('r');
  const prototype = errorPrototypes[error.name];
  if (prototype !== undefined) writer.tag(prototype);
  if (own('message') !== undefined) {
    writer.tag('m');
    writeString(writer, String(error.message));
  }
  if (own('cause') !== undefined) {
    writer.tag('c');
    serializer.writeValue(error.cause);
  }
  if (typeof error.stack === 'string') {
    writer.tag('s');
    writeString(writer, error.stack);
  }
  writer.tag('.');
}

function writeBuffer(serializer, buffer) {
  const writer = serializer[writerOf];
  const transfer = serializer[transfersOf].get(buffer);
  if (transfer !== undefined) {
    writer.tag('t');
    writer.varint(transfer);
    return;
  }
  writer.tag('B');
  writer.varint(buffer.byteLength);
  writer.raw(new Uint8Array(buffer));
}

function writeBoxed(serializer, object) {
  const writer = serializer[writerOf];
  const value = object.valueOf();
  if (typeof value === 'boolean') {
    writer.tag(value ? 'y' : 'x');
  } else if (typeof value === 'string') {
    writer.tag('s');
    writeString(writer, value);
  } else if (isBigInt(value)) {
    writer.tag('z');
    writeBigInt(writer, value);
  } else if (typeof value === 'number') {
    writer.tag('n');
    writer.double(value);
  } else {
    refuse(serializer, object);
  }
}

function writeCollection(serializer, collection, begin, end) {
  const writer = serializer[writerOf];
  writer.tag(begin);
  const items = [];
  for (const item of collection) items.push(...(begin === ';' ? item : [item]));
  for (const item of items) serializer.writeValue(item);
  writer.tag(end);
  writer.varint(items.length);
}

function writeRegExp(serializer, { source, flags }) {
  const writer = serializer[writerOf];
  writer.tag('R');
  writeString(writer, source);
  writer.varint(Array.from(flags).reduce((bits, flag) => bits + 2 ** regExpFlags.indexOf(flag), 0));
}

function writeHost(serializer, object) {
  serializer[writerOf].tag('\\');
  if (typeof serializer._writeHostObject !== 'function') throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_writeHostObject');
  serializer._writeHostObject(object);
}

/** A view: its buffer first, then where it lies in it. */
function writeView(serializer, view) {
  const writer = serializer[writerOf];
  const tags = { Int8Array: 'b', Uint8Array: 'B', Uint8ClampedArray: 'C', Int16Array: 'w', Uint16Array: 'W', Int32Array: 'd', Uint32Array: 'D',
                 Float32Array: 'f', Float64Array: 'F', BigInt64Array: 'q', BigUint64Array: 'Q', DataView: '?' };
  if (!serializer[seenOf].has(view.buffer)) serializer.writeValue(view.buffer);
  writer.tag('V');
  writer.tag(tags[Object.prototype.toString.call(view).slice(8, -1)]);
  writer.varint(view.byteOffset);
  writer.varint(view.byteLength);
  writer.varint(0); // flags: neither tracks a length nor is backed by a resizable buffer
}

function writeObject(serializer, object) {
  const writer = serializer[writerOf];
  if (ArrayBuffer.isView(object)) {
    if (serializer[viewsAreHostObjects]) writeHost(serializer, object);
    else writeView(serializer, object);
    return;
  }
  if (Array.isArray(object)) writeArray(serializer, object);
  else if (types.isDate(object)) {
    writer.tag('D');
    writer.double(object.getTime());
  } else if (types.isBoxedPrimitive(object)) writeBoxed(serializer, object);
  else if (types.isRegExp(object)) writeRegExp(serializer, object);
  else if (types.isMap(object)) writeCollection(serializer, object, ';', ':');
  else if (types.isSet(object)) writeCollection(serializer, object, "'", ',');
  else if (types.isArrayBuffer(object)) writeBuffer(serializer, object);
  else if (types.isNativeError(object)) writeError(serializer, object);
  else if (types.isWeakMap(object) || types.isWeakSet(object) || types.isPromise(object) || types.isProxy(object) || types.isSharedArrayBuffer(object) ||
    types.isGeneratorObject(object)) {
    refuse(serializer, object);
  } else {
    writer.tag('o');
    writeProperties(serializer, object, Object.keys(object), '{');
  }
}

/** As Node's C++ says it. */
function calledWithoutNew(name) {
  return Object.assign(new TypeError(`Class constructor ${name} cannot be invoked without 'new'`), { code: 'ERR_CONSTRUCT_CALL_REQUIRED' });
}

function Serializer() {
  if (new.target === undefined) throw calledWithoutNew('Serializer');
  const hide = (name, value) => Object.defineProperty(this, name, { value, writable: true });
  hide(writerOf, new ByteWriter());
  hide(seenOf, new Map());
  hide(transfersOf, new Map());
  hide(viewsAreHostObjects, false);
}

Object.assign(Serializer.prototype, {
  writeHeader() {
    this[writerOf].byte(0xff);
    this[writerOf].varint(formatVersion);
  },
  writeValue(value) {
    const writer = this[writerOf];
    if (value === undefined || value === null) writer.tag(value === null ? '0' : '_');
    else if (typeof value === 'boolean') writer.tag(value ? 'T' : 'F');
    else if (typeof value === 'number') writeNumber(writer, value);
    else if (typeof value === 'string') writeString(writer, value);
    else if (isBigInt(value)) {
      writer.tag('Z');
      writeBigInt(writer, value);
    } else if (typeof value !== 'object') refuse(this, value);
    else if (this[seenOf].has(value)) {
      writer.tag('^');
      writer.varint(this[seenOf].get(value));
    } else {
      // A view comes after its buffer, and so does its number.
      if (ArrayBuffer.isView(value) && !this[viewsAreHostObjects] && !this[seenOf].has(value.buffer)) this.writeValue(value.buffer);
      this[seenOf].set(value, this[seenOf].size);
      writeObject(this, value);
    }
    return true;
  },
  releaseBuffer() {
    const writer = this[writerOf];
    const buffer = Buffer.from(new Uint8Array(writer.bytes.subarray(0, writer.length)).buffer); // of its own
    this[writerOf] = new ByteWriter();
    return buffer;
  },
  transferArrayBuffer(id, arrayBuffer) {
    this[transfersOf].set(arrayBuffer, id);
  },
  writeUint32(value) {
    this[writerOf].varint(value >>> 0);
  },
  writeUint64(high, low) {
    let [upper, lower] = [high >>> 0, low >>> 0];
    for (; upper > 0 || lower >= 0x80; upper >>>= 7) {
      this[writerOf].byte((lower & 0x7f) | 0x80);
      lower = ((lower >>> 7) | (upper << 25)) >>> 0;
    }
    this[writerOf].byte(lower);
  },
  writeDouble(value) {
    this[writerOf].double(Number(value));
  },
  writeRawBytes(source) {
    if (!ArrayBuffer.isView(source) && !types.isAnyArrayBuffer(source)) {
      throw Object.assign(new TypeError('source must be a TypedArray or a DataView'), { code: 'ERR_INVALID_ARG_TYPE' });
    }
    this[writerOf].raw(ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source));
  },
  _setTreatArrayBufferViewsAsHostObjects(mode) {
    this[viewsAreHostObjects] = Boolean(mode);
  },
});
// Apart: in a literal with methods V4 would give Error this property's name.
Serializer.prototype._getDataCloneError = Error;

module.exports = { Serializer, calledWithoutNew, formatVersion, regExpFlags };
