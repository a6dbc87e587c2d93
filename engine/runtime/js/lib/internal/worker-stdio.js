// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Standard streams of a worker: both halves of each, which talk over the control port between the Worker and its thread.

const { Readable, Writable } = require('../stream');

/** What keeps the control port, and so the loop, alive: streams that wait for the other side. */
class Waiting {
  constructor(hold) {
    this.hold = hold;
    this.count = 0;
  }

  add(change) {
    if (change === 0) return;
    const was = this.count > 0;
    this.count += change;
    if (was !== this.count > 0) this.hold(was ? -1 : 1);
  }
}

class ReadableWorkerStdio extends Readable {
  constructor(port, waiting, name) {
    super();
    this.link = { port, waiting, name, isCounted: true, hasStarted: false };
    Object.defineProperty(this, 'link', { enumerable: false });
    const { link } = this;
    this.on('end', () => {
      if (link.hasStarted && link.isCounted) waiting.add(-1);
    });
  }

  _read() {
    const { link } = this;
    if (!link.hasStarted && link.isCounted) {
      link.hasStarted = true;
      link.waiting.add(1);
    }
    link.port.post({ type: 'stdioWantsMoreData', stream: link.name });
  }
}

class WritableWorkerStdio extends Writable {
  constructor(port, waiting, name) {
    super({ decodeStrings: false });
    this.link = { port, waiting, name, callbacks: [] };
    Object.defineProperty(this, 'link', { enumerable: false });
  }

  _writev(chunks, callback) {
    const { port, waiting, name, callbacks } = this.link;
    port.post({ type: 'stdioPayload', stream: name, chunks: chunks.map(({ chunk, encoding }) => ({ chunk, encoding })) });
    if (process._exiting) {
      callback();
      return;
    }
    callbacks.push(callback);
    waiting.add(1);
  }

  _write(chunk, encoding, callback) {
    this._writev([{ chunk, encoding }], callback);
  }

  _final(callback) {
    const { port, name } = this.link;
    port.post({ type: 'stdioPayload', stream: name, chunks: [{ chunk: null, encoding: '' }] });
    callback();
  }

  wantsMoreData() {
    const { callbacks, waiting } = this.link;
    this.link.callbacks = [];
    for (const callback of callbacks) callback();
    waiting.add(-callbacks.length);
  }
}

/** Takes in chunks that the other half wrote. */
function receive(readable, chunks) {
  for (const { chunk, encoding } of chunks) readable.push(chunk, encoding);
}

module.exports = { ReadableWorkerStdio, Waiting, WritableWorkerStdio, receive };
