// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The structured clone algorithm of the HTML Standard (section 2.7), in one step: serialize and deserialize at once.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { isObjectOrNull } = require('../../core/type-of');
const { DOMException } = require('./dom-exception');
const { types, typedArrayTag } = require('./types');
const untransferable = require('./untransferable');

const hasOwn = Object.prototype.hasOwnProperty;
const errorNames = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
// Objects of the platform clone themselves.
const cloneSymbol = Symbol('loopscope.clone');
const transferSymbol = Symbol('loopscope.transfer');
// What they are to another loop: [a name of message-codec's `platform`, a value that can be cloned].
const messageSymbol = Symbol('loopscope.message');

function notCloneable(value) {
  let text;
  if (typeof value === 'symbol') text = String(value);
  else if (typeof value === 'function') text = Function.prototype.toString.call(value);
  else text = `#<${(value.constructor && value.constructor.name) || 'Object'}>`;
  return new DOMException(`${text} could not be cloned.`, 'DataCloneError');
}

class Cloner {
  constructor() {
    this.memory = new Map();
  }

  clone(value) {
    if (typeof value === 'symbol' || typeof value === 'function') throw notCloneable(value);
    if (!isObjectOrNull(value) || value === null) return value;
    if (this.memory.has(value)) return this.memory.get(value);
    if (types.isProxy(value)) throw new DOMException('#<Object> could not be cloned.', 'DataCloneError');
    const copy = this.copyOf(value);
    return copy;
  }

  remember(value, copy) {
    this.memory.set(value, copy);
    return copy;
  }

  copyOf(value) {
    if (typeof value[cloneSymbol] === 'function') return this.remember(value, value[cloneSymbol]());
    if (types.isBooleanObject(value)) return this.remember(value, Object(Boolean.prototype.valueOf.call(value)));
    if (types.isNumberObject(value)) return this.remember(value, Object(Number.prototype.valueOf.call(value)));
    if (types.isStringObject(value)) return this.remember(value, Object(String.prototype.valueOf.call(value)));
    if (types.isSymbolObject(value)) throw new DOMException('Object could not be cloned.', 'DataCloneError');
    if (types.isDate(value)) return this.remember(value, new Date(Date.prototype.getTime.call(value)));
    if (types.isRegExp(value)) return this.remember(value, new RegExp(value.source, value.flags));
    if (types.isArrayBuffer(value)) return this.copyBuffer(value);
    if (types.isSharedArrayBuffer(value)) return this.remember(value, value);
    if (ArrayBuffer.isView(value)) return this.copyView(value);
    if (types.isMap(value)) return this.copyMap(value);
    if (types.isSet(value)) return this.copySet(value);
    if (types.isNativeError(value)) return this.copyError(value);
    if (Array.isArray(value)) return this.copyProperties(value, this.remember(value, new Array(value.length)));
    this.refuseSpecial(value);
    return this.copyProperties(value, this.remember(value, {}));
  }

  copyBuffer(value) {
    if (binding.isDetached(value)) throw new DOMException('An ArrayBuffer is detached and could not be cloned.', 'DataCloneError');
    return this.remember(value, value.slice(0));
  }

  refuseSpecial(value) {
    if (typeof value[transferSymbol] === 'function') throw new codes.ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST();
    const isSpecial = types.isPromise(value) || types.isWeakMap(value) || types.isWeakSet(value) ||
      types.isGeneratorObject(value) || types.isMapIterator(value) || types.isSetIterator(value) ||
      value instanceof WeakRef;
    if (isSpecial) throw notCloneable(value);
  }

  copyView(value) {
    const buffer = this.clone(value.buffer);
    if (types.isDataView(value)) return this.remember(value, new DataView(buffer, value.byteOffset, value.byteLength));
    const Type = Function('return this')()[typedArrayTag.call(value)];
    return this.remember(value, new Type(buffer, value.byteOffset, value.length));
  }

  copyMap(value) {
    const copy = this.remember(value, new Map());
    const entries = [];
    Map.prototype.forEach.call(value, (item, key) => entries.push([key, item]));
    for (const [key, item] of entries) {
      const clonedKey = this.clone(key);
      copy.set(clonedKey, this.clone(item));
    }
    return copy;
  }

  copySet(value) {
    const copy = this.remember(value, new Set());
    const items = [];
    Set.prototype.forEach.call(value, (item) => items.push(item));
    for (const item of items) copy.add(this.clone(item));
    return copy;
  }

  copyError(value) {
    const name = value.name === undefined ? 'Error' : String(value.name);
    const Type = hasOwn.call(errorNames, name) ? errorNames[name] : Error;
    const message = Object.getOwnPropertyDescriptor(value, 'message');
    const hasMessage = message !== undefined && 'value' in message;
    const copy = this.remember(value, hasMessage ? new Type(String(message.value)) : new Type());
    const stack = value.stack;
    if (typeof stack === 'string') {
      Object.defineProperty(copy, 'stack', { value: stack, writable: true, configurable: true, enumerable: false });
    }
    if (hasOwn.call(value, 'cause')) {
      Object.defineProperty(copy, 'cause', {
        value: this.clone(value.cause), writable: true, configurable: true, enumerable: false,
      });
    }
    return copy;
  }

  copyProperties(value, copy) {
    for (const key of Object.keys(value)) {
      // A getter may have removed a later key.
      if (!hasOwn.call(value, key)) continue;
      Object.defineProperty(copy, key, {
        value: this.clone(value[key]), writable: true, enumerable: true, configurable: true,
      });
    }
    return copy;
  }
}

/** The list of a second argument, which may be the list itself or `{ transfer }`. */
function transferList(options) {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object') throw invalid('Optional transferList argument must be an iterable');
  if (typeof options[Symbol.iterator] === 'function') return Array.from(options);
  const { transfer } = options;
  if (transfer === undefined || transfer === null) return [];
  if (typeof transfer !== 'object' || typeof transfer[Symbol.iterator] !== 'function') {
    throw invalid('Optional options.transfer argument must be an iterable');
  }
  return Array.from(transfer);
}

function invalid(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

/** What of the list really moves; complains of what cannot. */
function checkedTransfers(list, source) {
  const moving = new Set();
  for (const item of list) {
    const isBuffer = types.isArrayBuffer(item);
    const isPort = !isBuffer && item !== null && typeof item === 'object' && typeof item[transferSymbol] === 'function';
    if (!isBuffer && !isPort) throw new codes.ERR_INVALID_TRANSFER_OBJECT();
    if (untransferable.has(item) || (isBuffer && binding.isDetached(item))) continue;
    const refuse = (text) => new DOMException(text, 'DataCloneError');
    if (item === source) throw refuse('Transfer list contains source port');
    if (moving.has(item)) throw refuse(`Transfer list contains duplicate ${isBuffer ? 'ArrayBuffer' : 'MessagePort'}`);
    if (isPort && !item[transferSymbol]().isAttached) throw refuse('MessagePort in transfer list is already detached');
    moving.add(item);
  }
  return moving;
}

/** Clones a value; objects of the transfer list move, once nothing can fail any more. `source`: the port that sends it. */
function cloneWith(value, options, source) {
  const moving = checkedTransfers(transferList(options), source);
  const cloner = new Cloner();
  for (const item of moving) {
    if (!types.isArrayBuffer(item)) cloner.remember(item, item[transferSymbol]().successor());
  }
  const copy = cloner.clone(value);
  for (const item of moving) {
    if (types.isArrayBuffer(item)) binding.detachArrayBuffer(item);
    else item[transferSymbol]().move(cloner.memory.get(item));
  }
  return copy;
}

function structuredClone(...args) {
  if (args.length === 0) throw Object.assign(new TypeError('The value argument must be specified'), { code: 'ERR_MISSING_ARGS' });
  const [value, options] = args;
  if (options !== undefined && options !== null && typeof options !== 'object') {
    throw invalid('The options argument must be either an object or undefined');
  }
  const list = options === undefined || options === null ? undefined : options.transfer;
  return cloneWith(value, list);
}

/** worker_threads.markAsUntransferable */
function markAsUntransferable(value) {
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') untransferable.add(value);
}

module.exports = {
  checkedTransfers, cloneSymbol, cloneWith, markAsUntransferable, messageSymbol, notCloneable, structuredClone, transferList, transferSymbol,
};
