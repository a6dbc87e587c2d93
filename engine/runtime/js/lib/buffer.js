// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's buffer module. Checks and messages are Node's; encodings and numbers are in files of their own.

const { buffers } = require('../core/binding');
const { codes } = require('../core/errors');
const { validateArray, validateBuffer, validateInteger, validateNumber, validateString } = require('../core/validators');
const { findEncoding, utf8Encoding } = require('./internal/buffer-encodings');
const { numberMethods } = require('./internal/buffer-numbers');
const { inspect } = require('./internal/inspect');
const { types } = require('./internal/types');
const untransferable = require('./internal/untransferable');

const maxLength = 4294967296;
const maxStringLength = 536870888;
let inspectMaxBytes = 50;

class FastBuffer extends Uint8Array {}
const bufferPrototype = FastBuffer.prototype;

/** A buffer over a part of `memory`; both numbers are those of a part. */
const view = (memory, offset, length) => buffers.view(bufferPrototype, memory, offset, length);

// Small buffers share pieces of one allocation, which a program can see in `buffer` and `byteOffset`.
let pool;
let poolOffset = 0;

function createPool() {
  pool = new ArrayBuffer(Buffer.poolSize);
  untransferable.add(pool);
  poolOffset = 0;
}

function allocate(size) {
  if (size <= 0) return new FastBuffer();
  if (size >= Buffer.poolSize >>> 1) return new FastBuffer(size);
  if (pool === undefined || size > pool.byteLength - poolOffset) createPool();
  const buffer = view(pool, poolOffset, size);
  poolOffset = (poolOffset + size + 7) & ~7;
  return buffer;
}

function checkSize(size) {
  validateNumber(size, 'size', 0, maxLength);
}

let warned = false;

function Buffer(value, encodingOrOffset, length) {
  if (!warned) {
    warned = true;
    process.emitWarning('Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), ' +
      'Buffer.allocUnsafe(), or Buffer.from() methods instead.', 'DeprecationWarning', 'DEP0005');
  }
  if (typeof value === 'number') {
    if (typeof encodingOrOffset === 'string') throw new codes.ERR_INVALID_ARG_TYPE('string', 'string', value);
    return Buffer.alloc(value);
  }
  return Buffer.from(value, encodingOrOffset, length);
}

Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(Buffer, 'prototype', { writable: false });
Object.defineProperty(FastBuffer.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(Buffer, Symbol.species, { get: () => FastBuffer, configurable: true });
Buffer.poolSize = 8192;
// The bundler may have renamed them.
Object.defineProperty(Buffer, 'name', { value: 'Buffer', configurable: true });
Object.defineProperty(FastBuffer, 'name', { value: 'FastBuffer', configurable: true });

function encodingFor(name) {
  if (!name || typeof name !== 'string') return utf8Encoding;
  const encoding = findEncoding(name);
  if (encoding === undefined) throw new codes.ERR_UNKNOWN_ENCODING(name);
  return encoding;
}

function fromString(text, encodingName) {
  const encoding = encodingFor(encodingName);
  if (text.length === 0) return new FastBuffer();
  const length = encoding.byteLength(text);
  const buffer = allocate(length);
  const written = encoding.write(buffer, text, 0, length);
  return written < length ? buffer.subarray(0, written) : buffer;
}

function fromArrayBuffer(memory, byteOffset, length) {
  let offset = Number(byteOffset);
  if (byteOffset === undefined || Number.isNaN(offset)) offset = 0;
  const available = memory.byteLength - offset;
  if (available < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (!(offset >= 0)) return new FastBuffer(memory, offset); // which refuses it
  if (length === undefined) return view(memory, offset, available);
  const size = Number(length);
  if (size > available) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
  return view(memory, offset, size > 0 ? size : 0);
}

function fromArrayLike(list) {
  if (!(list.length > 0)) return new FastBuffer();
  const buffer = allocate(list.length);
  if (ArrayBuffer.isView(list)) {
    buffer.set(list);
  } else {
    for (let i = 0; i < buffer.length; ++i) buffer[i] = list[i];
  }
  return buffer;
}

function fromObject(object) {
  if (object.length !== undefined || types.isAnyArrayBuffer(object.buffer)) {
    return typeof object.length === 'number' ? fromArrayLike(object) : new FastBuffer();
  }
  if (object.type === 'Buffer' && Array.isArray(object.data)) return fromArrayLike(object.data);
  return undefined;
}

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (types.isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = value.valueOf && value.valueOf();
    if (primitive !== null && primitive !== undefined && primitive !== value &&
        (typeof primitive === 'string' || typeof primitive === 'object')) {
      return from(primitive, encodingOrOffset, length);
    }
    const buffer = fromObject(value);
    if (buffer !== undefined) return buffer;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const text = value[Symbol.toPrimitive]('string');
      if (typeof text === 'string') return fromString(text, encodingOrOffset);
    }
  }
  throw new codes.ERR_INVALID_ARG_TYPE('first argument',
                                       ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  if (!types.isTypedArray(view)) throw new codes.ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
  if (offset !== undefined) validateInteger(offset, 'offset', 0);
  if (length !== undefined) validateInteger(length, 'length', 0);
  const start = offset === undefined ? 0 : offset;
  const part = view.slice(start, length === undefined ? view.length : start + length);
  return fromArrayLike(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
};

Buffer.of = (...items) => fromArrayLike(items);

Buffer.alloc = function alloc(size, fill, encoding) {
  checkSize(size);
  const buffer = new FastBuffer(size);
  return fill !== undefined && fill !== 0 && size > 0 ? fillBuffer(buffer, fill, 0, buffer.length, encoding) : buffer;
};

Buffer.allocUnsafe = function allocUnsafe(size) {
  checkSize(size);
  const buffer = allocate(Math.floor(size));
  return buffer;
};

Buffer.allocUnsafeSlow = function allocUnsafeSlow(size) {
  checkSize(size);
  return new FastBuffer(size);
};

function SlowBuffer(size) {
  checkSize(size);
  return new FastBuffer(size);
}
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

Buffer.isBuffer = function isBuffer(value) {
  return value instanceof Buffer;
};

function needText(value) {
  if (typeof value === 'string') return;
  const error = new TypeError('argument must be a string');
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
}

function needBytes(value, name) {
  if (!types.isUint8Array(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'Uint8Array'], value);
}

Buffer.compare = function compare(a, b) {
  needBytes(a, 'buf1');
  needBytes(b, 'buf2');
  return a === b ? 0 : buffers.compare(a, b);
};

Buffer.isEncoding = function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && findEncoding(encoding) !== undefined;
};

function validateOffset(value, name, min = 0, max = Number.MAX_SAFE_INTEGER) {
  validateInteger(value, name, min, max);
}

Buffer.concat = function concat(list, length) {
  validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer();
  let total = length;
  if (total === undefined) total = list.reduce((sum, item) => sum + (item.length || 0), 0);
  else validateOffset(total, 'length');
  const result = allocate(total);
  let position = 0;
  list.forEach((item, i) => {
    needBytes(item, `list[${i}]`);
    const part = item.length > total - position ? item.subarray(0, total - position) : item;
    result.set(part, position);
    position += part.length;
  });
  if (position < total) Uint8Array.prototype.fill.call(result, 0, position, total);
  return result;
};

Buffer.byteLength = function byteLength(value, encodingName) {
  if (typeof value !== 'string') {
    if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return value.byteLength;
    throw new codes.ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], value);
  }
  const encoding = encodingName ? findEncoding(encodingName) : utf8Encoding;
  return (encoding || utf8Encoding).byteLength(value);
};

const { prototype } = Buffer;

for (const [name, source] of [['parent', 'buffer'], ['offset', 'byteOffset']]) {
  Object.defineProperty(prototype, name, {
    get() {
      return this instanceof Buffer ? this[source] : undefined;
    },
    enumerable: true,
  });
}

function toInteger(value) {
  const number = Number(value);
  return Number.isNaN(number) ? 0 : Math.floor(number);
}

Object.assign(prototype, numberMethods);

for (const [name, encoding] of [['ascii', 'ascii'], ['base64', 'base64'], ['base64url', 'base64url'],
                                ['latin1', 'latin1'], ['hex', 'hex'], ['ucs2', 'ucs2'], ['utf8', 'utf8']]) {
  const codec = findEncoding(encoding);
  prototype[`${name}Slice`] = Object.defineProperty(function(start = 0, end = this.length) {
    return codec.slice(this, start, Math.min(end, this.length));
  }, 'name', { value: `${name}Slice` });
  prototype[`${name}Write`] = Object.defineProperty(function(text, offset = 0, length = this.length - offset) {
    needText(text);
    return codec.write(this, text, offset, length);
  }, 'name', { value: `${name}Write` });
}

prototype.copy = function copy(target, targetStart, sourceStart, sourceEnd) {
  needBytes(this, 'source');
  needBytes(target, 'target');
  const to = targetStart === undefined ? 0 : toInteger(targetStart);
  if (to < 0) throw new codes.ERR_OUT_OF_RANGE('targetStart', '>= 0', to);
  const from = sourceStart === undefined ? 0 : toInteger(sourceStart);
  if (from < 0 || from > this.length) {
    throw new codes.ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${this.length}`, from);
  }
  const end = sourceEnd === undefined ? this.length : toInteger(sourceEnd);
  if (end < 0) throw new codes.ERR_OUT_OF_RANGE('sourceEnd', '>= 0', end);
  if (to >= target.length || from >= end) return 0;
  const count = Math.min(end - from, target.length - to, this.length - from);
  target.set(view(this.buffer, this.byteOffset + from, count), to);
  return count;
};

prototype.toString = function toString(encodingName, start, end) {
  if (arguments.length === 0) return utf8Encoding.slice(this, 0, this.length);
  const { length } = this;
  let from = 0;
  if (!(start <= 0)) {
    if (start >= length) return '';
    from = Math.trunc(start) || 0;
  }
  const to = end === undefined || end > length ? length : Math.trunc(end) || 0;
  if (to <= from) return '';
  if (encodingName === undefined) return utf8Encoding.slice(this, from, to);
  const encoding = findEncoding(encodingName);
  if (encoding === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encodingName);
  return encoding.slice(this, from, to);
};
prototype.toLocaleString = prototype.toString;

prototype.equals = function equals(other) {
  needBytes(other, 'otherBuffer');
  return this === other || (this.byteLength === other.byteLength && buffers.compare(this, other) === 0);
};

function extraProperties(buffer, context) {
  const names = context.showHidden ? Object.getOwnPropertyNames(buffer) : Object.keys(buffer);
  const extras = Object.create(null);
  let count = 0;
  for (const name of names) {
    if (/^(0|[1-9][0-9]*)$/.test(name)) continue;
    extras[name] = buffer[name];
    ++count;
  }
  return count === 0 ? undefined : extras;
}

prototype[inspect.custom] = function(depth, context) {
  const shown = Math.min(inspectMaxBytes, this.length);
  const remaining = this.length - inspectMaxBytes;
  let text = this.hexSlice(0, shown).replace(/(.{2})/g, '$1 ').trim();
  if (remaining > 0) text += ` ... ${remaining} more byte${remaining > 1 ? 's' : ''}`;
  const extras = context ? extraProperties(this, context) : undefined;
  if (extras !== undefined) {
    if (this.length !== 0) text += ', ';
    const options = Object.assign({}, context, { breakLength: Infinity, compact: true });
    text += inspect(extras, options).slice('[Object: null prototype] { '.length, -2);
  }
  return `<${this.constructor.name} ${text}>`;
};
prototype.inspect = prototype[inspect.custom];

prototype.compare = function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  needBytes(target, 'target');
  if (arguments.length === 1) return buffers.compare(this, target);
  if (targetStart !== undefined) validateOffset(targetStart, 'targetStart');
  if (targetEnd !== undefined) validateOffset(targetEnd, 'targetEnd', 0, target.length);
  if (sourceStart !== undefined) validateOffset(sourceStart, 'sourceStart');
  if (sourceEnd !== undefined) validateOffset(sourceEnd, 'sourceEnd', 0, this.length);
  const from = sourceStart === undefined ? 0 : sourceStart;
  const to = sourceEnd === undefined ? this.length : sourceEnd;
  const targetFrom = targetStart === undefined ? 0 : targetStart;
  const targetTo = targetEnd === undefined ? target.length : targetEnd;
  if (from >= to) return targetFrom >= targetTo ? 0 : -1;
  if (targetFrom >= targetTo) return 1;
  return buffers.compare(this.subarray(from, to), target.subarray(targetFrom, targetTo));
};

/** Where a search begins (node_buffer.cc, IndexOfOffset); -1 where nothing can be found. */
function searchStart(length, given, needleLength, forwards) {
  if (given < 0) {
    if (given + length >= 0) return given + length;
    return forwards || needleLength === 0 ? 0 : -1;
  }
  if (given + needleLength <= length) return given;
  if (needleLength === 0) return length;
  return forwards ? -1 : length - 1;
}

/** First or last place of `needle` at or after (before) `given`; `step` is 2 for 16-bit text. */
function search(haystack, needle, given, forwards, step) {
  const length = haystack.length - haystack.length % step;
  const start = searchStart(length, given, needle.length, forwards);
  if (needle.length === 0 || start === -1) return start;
  const last = length - needle.length;
  if (last < 0 || (forwards && start > last)) return -1;
  const offset = forwards ? start : Math.min(start, last);
  return buffers.search(haystack.subarray(0, length), needle, offset - offset % step, forwards, step);
}

function indexOf(buffer, value, givenOffset, givenEncoding, forwards) {
  validateBuffer(buffer);
  let encodingName = givenEncoding;
  let offset = givenOffset;
  if (typeof offset === 'string') {
    encodingName = offset;
    offset = undefined;
  }
  offset = Number(offset);
  if (Number.isNaN(offset)) offset = forwards ? 0 : buffer.length;
  offset = Math.trunc(Math.min(Math.max(offset, -0x80000000), 0x7fffffff));
  if (typeof value === 'number') return search(buffer, Uint8Array.of(value), offset, forwards, 1);
  const encoding = encodingName === undefined ? utf8Encoding : findEncoding(encodingName);
  const step = encoding !== undefined && encoding.name === 'utf16le' ? 2 : 1;
  if (typeof value === 'string') {
    if (encoding === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encodingName);
    return search(buffer, fromString(value, encodingName), offset, forwards, step);
  }
  if (types.isUint8Array(value)) return search(buffer, value, offset, forwards, step);
  throw new codes.ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
}

Object.assign(prototype, {
  indexOf(value, byteOffset, encoding) {
    return indexOf(this, value, byteOffset, encoding, true);
  },

  lastIndexOf(value, byteOffset, encoding) {
    return indexOf(this, value, byteOffset, encoding, false);
  },

  includes(value, byteOffset, encoding) {
    return this.indexOf(value, byteOffset, encoding) !== -1;
  },

  fill(value, offset, end, encoding) {
    return fillBuffer(this, value, offset, end, encoding);
  },

  toJSON() {
    return { type: 'Buffer', data: Array.from(this) };
  },

  slice(start, end) {
    return this.subarray(start, end);
  },
});

/** The bytes to repeat for a value that is text or bytes. */
function fillPattern(value, encodingName) {
  if (typeof value !== 'string') {
    return ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) :
      Uint8Array.of(Number(value));
  }
  return value.length === 0 ? new Uint8Array(1) : fromString(value, encodingName);
}

function fillBuffer(buffer, value, givenOffset, givenEnd, givenEncoding) {
  let offset = givenOffset;
  let end = givenEnd;
  let encoding = givenEncoding;
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset;
      offset = undefined;
    } else if (typeof end === 'string') {
      encoding = end;
      end = undefined;
    }
    if (encoding !== undefined && encoding !== null && encoding !== '' && findEncoding(encoding) === undefined) {
      validateString(encoding, 'encoding');
      throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    }
  }
  if (offset === undefined) {
    offset = 0;
    end = buffer.length;
  } else {
    validateOffset(offset, 'offset');
    if (end === undefined) end = buffer.length;
    else validateOffset(end, 'end', 0, buffer.length);
    if (offset >= end) return buffer;
  }
  const pattern = fillPattern(value, encoding);
  if (pattern.length === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('value', value);
  }
  if (pattern.length === 1) return Uint8Array.prototype.fill.call(buffer, pattern[0], offset, end);
  buffers.fill(buffer, pattern, offset, end);
  return buffer;
}

prototype.write = function write(text, offset, length, encodingName) {
  let from = offset;
  let count = length;
  let encoding = encodingName;
  if (from === undefined) {
    return this.utf8Write(text, 0, this.length);
  }
  if (count === undefined && typeof from === 'string') {
    encoding = from;
    count = this.length;
    from = 0;
  } else {
    validateOffset(from, 'offset', 0, this.length);
    const remaining = this.length - from;
    if (count === undefined) {
      count = remaining;
    } else if (typeof count === 'string') {
      encoding = count;
      count = remaining;
    } else {
      validateOffset(count, 'length', 0, this.length);
      count = Math.min(count, remaining);
    }
  }
  needText(text);
  const codec = encoding ? findEncoding(encoding) : utf8Encoding;
  if (codec === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return codec.write(this, text, from, count);
};

function relativeIndex(value, length) {
  const index = Math.trunc(value);
  if (index < 0) return Math.max(index + length, 0);
  if (index < length) return index;
  return Number.isNaN(index) ? 0 : length;
}

prototype.subarray = function subarray(start, end) {
  const from = relativeIndex(start, this.length);
  const to = end === undefined ? this.length : relativeIndex(end, this.length);
  return view(this.buffer, this.byteOffset + from, Math.max(to - from, 0));
};

for (const size of [2, 4, 8]) {
  prototype[`swap${8 * size}`] = Object.defineProperty(function() {
    if (this.length % size !== 0) throw new codes.ERR_INVALID_BUFFER_SIZE(`${8 * size}-bits`);
    for (let i = 0; i < this.length; i += size) {
      Uint8Array.prototype.reverse.call(new Uint8Array(this.buffer, this.byteOffset + i, size));
    }
    return this;
  }, 'name', { value: `swap${8 * size}` });
}

const extras = () => require('./internal/buffer-extras');

module.exports = {
  Buffer,
  SlowBuffer,
  transcode: (...args) => extras().transcode(...args),
  isUtf8: (input) => extras().isUtf8(input),
  isAscii: (input) => extras().isAscii(input),
  kMaxLength: maxLength,
  kStringMaxLength: maxStringLength,
  btoa: (...args) => extras().btoa(...args),
  atob: (...args) => extras().atob(...args),
};
Object.defineProperty(module.exports, 'constants', {
  value: Object.defineProperties({}, {
    MAX_LENGTH: { value: maxLength, enumerable: true },
    MAX_STRING_LENGTH: { value: maxStringLength, enumerable: true },
  }),
  enumerable: true,
});
Object.defineProperty(module.exports, 'INSPECT_MAX_BYTES', {
  get: () => inspectMaxBytes,
  set(value) {
    validateNumber(value, 'INSPECT_MAX_BYTES', 0);
    inspectMaxBytes = value;
  },
  enumerable: true,
  configurable: true,
});
for (const name of ['Blob', 'File', 'resolveObjectURL']) {
  Object.defineProperty(module.exports, name, {
    get: () => require('./internal/blob')[name],
    enumerable: true,
    configurable: true,
  });
}
