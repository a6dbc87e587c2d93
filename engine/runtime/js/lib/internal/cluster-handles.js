// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What the primary of a cluster keeps for each address that workers listen at.

const { send } = require('./cluster-messages');

/** The primary accepts, and hands the connections to the workers in turn (SCHED_RR). */
class RoundRobinHandle {
  constructor(key, address, { port, fd, flags, backlog, readableAll, writableAll }) {
    Object.assign(this, { key, all: new Map(), free: new Map(), waiting: [], handle: null, data: undefined });
    const { createServer } = require('../net');
    this.server = createServer();
    if (fd >= 0) this.server.listen({ fd, backlog });
    else if (port >= 0) this.server.listen({ port, host: address, ipv6Only: Boolean(flags & 1), backlog });
    else this.server.listen({ path: address, backlog, readableAll, writableAll });
    this.server.once('listening', () => {
      this.handle = this.server._handle;
      this.handle.onconnection = (error, handle) => this.distribute(error, handle);
      this.server._handle = null;
      this.server = null;
    });
  }

  /** `answer(errno, reply, handle)` is for the worker. */
  add(worker, answer) {
    this.all.set(worker.id, worker);
    const done = () => {
      if (this.handle.getsockname) {
        const sockname = {};
        this.handle.getsockname(sockname);
        answer(null, { sockname }, null);
      } else {
        answer(null, null, null); // a path
      }
      this.handOver(worker); // somebody may have connected
    };
    if (this.server === null) {
      done();
      return;
    }
    this.server.once('listening', done);
    this.server.once('error', (error) => answer(error.errno, null));
  }

  /** True if that was the last worker. */
  remove(worker) {
    if (!this.all.delete(worker.id)) return false;
    this.free.delete(worker.id);
    if (this.all.size > 0) return false;
    for (const handle of this.waiting.splice(0)) handle.close();
    if (this.handle) this.handle.close();
    this.handle = null;
    return true;
  }

  distribute(error, handle) {
    if (error) return;
    this.waiting.push(handle);
    for (const [id, worker] of this.free) {
      this.free.delete(id);
      this.handOver(worker);
      return;
    }
  }

  handOver(worker) {
    if (!this.all.has(worker.id)) return; // it has closed its server
    const handle = this.waiting.shift();
    if (handle === undefined) {
      this.free.set(worker.id, worker);
      return;
    }
    send(worker.process, { act: 'newconn', key: this.key }, handle, ({ accepted }) => {
      if (accepted) handle.close(); // our copy
      else this.distribute(0, handle); // to another one
      this.handOver(worker);
    });
  }
}

/** All workers have a copy of the same handle: the system decides who gets what comes (SCHED_NONE, and UDP). */
class SharedHandle {
  constructor(key, address, { port, addressType, fd, flags }) {
    Object.assign(this, { key, workers: new Map(), handle: null, errno: 0, data: undefined });
    const made = addressType === 'udp4' || addressType === 'udp6' ?
      require('../dgram')._createHandle(address, port, addressType, fd, flags) :
      require('./net-server').createServerHandle(address, port, addressType, fd, flags);
    if (typeof made === 'number') this.errno = made;
    else this.handle = made;
  }

  add(worker, answer) {
    this.workers.set(worker.id, worker);
    answer(this.errno, null, this.handle);
  }

  remove(worker) {
    if (!this.workers.delete(worker.id) || this.workers.size > 0) return false;
    if (this.handle) this.handle.close();
    this.handle = null;
    return true;
  }
}

module.exports = { RoundRobinHandle, SharedHandle };
