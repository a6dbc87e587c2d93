// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// tls.TLSSocket without TLS. Libraries make one when they load, to find the class of what it wraps a stream in; it refuses to be used.

const { codes } = require('../../core/errors');
const net = require('../net');

const refusal = () => new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('tls.TLSSocket');

class JSStreamSocket extends net.Socket {
  constructor(stream) {
    if (stream !== undefined) throw refusal();
    super();
  }
}

class TLSSocket extends net.Socket {
  constructor(/* socket, options */) {
    super();
    this._handle = { _parentWrap: new JSStreamSocket() };
  }

  _read() {
    this.destroy(refusal());
  }

  _write(chunk, encoding, callback) {
    callback(refusal());
  }
}

const methods = 'connect disableRenegotiation enableTrace exportKeyingMaterial getCertificate getCipher getEphemeralKeyInfo getFinished ' +
  'getPeerCertificate getPeerFinished getPeerX509Certificate getProtocol getSession getSharedSigalgs getTLSTicket getX509Certificate ' +
  'isSessionReused renegotiate setMaxSendFragment setServername setSession';
for (const name of methods.split(' ')) {
  Object.defineProperty(TLSSocket.prototype, name, { value: { [name]() { throw refusal(); } }[name], writable: true, configurable: true });
}

module.exports = { TLSSocket };
