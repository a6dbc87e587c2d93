// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The classes of zlib, all Transform streams, and the functions that take the whole of the data.

const { Buffer } = require('../buffer');
const { codes } = require('../../core/errors');
const { validateFunction } = require('../../core/validators');
const { Transform, finished } = require('../stream');
const { bytesOf } = require('./crypto-bytes');
const { deprecate } = require('./promisify');
const { types } = require('./types');
const { constants } = require('./zlib-constants');
const { CompressionHandle } = require('./zlib-handle');
const { brotliParameters, inRange, streamOptions, zlibOptions } = require('./zlib-options');

const c = constants;
const flushSymbol = Symbol('kFlushFlag');
const errorSymbol = Symbol('kError');

const zlibFlushes = { most: c.Z_BLOCK, flush: c.Z_NO_FLUSH, finishFlush: c.Z_FINISH, fullFlush: c.Z_FULL_FLUSH };
const brotliFlushes = {
  most: c.BROTLI_OPERATION_EMIT_METADATA, flush: c.BROTLI_OPERATION_PROCESS, finishFlush: c.BROTLI_OPERATION_FINISH, fullFlush: c.BROTLI_OPERATION_FLUSH,
};

// From the weakest to the strongest; of two that meet the stronger counts.
const flushOrder = [c.Z_NO_FLUSH, c.Z_BLOCK, c.Z_PARTIAL_FLUSH, c.Z_SYNC_FLUSH, c.Z_FULL_FLUSH, c.Z_FINISH];
const stronger = (a, b) => (flushOrder.indexOf(a) > flushOrder.indexOf(b) ? a : b);

// flush() writes one of these empty chunks, so that it keeps its place among the writes.
const flushChunks = flushOrder.map((flag, index) => Object.assign(Buffer.alloc(0), { [flushSymbol]: index }));

function inherit(Class, Base) {
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
}

function ZlibBase(options, handle, flushes) {
  const { chunkSize, flush, finishFlush, maxOutputLength } = streamOptions(options, flushes.most, flushes);
  const own = options && (options.encoding || options.objectMode || options.writableObjectMode) ?
    { encoding: null, objectMode: false, writableObjectMode: false } : {};
  Transform.call(this, Object.assign({ autoDestroy: true }, options, own));
  this[errorSymbol] = null;
  this.bytesWritten = 0;
  this._handle = handle;
  this._outOffset = 0; // into a chunk of output, which is filled before the next is begun
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finishFlush;
  this._defaultFullFlushFlag = flushes.fullFlush;
  this._info = options && options.info;
  this._maxOutputLength = maxOutputLength;
}
inherit(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  get() { return !this._handle; }, configurable: true, enumerable: true,
});
Object.defineProperty(ZlibBase.prototype, 'bytesRead', {
  get: deprecate(function() { return this.bytesWritten; },
                 'zlib.bytesRead is deprecated and will change its meaning in the future. Use zlib.bytesWritten instead.', 'DEP0108'),
  set: deprecate(function(value) { this.bytesWritten = value; },
                 'Setting zlib.bytesRead is deprecated. This feature will be removed in the future.', 'DEP0108'),
  configurable: true,
  enumerable: true,
});

function closeHandle(stream) {
  if (!stream._handle) return;
  stream._handle.close();
  stream._handle = null;
}

function fail(stream, error) {
  stream.destroy(error);
  stream[errorSymbol] = error;
}

/** Moves the place in the chunk of output on; what the engine filled to its end is not through yet. */
function advance(stream, room, output) {
  stream._outOffset += output.length;
  const isFull = output.length === room;
  if (isFull || stream._outOffset >= stream._chunkSize) stream._outOffset = 0;
  return isFull;
}

function processChunk(stream, chunk, flushFlag, done) {
  const handle = stream._handle;
  if (!handle) {
    process.nextTick(done);
    return;
  }
  let left = chunk.byteLength;
  const write = (input) => {
    const room = stream._chunkSize - stream._outOffset;
    handle.write(flushFlag, input, room, (error, result) => {
      if (error) {
        fail(stream, error);
        return;
      }
      afterWrite(result, room);
    });
  };
  const afterWrite = ({ output, consumed }, room) => {
    if (stream.destroyed) {
      done();
      return;
    }
    stream.bytesWritten += consumed;
    left -= consumed;
    const isFull = advance(stream, room, output);
    const wantsMore = output.length === 0 || stream.push(output);
    if (stream.destroyed) {
      done();
      return;
    }
    if (isFull) {
      if (wantsMore) write();
      else writeWhenRead(stream, write);
      return;
    }
    // Room for output and input that is left: the compressed data ended before the input did.
    if (left > 0) stream.push(null);
    done();
  };
  write(bytesOf(chunk));
}

/** Goes on when somebody reads what is there. */
function writeWhenRead(stream, write) {
  const read = stream._read;
  stream._read = function(size) {
    stream._read = read;
    write();
    stream._read(size);
  };
}

function processChunkSync(stream, chunk, flushFlag) {
  const parts = [];
  let length = 0;
  let written = 0;
  let input = bytesOf(chunk);
  for (let isFull = true; isFull; input = undefined) {
    const room = stream._chunkSize - stream._outOffset;
    let result;
    try {
      result = stream._handle.writeNow(flushFlag, input, room);
    } catch (error) {
      stream.on('error', () => {});
      fail(stream, error);
      throw error;
    }
    written += result.consumed;
    if (result.output.length > 0) parts.push(result.output);
    length += result.output.length;
    if (length > stream._maxOutputLength) {
      closeHandle(stream);
      throw new codes.ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
    }
    isFull = advance(stream, room, result.output);
  }
  stream.bytesWritten = written;
  closeHandle(stream);
  return parts.length === 1 ? parts[0] : Buffer.concat(parts, length);
}

Object.assign(ZlibBase.prototype, {
  reset() {
    if (!this._handle) throw Object.assign(new Error('zlib binding closed'), { code: 'ERR_INTERNAL_ASSERTION' });
    return this._handle.reset();
  },
  _flush(callback) {
    this._transform(Buffer.alloc(0), '', callback);
  },
  _final(callback) {
    callback();
  },
  flush(kind, callback) {
    if (typeof kind === 'function' || (kind === undefined && !callback)) [kind, callback] = [this._defaultFullFlushFlag, kind];
    if (this.writableFinished) {
      if (callback) process.nextTick(callback);
    } else if (this.writableEnded) {
      if (callback) this.once('end', callback);
    } else {
      this.write(flushChunks[kind], '', callback);
    }
  },
  close(callback) {
    if (callback) finished(this, callback);
    this.destroy();
  },
  _destroy(error, callback) {
    closeHandle(this);
    callback(error);
  },
  _transform(chunk, encoding, callback) {
    let flag = typeof chunk[flushSymbol] === 'number' ? chunk[flushSymbol] : this._defaultFlushFlag;
    if (this.writableEnded && this.writableLength === chunk.byteLength) flag = stronger(flag, this._finishFlushFlag);
    processChunk(this, chunk, flag, callback);
  },
  _processChunk(chunk, flushFlag, callback) {
    if (typeof callback !== 'function') return processChunkSync(this, chunk, flushFlag);
    processChunk(this, chunk, flushFlag, callback);
    return undefined;
  },
});

function Zlib(options, mode) {
  const { windowBits, level, memLevel, strategy, dictionary } = zlibOptions(options, mode);
  const handle = new CompressionHandle('Zlib', mode, level, [level, windowBits, memLevel, strategy, dictionary]);
  ZlibBase.call(this, options, handle, zlibFlushes);
  this._level = level;
  this._strategy = strategy;
}
inherit(Zlib, ZlibBase);

Zlib.prototype.params = function params(level, strategy, callback) {
  inRange(level, 'level', c.Z_MIN_LEVEL, c.Z_MAX_LEVEL);
  inRange(strategy, 'strategy', c.Z_DEFAULT_STRATEGY, c.Z_FIXED);
  if (this._level === level && this._strategy === strategy) {
    process.nextTick(callback);
    return;
  }
  this.flush(c.Z_SYNC_FLUSH, () => {
    if (!this._handle) throw Object.assign(new Error('zlib binding closed'), { code: 'ERR_INTERNAL_ASSERTION' });
    try {
      this._handle.params(level, strategy);
    } catch (error) {
      fail(this, error);
      return;
    }
    this._level = level;
    this._strategy = strategy;
    if (callback) callback();
  });
};

function Brotli(options, mode) {
  const parameters = brotliParameters(options);
  const quality = parameters[c.BROTLI_PARAM_QUALITY];
  const kind = mode === c.BROTLI_DECODE ? 'BrotliDecoder' : 'BrotliEncoder';
  const handle = new CompressionHandle(kind, mode, quality === 0xffffffff ? c.BROTLI_DEFAULT_QUALITY : quality, [parameters]);
  ZlibBase.call(this, options, handle, brotliFlushes);
}
inherit(Brotli, Zlib);

const classes = {
  Deflate: function Deflate(opts) {
    if (!(this instanceof classes.Deflate)) return new classes.Deflate(opts);
    Zlib.call(this, opts, c.DEFLATE);
  },
  Inflate: function Inflate(opts) {
    if (!(this instanceof classes.Inflate)) return new classes.Inflate(opts);
    Zlib.call(this, opts, c.INFLATE);
  },
  Gzip: function Gzip(opts) {
    if (!(this instanceof classes.Gzip)) return new classes.Gzip(opts);
    Zlib.call(this, opts, c.GZIP);
  },
  Gunzip: function Gunzip(opts) {
    if (!(this instanceof classes.Gunzip)) return new classes.Gunzip(opts);
    Zlib.call(this, opts, c.GUNZIP);
  },
  DeflateRaw: function DeflateRaw(opts) {
    if (opts && opts.windowBits === 8) opts.windowBits = 9; // zlib has no raw deflate of 8
    if (!(this instanceof classes.DeflateRaw)) return new classes.DeflateRaw(opts);
    Zlib.call(this, opts, c.DEFLATERAW);
  },
  InflateRaw: function InflateRaw(opts) {
    if (!(this instanceof classes.InflateRaw)) return new classes.InflateRaw(opts);
    Zlib.call(this, opts, c.INFLATERAW);
  },
  Unzip: function Unzip(opts) {
    if (!(this instanceof classes.Unzip)) return new classes.Unzip(opts);
    Zlib.call(this, opts, c.UNZIP);
  },
  BrotliCompress: function BrotliCompress(opts) {
    if (!(this instanceof classes.BrotliCompress)) return new classes.BrotliCompress(opts);
    Brotli.call(this, opts, c.BROTLI_ENCODE);
  },
  BrotliDecompress: function BrotliDecompress(opts) {
    if (!(this instanceof classes.BrotliDecompress)) return new classes.BrotliDecompress(opts);
    Brotli.call(this, opts, c.BROTLI_DECODE);
  },
};
for (const name of Object.keys(classes)) inherit(classes[name], name.startsWith('Brotli') ? Brotli : Zlib);

function collect(stream, data, callback) {
  validateFunction(callback, 'callback');
  const chunks = [];
  let length = 0;
  stream.on('data', (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= stream._maxOutputLength) return;
    stream.close();
    stream.removeAllListeners('end');
    callback.call(stream, new codes.ERR_BUFFER_TOO_LARGE(stream._maxOutputLength));
  });
  stream.on('error', (error) => {
    stream.removeAllListeners('end');
    callback.call(stream, error);
  });
  stream.on('end', () => {
    const buffer = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length);
    stream.close();
    callback.call(stream, null, stream._info ? { buffer, engine: stream } : buffer);
  });
  stream.end(types.isAnyArrayBuffer(data) ? Buffer.from(data) :
    ArrayBuffer.isView(data) && !types.isUint8Array(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : data);
}

function collectNow(stream, data) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data) && !types.isAnyArrayBuffer(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], data);
  }
  const buffer = processChunkSync(stream, ArrayBuffer.isView(data) ? data : Buffer.from(data), stream._finishFlushFlag);
  return stream._info ? { buffer, engine: stream } : buffer;
}

/** zlib.gzip, zlib.gzipSync and so on. */
function convenience(Class, isSync) {
  if (isSync) return function syncBufferWrapper(buffer, opts) { return collectNow(new Class(opts), buffer); };
  return function asyncBufferWrapper(buffer, opts, callback) {
    return typeof opts === 'function' ? collect(new Class({}), buffer, opts) : collect(new Class(opts), buffer, callback);
  };
}

module.exports = { classes, convenience };
