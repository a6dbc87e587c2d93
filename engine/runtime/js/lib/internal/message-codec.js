// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The structured clone algorithm of the HTML Standard (section 2.7) in its two steps, for messages between loops, whose
// heaps share nothing: a value becomes a flat list of primitives and buffers, which C++ carries over, and a value again.
//
// In the list a number is a tag; what it stands for follows. Texts, booleans, null and undefined stand for themselves.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { isBigInt } = require('../../core/type-of');
const { DOMException } = require('./dom-exception');
const { checkedTransfers, messageSymbol, notCloneable, transferList, transferSymbol } = require('./structured-clone');
const { types, typedArrayTag } = require('./types');

const { loops } = binding;
const hasOwn = Object.prototype.hasOwnProperty;
const errorTypes = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const viewTypes = Function('return this')();

const tag = {
  end: 0, // of the pairs of an object or array, the items of a map or set
  number: 1,
  bigInt: 2,
  object: 3, // key, value, key, value..., end
  array: 4, // length, key, value..., end
  list: 5, // an array without gaps or names: length, values
  same: 6, // an object met before, by its number
  boxed: 7, // the primitive in it
  date: 8,
  regExp: 9, // source, flags
  map: 10,
  set: 11,
  buffer: 12,
  shared: 13,
  dataView: 14, // buffer, offset, length
  typedArray: 15, // class, buffer, offset, length
  error: 16, // class, message, stack, cause, each after whether it has one
  port: 17, // which of those that come with the message
  platform: 18, // name, value
};

/** Objects of the platform, made anew from what their messageSymbol gave. */
const platform = {
  Blob: ({ bytes, type }) => new (require('./blob').Blob)([bytes], { type }),
  KeyObject: ({ type, bytes }) => (type === 'secret' ? require('./crypto-key-object').makeSecretKey(bytes) : require('./crypto-keys').makeKey(type, bytes)),
};

class Encoder {
  /** `moving`: what is transferred; without it, every port that is met is. */
  constructor(moving) {
    this.parts = [];
    this.memory = new Map();
    this.moving = moving === undefined ? new Set() : moving;
    this.takesPorts = moving === undefined;
    this.ports = [...this.moving].filter((item) => !types.isArrayBuffer(item));
  }

  write(value) {
    const { parts } = this;
    switch (typeof value) {
      case 'number':
        parts.push(tag.number, value);
        return;
      case 'symbol':
      case 'function':
        throw notCloneable(value);
      case 'object':
        if (value === null) parts.push(null);
        else if (isBigInt(value)) parts.push(tag.bigInt, String(value));
        else this.writeObject(value);
        return;
      default:
        parts.push(value);
    }
  }

  writeObject(value) {
    const known = this.memory.get(value);
    if (known !== undefined) {
      this.parts.push(tag.same, known);
      return;
    }
    this.memory.set(value, this.memory.size);
    const name = loops.className(value);
    if (Array.isArray(value) && name === 'ArrayObject') this.writeArray(value);
    else if (name === 'Object' && typeof value[transferSymbol] !== 'function' && value[messageSymbol] === undefined) this.writePairs(tag.object, value);
    else this.writeSpecial(value);
  }

  writeArray(value) {
    const { length } = value;
    if (Object.keys(value).length === length) {
      this.parts.push(tag.list, length);
      for (let index = 0; index < length; ++index) this.write(value[index]);
      return;
    }
    this.writePairs(tag.array, value, length);
  }

  writePairs(kind, value, ...first) {
    this.parts.push(kind, ...first);
    for (const key of Object.keys(value)) {
      // A getter may have removed a later key.
      if (!hasOwn.call(value, key)) continue;
      this.parts.push(key);
      this.write(value[key]);
    }
    this.parts.push(tag.end);
  }

  writeSpecial(value) {
    const { parts } = this;
    const refuse = () => new DOMException(`#<${(value.constructor && value.constructor.name) || 'Object'}> could not be cloned.`, 'DataCloneError');
    if (types.isProxy(value)) throw new DOMException('#<Object> could not be cloned.', 'DataCloneError');
    if (typeof value[transferSymbol] === 'function') this.writePort(value);
    else if (typeof value[messageSymbol] === 'function') this.writePlatform(value);
    else if (types.isBooleanObject(value)) this.writeBoxed(Boolean.prototype.valueOf.call(value));
    else if (types.isNumberObject(value)) this.writeBoxed(Number.prototype.valueOf.call(value));
    else if (types.isStringObject(value)) this.writeBoxed(String.prototype.valueOf.call(value));
    else if (types.isSymbolObject(value)) throw new DOMException('Object could not be cloned.', 'DataCloneError');
    else if (types.isDate(value)) parts.push(tag.date, Date.prototype.getTime.call(value));
    else if (types.isRegExp(value)) parts.push(tag.regExp, value.source, value.flags);
    else if (types.isArrayBuffer(value)) this.writeBuffer(value);
    else if (types.isSharedArrayBuffer(value)) parts.push(tag.shared, value);
    else if (ArrayBuffer.isView(value)) this.writeView(value);
    else if (types.isMap(value)) this.writeItems(tag.map, value);
    else if (types.isSet(value)) this.writeItems(tag.set, value);
    else if (types.isNativeError(value)) this.writeError(value);
    else if (types.isPromise(value) || types.isWeakMap(value) || types.isWeakSet(value) || types.isGeneratorObject(value) ||
             types.isMapIterator(value) || types.isSetIterator(value) || value instanceof WeakRef) throw refuse();
    else if (Array.isArray(value)) this.writePairs(tag.array, value, value.length);
    else this.writePairs(tag.object, value);
  }

  writeBoxed(primitive) {
    this.parts.push(tag.boxed);
    this.write(primitive);
  }

  writePort(value) {
    if (this.takesPorts && !this.ports.includes(value)) this.ports.push(value);
    const index = this.ports.indexOf(value);
    if (index === -1) throw new codes.ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST();
    this.parts.push(tag.port, index);
  }

  writePlatform(value) {
    const [name, state] = value[messageSymbol]();
    this.parts.push(tag.platform, name);
    this.write(state);
  }

  writeBuffer(value) {
    if (binding.isDetached(value)) throw new DOMException('An ArrayBuffer is detached and could not be cloned.', 'DataCloneError');
    this.parts.push(tag.buffer, value);
  }

  writeView(value) {
    const isData = types.isDataView(value);
    if (isData) this.parts.push(tag.dataView);
    else this.parts.push(tag.typedArray, typedArrayTag.call(value));
    this.writeObject(value.buffer);
    this.parts.push(value.byteOffset, isData ? value.byteLength : value.length);
  }

  writeItems(kind, value) {
    const items = [];
    const { forEach } = kind === tag.map ? Map.prototype : Set.prototype;
    forEach.call(value, (item, key) => items.push(kind === tag.map ? [key, item] : [item]));
    this.parts.push(kind, items.length);
    for (const entry of items) {
      for (const item of entry) this.write(item);
    }
  }

  writeError(value) {
    const name = value.name === undefined ? 'Error' : String(value.name);
    const message = Object.getOwnPropertyDescriptor(value, 'message');
    const { stack } = value;
    this.parts.push(tag.error, hasOwn.call(errorTypes, name) ? name : 'Error');
    this.parts.push(message !== undefined && 'value' in message ? String(message.value) : undefined);
    this.parts.push(typeof stack === 'string' ? stack : undefined);
    this.parts.push(hasOwn.call(value, 'cause'));
    if (hasOwn.call(value, 'cause')) this.write(value.cause);
  }
}

class Decoder {
  constructor(parts, ports) {
    this.parts = parts;
    this.ports = ports;
    this.at = 0;
    this.memory = [];
  }

  next() {
    return this.parts[this.at++];
  }

  read() {
    const part = this.next();
    return typeof part === 'number' ? this.readTagged(part) : part;
  }

  remember(value) {
    this.memory.push(value);
    return value;
  }

  readTagged(kind) {
    switch (kind) {
      case tag.number: return this.next();
      case tag.bigInt: return BigInt(this.next());
      case tag.same: return this.memory[this.next()];
      case tag.object: return this.readPairs(this.remember({}));
      case tag.array: return this.readPairs(this.remember(new Array(this.next())));
      case tag.list: return this.readList();
      case tag.boxed: return this.remember(Object(this.read()));
      case tag.date: return this.remember(new Date(this.next()));
      case tag.regExp: return this.remember(new RegExp(this.next(), this.next()));
      case tag.map: return this.readMap();
      case tag.set: return this.readSet();
      case tag.buffer:
      case tag.shared: return this.remember(this.next());
      case tag.dataView: return this.readView(DataView);
      case tag.typedArray: return this.readView(viewTypes[this.next()]);
      case tag.error: return this.readError();
      case tag.platform: return this.readPlatform();
      case tag.port: return this.remember(this.ports[this.next()]);
      default: throw new DOMException('Unable to deserialize cloned data.', 'DataCloneError');
    }
  }

  readPairs(object) {
    for (let key = this.next(); key !== tag.end; key = this.next()) {
      const value = this.read();
      if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      else object[key] = value;
    }
    return object;
  }

  readList() {
    const length = this.next();
    const list = this.remember([]);
    for (let index = 0; index < length; ++index) list.push(this.read());
    return list;
  }

  readMap() {
    const count = this.next();
    const map = this.remember(new Map());
    for (let index = 0; index < count; ++index) {
      const key = this.read();
      map.set(key, this.read());
    }
    return map;
  }

  readSet() {
    const count = this.next();
    const set = this.remember(new Set());
    for (let index = 0; index < count; ++index) set.add(this.read());
    return set;
  }

  readView(Type) {
    const place = this.memory.length;
    this.memory.push(undefined); // it was numbered before its buffer
    const buffer = this.read();
    const view = new Type(buffer, this.next(), this.next());
    this.memory[place] = view;
    return view;
  }

  readPlatform() {
    const place = this.memory.length;
    this.memory.push(undefined); // it was numbered before what it is made of
    const make = platform[this.next()];
    this.memory[place] = make(this.read());
    return this.memory[place];
  }

  readError() {
    const Type = errorTypes[this.next()];
    const message = this.next();
    const stack = this.next();
    const error = this.remember(message === undefined ? new Type() : new Type(message));
    const hide = (key, value) => Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
    if (stack !== undefined) hide('stack', stack);
    if (this.next()) hide('cause', this.read());
    return error;
  }
}

/** { parts, ports, buffers }: the list, and what moves: ports as objects, buffers, which are to be detached once the list is sent. */
function encode(value, options, source) {
  const moving = checkedTransfers(transferList(options), source);
  const encoder = new Encoder(moving);
  encoder.write(value);
  return { parts: encoder.parts, ports: encoder.ports, buffers: [...moving].filter((item) => types.isArrayBuffer(item)) };
}

/** The same of what was cloned before, with the ports in it. */
function encodeAgain(value) {
  const encoder = new Encoder(undefined);
  encoder.write(value);
  return { parts: encoder.parts, ports: encoder.ports };
}

/** The value; `ports` are objects again. */
const decode = (parts, ports) => new Decoder(parts, ports).read();

module.exports = { decode, encode, encodeAgain };
