// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The channel between a process and the child that it forked (child-channel.js) on real I/O: a pipe, with the messages in Node's own forms, so
// that a child can be a real Node.

const { Buffer } = require('../buffer');
const { StringDecoder } = require('../string_decoder');
const { WriteWrap } = require('./handles');

/** A line of JSON for each message. */
const json = {
  bytes: (message) => Buffer.from(`${JSON.stringify(message)}\n`),
  reader(take) {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    return (bytes) => {
      const lines = (rest + decoder.write(bytes)).split('\n');
      rest = lines.pop();
      for (const line of lines) take(JSON.parse(line));
    };
  },
};

const lengthBytes = 4; // before each message, big endian

/** The form of v8.serialize(). */
const advanced = {
  bytes(message) {
    const content = require('../v8').serialize(message);
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32BE(content.length);
    return Buffer.concat([length, content]);
  },
  reader(take) {
    let rest = Buffer.alloc(0);
    return (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      while (rest.length >= lengthBytes && rest.length >= lengthBytes + rest.readUInt32BE()) {
        const end = lengthBytes + rest.readUInt32BE();
        const content = rest.subarray(lengthBytes, end);
        rest = rest.subarray(end);
        take(require('../v8').deserialize(content));
      }
    };
  },
};

class PipeTransport {
  constructor(channel, serialization) {
    Object.assign(this, { channel, form: serialization === 'advanced' ? advanced : json, isClosed: false });
  }

  start(receive, onClosed) {
    const { channel } = this;
    const arrived = [];
    const read = this.form.reader((message) => receive(message, () => arrived.shift()));
    channel.onread = (count, memory, handle) => {
      if (handle) arrived.push(handle);
      if (count > 0) {
        read(Buffer.from(memory, 0, count));
        return;
      }
      channel.onread = () => {};
      onClosed();
    };
    channel.readStart();
  }

  /** 1: done at once; 0: `done` is called; or a negative number. */
  send(message, handle, done) {
    const request = new WriteWrap();
    request.oncomplete = done;
    return this.channel.writeBytes(request, this.form.bytes(message), handle || undefined);
  }

  get queuedBytes() {
    return this.channel.writeQueueSize;
  }

  get fd() {
    return this.channel.fd;
  }

  close() {
    if (!this.isClosed) this.channel.close();
    this.isClosed = true;
  }

  ref() {
    this.channel.ref();
  }

  unref() {
    this.channel.unref();
  }
}

module.exports = { PipeTransport };
