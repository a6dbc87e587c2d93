// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// cluster in the process that forks the workers.

const { codes } = require('../../core/errors');
const EventEmitter = require('../events');
const { receiver, send } = require('./cluster-messages');
const { Worker } = require('./cluster-worker');

const SCHED_NONE = 1;
const SCHED_RR = 2;
const policies = { none: SCHED_NONE, rr: SCHED_RR };

const cluster = new EventEmitter();
module.exports = cluster;
Object.assign(cluster, {
  isWorker: false, isMaster: true, isPrimary: true, Worker, workers: {}, settings: {}, SCHED_NONE, SCHED_RR,
  schedulingPolicy: policies[process.env.NODE_CLUSTER_SCHED_POLICY] || SCHED_RR,
});

const handles = new Map(); // by address and the number of the server at it
const intercom = new EventEmitter(); // 'disconnect': the last worker has gone
let lastId = 0;
let policy; // as it was when the first worker was set up

cluster.setupPrimary = function(options) {
  const settings = Object.assign({ args: process.argv.slice(2), exec: process.argv[1], execArgv: process.execArgv, silent: false },
    cluster.settings, options);
  cluster.settings = settings;
  if (policy === undefined) {
    policy = cluster.schedulingPolicy;
    if (policy !== SCHED_NONE && policy !== SCHED_RR) require('../assert')(false, `Bad cluster.schedulingPolicy: ${policy}`);
  }
  process.nextTick(() => cluster.emit('setup', settings));
};
cluster.setupMaster = cluster.setupPrimary;

function startProcess(id, env) {
  const { settings } = cluster;
  if (settings.inspectPort === null) throw new codes.ERR_SOCKET_BAD_PORT('Port', null, true);
  const { cwd, serialization, silent, windowsHide, stdio, gid, uid } = settings;
  return require('./child-modules').childProcess().fork(settings.exec, settings.args, {
    cwd, serialization, silent, windowsHide, stdio, gid, uid,
    env: Object.assign({}, process.env, env, { NODE_UNIQUE_ID: `${id}` }),
    execArgv: [...settings.execArgv],
  });
}

function removeWorker(worker) {
  delete cluster.workers[worker.id];
  if (Object.keys(cluster.workers).length === 0) intercom.emit('disconnect');
}

function removeHandlesOf(worker) {
  for (const [key, handle] of handles) {
    if (handle.remove(worker)) handles.delete(key);
  }
}

function onExit(worker, exitCode, signalCode) {
  // A worker that is still connected may have something to say.
  if (!worker.isConnected()) {
    removeHandlesOf(worker);
    removeWorker(worker);
  }
  worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
  worker.state = 'dead';
  worker.emit('exit', exitCode, signalCode);
  cluster.emit('exit', worker, exitCode, signalCode);
}

function onDisconnect(worker) {
  removeHandlesOf(worker);
  if (worker.isDead()) removeWorker(worker);
  worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
  worker.state = 'disconnected';
  worker.emit('disconnect');
  cluster.emit('disconnect', worker);
}

cluster.fork = function(env) {
  cluster.setupPrimary();
  const id = ++lastId;
  const worker = new Worker({ id, process: startProcess(id, env) });
  worker.on('message', function(message, handle) { cluster.emit('message', this, message, handle); });
  worker.process.once('exit', (exitCode, signalCode) => onExit(worker, exitCode, signalCode));
  worker.process.once('disconnect', () => onDisconnect(worker));
  worker.process.on('internalMessage', receiver((message) => {
    if (Object.hasOwn(acts, message.act)) acts[message.act](worker, message);
  }));
  process.nextTick(() => cluster.emit('fork', worker));
  cluster.workers[id] = worker;
  return worker;
};

cluster.disconnect = function(callback) {
  const workers = Object.values(cluster.workers);
  if (workers.length === 0) process.nextTick(() => intercom.emit('disconnect'));
  for (const worker of workers) {
    if (worker.isConnected()) worker.disconnect();
  }
  if (typeof callback === 'function') intercom.once('disconnect', callback);
};

// ------------------------------------------------------------------------------------------------------------ what workers ask

/** The shorter way to name a path: the system takes about 100 bytes. */
function shortPath(path) {
  const relative = require('../path').relative(process.cwd(), path);
  return path.length < relative.length ? path : relative;
}

function makeHandle(key, message) {
  const { address, addressType, port } = message;
  const place = port < 0 && typeof address === 'string' ? shortPath(address) : address;
  const { RoundRobinHandle, SharedHandle } = require('./cluster-handles');
  const isShared = policy === SCHED_NONE || addressType === 'udp4' || addressType === 'udp6';
  return isShared ? new SharedHandle(key, place, message) : new RoundRobinHandle(key, place, message);
}

const acts = {
  online(worker) {
    worker.state = 'online';
    worker.emit('online');
    cluster.emit('online', worker);
  },
  queryServer(worker, message) {
    if (worker.exitedAfterDisconnect) return;
    const key = [message.address, message.port, message.addressType, message.fd, message.index].join(':');
    if (!handles.has(key)) handles.set(key, makeHandle(key, message));
    const kept = handles.get(key);
    if (!kept.data) kept.data = message.data;
    kept.add(worker, (errno, reply, handle) => {
      if (errno) handles.delete(key); // so that others can try again
      send(worker.process, Object.assign({ errno, key, ack: message.seq, data: kept.data }, reply), handle);
    });
  },
  listening(worker, { address, addressType, fd, port }) {
    worker.state = 'listening';
    const where = { addressType, address, port, fd };
    worker.emit('listening', where);
    cluster.emit('listening', worker, where);
  },
  close(worker, { key }) {
    const handle = handles.get(key);
    if (handle && handle.remove(worker)) handles.delete(key);
  },
  exitedAfterDisconnect(worker, { seq }) {
    worker.exitedAfterDisconnect = true;
    send(worker.process, { ack: seq });
  },
};

Worker.prototype.disconnect = function() {
  this.exitedAfterDisconnect = true;
  send(this.process, { act: 'disconnect' });
  removeHandlesOf(this);
  removeWorker(this);
  return this;
};

Worker.prototype.destroy = function(signal) {
  this.process.kill(signal || 'SIGTERM');
};
