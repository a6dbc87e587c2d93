// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// A thread or process of a server in which each has one request at a time. Connections come from a dispatcher through a channel, a
// Unix socket: a byte with a descriptor each. It keeps a copy of each, and is told in a byte what became of ours:
//   l  the script's server listens (once, first)
//   k  the response is out, and the connection may bring another request: to whoever is free then
//   c  the connection has ended

const { server: hook } = require('../../core/binding');
const { Buffer } = require('../buffer');
const { Pipe, WriteWrap, ownerSymbol } = require('./handles');
const { timers: { setImmediate, setTimeout } } = require('../../core/timers');

const words = { listening: Buffer.from('l'), kept: Buffer.from('k'), closed: Buffer.from('c') };

const givenBack = new WeakSet(); // sockets
/** How often, in ms, it is looked whether the rest of a request that was answered early has come. */
const restOfBody = 5;

/** What a server has in place of a socket of its own that is bound to `port`. */
class SilentHandle {
  constructor(port) {
    this.port = port;
    this.onconnection = null;
  }

  getsockname(out) {
    Object.assign(out, { address: '127.0.0.1', family: 'IPv4', port: this.port });
    return 0;
  }

  getAsyncId() { return 0; }
  listen() { return 0; }
  close(callback) { if (callback) process.nextTick(callback); }
  ref() {}
  unref() {}
}

class HandedHandle extends SilentHandle {
  constructor(port, slot) {
    super(port);
    this.slot = slot;
  }

  listen() {
    this.slot.start();
    return 0;
  }

  close(callback) {
    this.slot.channel.close(callback);
  }

  ref() { this.slot.channel.ref(); }
  unref() { this.slot.channel.unref(); }
}

class Slot {
  constructor(descriptor, port) {
    this.channel = new Pipe(Pipe.IPC);
    this.channel.open(descriptor);
    this.handle = new HandedHandle(port, this);
  }

  start() {
    this.channel.onread = (count, memory, handle) => {
      if (count > 0 && handle) this.take(handle);
      else if (count < 0) hook.leave(); // we are no longer needed
    };
    this.channel.readStart();
    setImmediate(() => this.say(words.listening)); // unless the script fails behind its listen()
  }

  say(word) {
    this.channel.writeBytes(new WriteWrap(), word);
  }

  take(handle) {
    this.handle.onconnection(0, handle);
    if (hook.keepsConnections) return;
    const socket = handle[ownerSymbol];
    if (socket === undefined) { // dropped (server.maxConnections)
      this.say(words.closed);
      return;
    }
    socket.once('close', () => this.say(givenBack.has(socket) ? words.kept : words.closed));
  }

  /** A response on `socket` is over: gives the connection back, unless it ends or more of it was read. */
  finish(socket) {
    if (!socket || hook.keepsConnections || socket.destroyed || !socket.writable || !socket.parser || socket._httpMessage) return;
    if (socket.parser.isIdle()) {
      // What the client asks next is not read any more, and belongs to whoever has the connection then. Only our descriptor is closed.
      givenBack.add(socket);
      socket.destroy();
    } else {
      setTimeout(() => this.finish(socket), restOfBody);
    }
  }
}

module.exports = { SilentHandle, Slot };
