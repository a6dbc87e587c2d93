// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// One compression or decompression that is under way in the engine (engine/io/CompressionOperations.h).

const { Buffer } = require('../buffer');
const { calculate, calculateNow } = require('./calculation');
const { constants } = require('./zlib-constants');

const makers = { Zlib: 'openZlib', BrotliEncoder: 'openBrotli', BrotliDecoder: 'openBrotli' };

/** Brotli's name of a number, which its versions give with and without a prefix. */
const brotliCode = (number) => Object.keys(constants).find((name) => name.startsWith('BROTLI_DECODER_ERROR') && constants[name] === number);

function toError({ message, errno, code }) {
  const decoding = message === 'Decompression failed' ? brotliCode(errno) : undefined;
  return Object.assign(new Error(message), { errno, code: decoding === undefined ? code : `ERR_${decoding.slice('BROTLI_DECODER'.length)}` });
}

const now = (operation, args) => calculateNow(operation, args, toError);

// A handle that a script lost without closing it gives its memory back.
const lost = typeof FinalizationRegistry === 'function' ? new FinalizationRegistry((stream) => now('closeCompression', [stream])) : undefined;

class CompressionHandle {
  /** kind: 'Zlib', 'BrotliEncoder' or 'BrotliDecoder'; level: or quality, for the cost. */
  constructor(kind, mode, level, args) {
    this.mode = mode;
    this.level = level;
    this.stream = now(makers[kind], [mode, ...args]);
    this.isWriting = false;
    this.isClosing = false;
    if (lost !== undefined) lost.register(this, this.stream, this);
  }

  /** Takes from `input`, or from what is left of the last one: { output, consumed }. */
  writeNow(flush, input, size) {
    const [output, consumed] = now('compress', [this.stream, this.mode, this.level, input, flush, size]);
    return { output: Buffer.from(output), consumed };
  }

  /** The same on the pool; done(error | undefined, { output, consumed }). */
  write(flush, input, size, done) {
    this.isWriting = true;
    const request = { job: this, type: 'ZLIB', toError };
    calculate('compress', [this.stream, this.mode, this.level, input, flush, size], request, (error, result) => {
      this.isWriting = false;
      if (this.isClosing) this.release();
      if (error) done(error);
      else done(undefined, { output: Buffer.from(result[0]), consumed: result[1] });
    });
  }

  reset() {
    now('resetCompression', [this.stream]);
  }

  params(level, strategy) {
    now('setCompressionParameters', [this.stream, level, strategy]);
    this.level = level;
  }

  /** At once, or when the write is through that is on a thread. */
  close() {
    this.isClosing = true;
    if (!this.isWriting) this.release();
  }

  release() {
    if (this.stream === 0) return;
    now('closeCompression', [this.stream]);
    if (lost !== undefined) lost.unregister(this);
    this.stream = 0;
  }
}

module.exports = { CompressionHandle };
