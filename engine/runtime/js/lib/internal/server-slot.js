// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// A thread or process of a server in which each has one request at a time. Connections come from a dispatcher through a channel, a
// Unix socket, on which it says a letter and the connection's number (32 bits, little-endian):
//   n  a new connection, with its descriptor, of which the dispatcher has another copy
//   g  something comes on one that stays here: it has its turn again
//   d  one that stays here is another one's now, or has ended
// and is told in a byte what became of the connection that has its turn:
//   l  the script's server listens (once, first, and of no connection)
//   s  the response is out; the connection stays here, unread, until something comes on it: to make a socket of it again would cost more
//      than the request
//   k  the response is out, and our copy is closed
//   c  the connection has ended
//   m  it does not stay here any more

const { server: hook } = require('../../core/binding');
const { Buffer } = require('../buffer');
const { Pipe, WriteWrap, ownerSymbol } = require('./handles');
const { bufferOver } = require('./stream-base');
const { timers: { setImmediate, setTimeout } } = require('../../core/timers');

const words = {
  listening: Buffer.from('l'), stays: Buffer.from('s'), kept: Buffer.from('k'), closed: Buffer.from('c'), missing: Buffer.from('m'),
};
const newConnection = 110; // n
const goesOn = 103; // g
const bytesOfOrder = 5;

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
    this.current = new Map(); // connections that have their turn, by socket: one, but for simulated processes that share an engine
    this.staying = new Map(); // by number
  }

  start() {
    this.channel.onread = (count, memory, handle) => {
      if (count > 0) this.obey(bufferOver(memory, count), handle);
      else if (count < 0) hook.leave(); // we are no longer needed
    };
    this.channel.readStart();
    setImmediate(() => this.say(words.listening)); // unless the script fails behind its listen()
  }

  say(word) {
    this.channel.writeBytes(new WriteWrap(), word);
  }

  /** Orders come whole; at most one of those that come at once brings a handle. */
  obey(orders, handle) {
    for (let at = 0; at + bytesOfOrder <= orders.length; at += bytesOfOrder) {
      const number = orders.readInt32LE(at + 1);
      const connection = this.staying.get(number);
      if (orders[at] === newConnection) {
        if (handle) this.take(number, handle);
        else this.say(words.closed); // there was no descriptor left for it
      } else if (orders[at] === goesOn) {
        if (connection === undefined) this.say(words.missing);
        else this.goOn(connection);
      } else if (connection !== undefined) {
        this.staying.delete(number);
        connection.socket.destroy(); // closes only our descriptor
      }
    }
  }

  take(number, handle) {
    this.handle.onconnection(0, handle);
    if (hook.keepsConnections) return;
    const socket = handle[ownerSymbol];
    if (socket === undefined) { // dropped (server.maxConnections)
      this.say(words.closed);
      return;
    }
    const connection = { number, socket, isGivenBack: false };
    this.current.set(socket, connection);
    socket.once('close', () => {
      if (this.staying.get(number) === connection) this.staying.delete(number);
      if (this.current.delete(socket)) this.say(connection.isGivenBack ? words.kept : words.closed);
    });
  }

  goOn(connection) {
    const { _handle: handle } = connection.socket;
    this.staying.delete(connection.number);
    this.current.set(connection.socket, connection);
    handle.reading = true;
    handle.readStart();
  }

  /** A response on `socket` is over: the connection's turn, too, unless it ends or more of it was read. */
  finish(socket) {
    const connection = this.current.get(socket);
    if (connection === undefined || socket.destroyed || !socket.writable || !socket.parser || socket._httpMessage) return;
    if (!socket.parser.isIdle()) {
      setTimeout(() => this.finish(socket), restOfBody);
      return;
    }
    // What the client asks next is not read any more, and belongs to whoever has the connection then.
    if (this.staying.size < hook.mostStaying && socket.listenerCount('readable') === 0) {
      this.current.delete(socket);
      this.staying.set(connection.number, connection);
      socket._handle.reading = false;
      socket._handle.readStop();
      this.say(words.stays);
    } else {
      connection.isGivenBack = true;
      socket.destroy(); // closes only our descriptor
    }
  }
}

module.exports = { SilentHandle, Slot };
