// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// cluster in a worker: its servers ask the primary process for what they listen at.

const EventEmitter = require('../events');
const { receiver, send } = require('./cluster-messages');
const { Worker } = require('./cluster-worker');
const { ownerSymbol } = require('./handles');

const cluster = new EventEmitter();
module.exports = cluster;
Object.assign(cluster, { isWorker: true, isMaster: false, isPrimary: false, worker: null, Worker });

const longestDelay = 2 ** 31 - 1;
const handles = new Map(); // by the key that the primary gives
const indexes = new Map(); // of servers, by their address: { next, used }
const ask = (message, onAnswer) => send(process, message, null, onAnswer);

cluster._setupWorker = function() {
  const worker = new Worker({ id: Number(process.env.NODE_UNIQUE_ID) | 0, process, state: 'online' });
  cluster.worker = worker;
  process.once('disconnect', () => {
    worker.emit('disconnect');
    if (!worker.exitedAfterDisconnect) process.exit(0); // the primary has gone
  });
  process.on('internalMessage', receiver((message, handle) => {
    if (message.act === 'newconn') takeConnection(message, handle);
    else if (message.act === 'disconnect') disconnect(worker, true);
  }));
  ask({ act: 'online' });
};

/** Several servers at one address of a worker have numbers: the first ones of all workers share a handle, the second ones another. */
function takeIndex(place) {
  if (!indexes.has(place)) indexes.set(place, { next: 0, used: new Set() });
  const own = indexes.get(place);
  const index = own.next++;
  own.used.add(index);
  return index;
}

function giveIndexBack(place, index) {
  const own = indexes.get(place);
  if (own === undefined) return;
  own.used.delete(index);
  if (own.used.size === 0) indexes.delete(place);
}

/** Calls back with (errno, handle) for a server or UDP socket that is to be bound as `options` say. */
cluster._getServer = function(server, options, callback) {
  let { address } = options;
  if (options.port < 0 && typeof address === 'string') address = require('../path').resolve(address);
  const place = [address, options.port, options.addressType, options.fd].join(':');
  const index = takeIndex(place);
  const message = Object.assign({ act: 'queryServer', index, data: null }, options, { address });
  if (server._getServerData) message.data = server._getServerData();
  ask(message, (reply, handle) => {
    if (typeof server._setServerData === 'function') server._setServerData(reply.data);
    const forget = () => {
      handles.delete(reply.key);
      giveIndexBack(place, index);
    };
    if (handle) useShared(reply, handle, forget, callback);
    else useRoundRobin(reply, forget, callback);
  });
  server.once('listening', () => {
    if (!indexes.has(place)) return; // it was closed meanwhile
    cluster.worker.state = 'listening';
    const bound = server.address();
    ask(Object.assign(message, { act: 'listening', port: (bound && bound.port) || options.port }));
  });
};

function useShared({ errno, key }, handle, forget, callback) {
  const { close } = handle;
  handle.close = function(...args) {
    ask({ act: 'close', key });
    forget();
    return close.apply(this, args);
  };
  handles.set(key, handle);
  callback(errno, handle);
}

/** Connections come from the primary; what stands for the handle only keeps the loop alive. */
class RemoteHandle {
  constructor({ key, sockname }, forget) {
    Object.assign(this, { key, forget, timer: null });
    if (sockname) {
      this.getsockname = (out) => {
        if (this.key !== undefined) Object.assign(out, sockname);
        return 0;
      };
    }
    this.ref();
  }

  listen() {
    return 0;
  }

  ref() {
    if (this.timer === null) this.timer = setInterval(() => {}, longestDelay);
  }

  unref() {
    clearInterval(this.timer);
    this.timer = null;
  }

  hasRef() {
    return this.timer !== null;
  }

  close() {
    if (this.key === undefined) return;
    this.unref();
    ask({ act: 'close', key: this.key });
    this.forget();
    this.key = undefined;
  }
}

function useRoundRobin(reply, forget, callback) {
  if (reply.errno) {
    callback(reply.errno, null);
    return;
  }
  const handle = new RemoteHandle(reply, forget);
  handles.set(reply.key, handle);
  callback(0, handle);
}

function takeConnection({ key, seq }, handle) {
  const server = handles.get(key);
  const owner = server && server[ownerSymbol];
  const accepted = server !== undefined && !(owner && owner.maxConnections && owner._connections >= owner.maxConnections);
  send(process, { ack: seq, accepted });
  if (accepted) server.onconnection(0, handle);
  else if (handle) handle.close();
}

function disconnect(worker, isAskedByPrimary) {
  worker.exitedAfterDisconnect = true;
  let waiting = 1;
  const closeChannel = () => {
    if (process.connected) process.disconnect();
  };
  const onClosed = () => {
    if (--waiting > 0) return;
    if (isAskedByPrimary) closeChannel();
    else ask({ act: 'exitedAfterDisconnect' }, closeChannel); // so that the primary knows before it sees us gone
  };
  for (const handle of [...handles.values()]) {
    ++waiting;
    (handle[ownerSymbol] || handle).close(onClosed);
  }
  handles.clear();
  onClosed();
}

Worker.prototype.disconnect = function() {
  if (this.state !== 'disconnecting' && this.state !== 'destroying') {
    this.state = 'disconnecting';
    disconnect(this, false);
  }
  return this;
};

Worker.prototype.destroy = function() {
  if (this.state === 'destroying') return;
  this.exitedAfterDisconnect = true;
  if (!this.isConnected()) process.exit(0);
  this.state = 'destroying';
  process.once('disconnect', () => process.exit(0));
  ask({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
};
