// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// zlib, on zlib and brotli. Streams and functions with a callback work on the pool's threads.

const { codes } = require('../core/errors');
const { validateUint32 } = require('../core/validators');
const { calculateNow } = require('./internal/calculation');
const { bytesOf } = require('./internal/crypto-bytes');
const { constants } = require('./internal/zlib-constants');
const { classes, convenience } = require('./internal/zlib-streams');

// By name and by number.
const returnCodes = {};
for (const name of ['Z_OK', 'Z_STREAM_END', 'Z_NEED_DICT', 'Z_ERRNO', 'Z_STREAM_ERROR', 'Z_DATA_ERROR', 'Z_MEM_ERROR', 'Z_BUF_ERROR', 'Z_VERSION_ERROR']) {
  returnCodes[name] = constants[name];
}
for (const name of Object.keys(returnCodes)) returnCodes[returnCodes[name]] = name;

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  validateUint32(value, 'value');
  return calculateNow('crc32', [bytesOf(data), value], (error) => error);
}

module.exports = Object.assign({ crc32 }, classes);
for (const name of ['deflate', 'gzip', 'deflateRaw', 'unzip', 'inflate', 'gunzip', 'inflateRaw', 'brotliCompress', 'brotliDecompress']) {
  const Class = classes[name[0].toUpperCase() + name.slice(1)];
  module.exports[name] = convenience(Class, false);
  module.exports[`${name}Sync`] = convenience(Class, true);
}
for (const name of ['Deflate', 'Inflate', 'DeflateRaw', 'InflateRaw', 'Gzip', 'Gunzip', 'Unzip', 'BrotliCompress', 'BrotliDecompress']) {
  const Class = classes[name];
  Object.defineProperty(module.exports, `create${name}`, { value: function(options) { return new Class(options); }, configurable: true, enumerable: true });
}
Object.defineProperty(module.exports, 'constants', { value: constants, enumerable: true });
Object.defineProperty(module.exports, 'codes', { value: Object.freeze(returnCodes), enumerable: true });
for (const name of Object.keys(constants)) {
  if (!name.startsWith('BROTLI')) Object.defineProperty(module.exports, name, { value: constants[name] });
}
