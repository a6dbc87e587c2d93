// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Reading and writing of numbers in buffers: Buffer.prototype.readInt32LE and the sixty others.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { isBigInt } = require('../../core/type-of');
const { validateNumber } = require('../../core/validators');

function boundsError(value, length, name) {
  if (Math.floor(value) !== value) {
    validateNumber(value, name);
    return new codes.ERR_OUT_OF_RANGE(name || 'offset', 'an integer', value);
  }
  if (length < 0) return new codes.ERR_BUFFER_OUT_OF_BOUNDS();
  return new codes.ERR_OUT_OF_RANGE(name || 'offset', `>= ${name ? 1 : 0} and <= ${length}`, value);
}

function checkPlace(buffer, offset, size) {
  validateNumber(offset, 'offset');
  if (buffer[offset] === undefined || buffer[offset + size - 1] === undefined) {
    throw boundsError(offset, buffer.length - size);
  }
}

function readUnsigned(buffer, offset, size, littleEndian) {
  checkPlace(buffer, offset, size);
  let value = 0;
  if (littleEndian) {
    for (let i = size - 1; i >= 0; --i) value = value * 256 + buffer[offset + i];
  } else {
    for (let i = 0; i < size; ++i) value = value * 256 + buffer[offset + i];
  }
  return value;
}

function readSigned(buffer, offset, size, littleEndian) {
  const value = readUnsigned(buffer, offset, size, littleEndian);
  const limit = 2 ** (8 * size - 1);
  return value < limit ? value : value - 2 * limit;
}

function rangeText(min, max, size) {
  if (size <= 4) return `>= ${min} and <= ${max}`;
  if (min === 0) return `>= 0 and < 2 ** ${8 * size}`;
  return `>= -(2 ** ${8 * size - 1}) and < 2 ** ${8 * size - 1}`;
}

function writeInteger(buffer, given, offset, size, littleEndian, signed) {
  const value = Number(given);
  const min = signed ? -(2 ** (8 * size - 1)) : 0;
  const max = signed ? 2 ** (8 * size - 1) - 1 : 2 ** (8 * size) - 1;
  if (size === 1) validateNumber(offset, 'offset');
  if (value > max || value < min) throw new codes.ERR_OUT_OF_RANGE('value', rangeText(min, max, size), value);
  checkPlace(buffer, offset, size);
  // Fractions are cut off, NaN is 0, negative numbers are two's complement.
  let rest = value !== value ? 0 : Math.trunc(value);
  if (rest < 0) rest += 2 ** (8 * size);
  for (let i = 0; i < size; ++i) {
    buffer[littleEndian ? offset + i : offset + size - 1 - i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return offset + size;
}

const scratch = new DataView(new ArrayBuffer(8));
const scratchBytes = new Uint8Array(scratch.buffer);

function readFloat(buffer, offset, size, littleEndian) {
  checkPlace(buffer, offset, size);
  for (let i = 0; i < size; ++i) scratchBytes[i] = buffer[offset + i];
  return size === 4 ? scratch.getFloat32(0, littleEndian) : scratch.getFloat64(0, littleEndian);
}

function writeFloat(buffer, value, offset, size, littleEndian) {
  const number = Number(value);
  checkPlace(buffer, offset, size);
  if (size === 4) scratch.setFloat32(0, number, littleEndian);
  else scratch.setFloat64(0, number, littleEndian);
  for (let i = 0; i < size; ++i) buffer[offset + i] = scratchBytes[i];
  return offset + size;
}

function named(name, body) {
  return Object.defineProperty(body, 'name', { value: name, configurable: true });
}

function writeBigInt(buffer, value, offset, signed, little) {
  const { lt, gt, parse, word } = binding.bigInt();
  const [min, max] = signed ? ['-9223372036854775808', '9223372036854775807'] : ['0', '18446744073709551615'];
  // As in Node, a number is compared before it is refused.
  if (lt(value, parse(min)) || gt(value, parse(max))) {
    throw new codes.ERR_OUT_OF_RANGE('value', signed ? '>= -(2n ** 63n) and < 2n ** 63n' : '>= 0n and < 2n ** 64n', value);
  }
  if (!isBigInt(value)) throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
  checkPlace(buffer, offset, 8);
  for (let i = 0; i < 8; ++i) buffer[little ? offset + i : offset + 7 - i] = word(value, i >> 2) >>> (8 * (i & 3));
  return offset + 8;
}

function bigIntMethods(methods) {
  for (const endian of ['LE', 'BE']) {
    const little = endian === 'LE';
    for (const signed of [false, true]) {
      const type = signed ? 'BigInt64' : 'BigUInt64';
      methods[`read${type}${endian}`] = named(`read${type}${endian}`, function(offset = 0) {
        checkPlace(this, offset, 8);
        const low = readUnsigned(this, little ? offset : offset + 4, 4, little);
        const high = readUnsigned(this, little ? offset + 4 : offset, 4, little);
        return binding.bigInt().fromWords(low, high, signed);
      });
      methods[`write${type}${endian}`] = named(`write${type}${endian}`, function(value, offset = 0) {
        return writeBigInt(this, value, offset, signed, little);
      });
    }
  }
}

function variableSize(write, signed, littleEndian) {
  const run = (buffer, value, offset, size) => {
    if (offset === undefined) throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', offset);
    if (size !== 1 && size !== 2 && size !== 3 && size !== 4 && size !== 5 && size !== 6) {
      validateNumber(size, 'byteLength');
      throw boundsError(size, 6, 'byteLength');
    }
    if (write) return writeInteger(buffer, value, offset, size, littleEndian, signed);
    return (signed ? readSigned : readUnsigned)(buffer, offset, size, littleEndian);
  };
  if (write) return function(value, offset, byteLength) { return run(this, value, offset, byteLength); };
  return function(offset, byteLength) { return run(this, undefined, offset, byteLength); };
}

function makeMethods() {
  const methods = {};
  bigIntMethods(methods);
  for (const endian of ['LE', 'BE']) {
    const little = endian === 'LE';
    for (const signed of [false, true]) {
      const type = signed ? 'Int' : 'UInt';
      const read = signed ? readSigned : readUnsigned;
      methods[`read${type}${endian}`] = named(`read${type}${endian}`, variableSize(false, signed, little));
      methods[`write${type}${endian}`] = named(`write${type}${endian}`, variableSize(true, signed, little));
      for (const size of [1, 2, 4]) {
        const name = size === 1 ? `${type}8` : `${type}${8 * size}${endian}`;
        methods[`read${name}`] = named(`read${name}`, function(offset = 0) {
          return read(this, offset, size, little);
        });
        methods[`write${name}`] = named(`write${name}`, function(value, offset = 0) {
          return writeInteger(this, value, offset, size, little, signed);
        });
      }
    }
    for (const [type, size] of [['Float', 4], ['Double', 8]]) {
      methods[`read${type}${endian}`] = named(`read${type}${endian}`, function(offset = 0) {
        return readFloat(this, offset, size, little);
      });
      methods[`write${type}${endian}`] = named(`write${type}${endian}`, function(value, offset = 0) {
        return writeFloat(this, value, offset, size, little);
      });
    }
  }
  // The same by their newer spelling.
  for (const name of Object.keys(methods)) {
    if (name.includes('UInt')) methods[name.replace('UInt', 'Uint')] = methods[name];
  }
  return methods;
}

module.exports = { numberMethods: makeMethods() };
