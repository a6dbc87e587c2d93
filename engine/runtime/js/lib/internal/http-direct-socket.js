// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Between the handle of a server's connection and its parser, past the stream of the socket between them, as Node's C++ does it ("consume").
// It ends as soon as somebody listens for the socket's bytes.

const { findEncoding, utf8Encoding } = require('./buffer-encodings');
const { Socket } = require('../net');
const { WriteWrap } = require('./handles');
const { errnoException } = require('./net-errors');
const { bufferOver, kBuffer, kTimeout, onStreamRead } = require('./stream-base');

function onSocketResume() {
  if (this._paused) { // somebody else resumed it
    this.pause();
    return;
  }
  if (this._handle && !this._handle.reading) {
    this._handle.reading = true;
    this._handle.readStart();
  }
}

function onSocketPause() {
  if (this._handle && this._handle.reading) {
    this._handle.reading = false;
    this._handle.readStop();
  }
}

const latin1Encoding = findEncoding('latin1');
const listening = ['on', 'addListener', 'prependListener'];

class DirectSocket {
  /** One for `socket`, whose bytes go to `onBytes`; null if it has no handle, or its bytes go elsewhere already. */
  static of(socket, onBytes) {
    const handle = socket._handle;
    if (!(socket instanceof Socket) || !handle || handle.onread !== onStreamRead || socket[kBuffer]) return null;
    return new this(socket, handle, onBytes);
  }

  constructor(socket, handle, onBytes) {
    this.socket = socket;
    this.handle = handle;
    this.isWriting = false;
    this.request = new WriteWrap();
    handle.onread = (count, memory) => {
      if (count <= 0 || socket.destroyed) {
        onStreamRead.call(handle, count, memory);
        return;
      }
      if (socket[kTimeout]) socket._unrefTimer();
      onBytes(bufferOver(memory, count));
    };
    socket.on('resume', onSocketResume);
    socket.on('pause', onSocketPause);
    const direct = this;
    for (const name of listening) {
      socket[name] = function(event, listener) {
        if (event === 'data' || event === 'readable') direct.release();
        return Socket.prototype[name].call(this, event, listener);
      };
    }
  }

  release() {
    const { handle, socket } = this;
    if (handle === null) return;
    this.handle = null;
    if (socket._handle === handle) handle.onread = onStreamRead;
    for (const name of listening) delete socket[name];
    socket.removeListener('resume', onSocketResume);
    socket.removeListener('pause', onSocketPause);
  }

  /** Writes the head and `body`, text or bytes, and has finish(message) called then; false if the socket has something to write before, or cannot write. */
  write(message, body, encoding, finish) {
    const { handle, socket } = this;
    const state = socket._writableState;
    if (handle === null || this.isWriting || state.length > 0 || state.corked > 0 || socket.destroyed || !socket.writable) return false;
    const { request } = this;
    const outcome = typeof body === 'string' ?
      handle.writeText(request, message._header + body, encoding === 'latin1' ? latin1Encoding : utf8Encoding) :
      handle.writeText(request, message._header, latin1Encoding, body);
    message._headerSent = true;
    if (outcome === 1) {
      process.nextTick(finish, message);
    } else if (outcome === 0) {
      this.isWriting = true;
      this.request = new WriteWrap();
      request.oncomplete = (status) => {
        this.isWriting = false;
        if (status < 0) socket.destroy(errnoException(status, 'write', request.error));
        finish(message);
      };
    } else {
      socket.destroy(errnoException(outcome, 'write', request.error));
      process.nextTick(finish, message);
    }
    return true;
  }
}

module.exports = { DirectSocket };
