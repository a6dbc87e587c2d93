// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Blob and File, held in memory.

const { codes } = require('../../core/errors');
const { asynchronously } = require('./async');
const { tag } = require('./event');
const { inspect } = require('./inspect');
const { cloneSymbol, messageSymbol } = require('./structured-clone');
const { types } = require('./types');
const utf8 = require('./utf8');

const data = Symbol('kBytes');
const mime = Symbol('kType');

function bytesOf(part, endings) {
  if (part instanceof Blob) return part[data];
  if (types.isAnyArrayBuffer(part)) return new Uint8Array(part).slice();
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice();
  const text = `${part}`;
  return utf8.encode(endings === 'native' ? text.replace(/\r\n|\r/g, '\n') : text);
}

function join(parts) {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

function mimeType(value) {
  const text = `${value}`;
  return /[^\u0020-\u007E]/.test(text) ? '' : text.toLowerCase();
}

function checkThis(value) {
  if (!(value instanceof Blob)) throw new codes.ERR_INVALID_THIS('Blob');
}

/** Bytes of one piece of a blob's stream. */
const longestPiece = 65536;

class Blob {
  constructor(sources = [], options = {}) {
    if (sources === null || typeof sources !== 'object' || typeof sources[Symbol.iterator] !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('sources', 'a sequence', sources);
    }
    if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'a dictionary', options);
    }
    const { type = '', endings = 'transparent' } = options || {};
    if (`${endings}` !== 'transparent' && `${endings}` !== 'native') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    const parts = Array.from(sources, (part) => bytesOf(part, endings));
    Object.defineProperty(this, data, { value: join(parts) });
    Object.defineProperty(this, mime, { value: mimeType(type) });
  }

  get type() {
    checkThis(this);
    return this[mime];
  }

  get size() {
    checkThis(this);
    return this[data].length;
  }

  slice(start = 0, end = this.size, contentType = '') {
    checkThis(this);
    const clamp = (value) => Math.trunc(value < 0 ? Math.max(this.size + value, 0) : Math.min(value, this.size)) || 0;
    const from = clamp(start);
    const blob = new Blob([], { type: contentType });
    const part = this[data].slice(from, Math.max(from, clamp(end)));
    const result = Object.create(Blob.prototype);
    Object.defineProperty(result, data, { value: part });
    Object.defineProperty(result, mime, { value: blob.type });
    return result;
  }

  arrayBuffer() {
    return asynchronously(() => {
      checkThis(this);
      return this[data].slice().buffer;
    });
  }

  bytes() {
    return asynchronously(() => {
      checkThis(this);
      return this[data].slice();
    });
  }

  text() {
    return asynchronously(() => {
      checkThis(this);
      return utf8.decode(this[data]).replace(/^\ufeff/, '');
    });
  }

  stream() {
    checkThis(this);
    const bytes = this[data];
    let position = 0;
    const { ReadableStream } = require('../stream-web');
    return new ReadableStream({
      type: 'bytes',
      pull(controller) {
        if (position < bytes.length) {
          const piece = bytes.slice(position, position + longestPiece);
          position += piece.length;
          controller.enqueue(piece);
          return;
        }
        controller.close();
        if (controller.byobRequest) controller.byobRequest.respond(0);
      },
    });
  }

  [cloneSymbol]() {
    return this.slice(0, this.size, this.type);
  }

  [messageSymbol]() {
    return ['Blob', { bytes: this[data], type: this.type }];
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const deeper = Object.assign({}, options, { depth: options.depth === null ? null : options.depth - 1 });
    return `Blob ${inspect({ size: this.size, type: this.type }, deeper)}`;
  }
}

class File extends Blob {
  constructor(fileBits, fileName, options = {}) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    const { lastModified } = options || {};
    Object.defineProperty(this, 'details', {
      value: { name: `${fileName}`, lastModified: lastModified === undefined ? Date.now() : +lastModified || 0 },
    });
  }

  get name() {
    return this.details.name;
  }

  get lastModified() {
    return this.details.lastModified;
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const deeper = Object.assign({}, options, { depth: options.depth === null ? null : options.depth - 1 });
    const { size, type, name, lastModified } = this;
    return `File ${inspect({ size, type, name, lastModified }, deeper)}`;
  }
}

for (const [Class, names] of [[Blob, ['size', 'type', 'slice', 'stream', 'text', 'arrayBuffer', 'bytes']],
                              [File, ['name', 'lastModified']]]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
}

tag(Blob, 'Blob');
tag(File, 'File');

module.exports = { Blob, File, resolveObjectURL: () => undefined };
