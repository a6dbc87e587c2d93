// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Certificate: reads SPKAC.

const { Buffer } = require('../buffer');
const { getArrayBufferOrView } = require('./crypto-bytes');
const { nativeError } = require('./crypto-errors');
const { runNow } = require('./crypto-jobs');

function Certificate() {
  if (!(this instanceof Certificate)) return new Certificate();
}

function read(operation, spkac, encoding) {
  const bytes = getArrayBufferOrView(spkac, 'spkac', encoding);
  if (bytes.byteLength > 2 ** 31 - 1) throw nativeError('ERR_OUT_OF_RANGE', 'spkac is too large');
  return runNow(operation, [bytes]);
}

const bytesOrNothing = (bytes) => (bytes.byteLength === 0 ? '' : Buffer.from(bytes));

const functions = {
  verifySpkac(spkac, encoding) { return read('spkacVerify', spkac, encoding); },
  exportPublicKey(spkac, encoding) { return bytesOrNothing(read('spkacPublicKey', spkac, encoding)); },
  exportChallenge(spkac, encoding) { return bytesOrNothing(read('spkacChallenge', spkac, encoding)); },
};
Object.assign(Certificate, functions);
Object.assign(Certificate.prototype, functions);

module.exports = { Certificate };
