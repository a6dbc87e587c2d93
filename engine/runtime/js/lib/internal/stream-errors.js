// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's errors for the package readable-stream, which brings imitations (a class NodeError, other words).

const { AbortError, codes } = require('../../core/errors');
const theirs = require('readable-stream/lib/ours/errors');

for (const name of Object.keys(theirs.codes)) {
  if (codes[name] !== undefined) theirs.codes[name] = codes[name];
}
theirs.AbortError = AbortError;

// Node 20 takes any view of memory as a chunk.
theirs.codes.ERR_INVALID_ARG_TYPE = class {
  constructor(name, expected, actual) {
    const isChunk = name === 'chunk' && Array.isArray(expected) && expected.includes('Uint8Array');
    return new codes.ERR_INVALID_ARG_TYPE(name, isChunk ? ['string', 'Buffer', 'TypedArray', 'DataView'] : expected, actual);
  }
};
