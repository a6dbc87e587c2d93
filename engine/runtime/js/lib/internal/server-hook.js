// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Between a script that is a server and the ServerHook of its run (ServerHook.h): where it listens, and what happens to each request before
// its handler. Loaded before the script if there is a hook. The script's own classes and events stay as they are.

const { server: hook } = require('../../core/binding');
const { timers: { setImmediate, setTimeout } } = require('../../core/timers');
const http = require('../_http_server');
const { Server } = require('./net-server');
const offload = require('./server-offload');
const { enterRequest, holdConnection, leaveRequest } = require('./server-request');
const { Slot, SilentHandle } = require('./server-slot');

const ways = { asWritten: 0, atPort: 1, handed: 2 };
const handled = new Set(['request', 'checkContinue', 'checkExpectation']);
const listen = Server.prototype._listen2;
const { emit } = http.Server.prototype;
let hasServer = false;
let slot = null;
let owed = 0; // ms that were to be waited and have not been, as timers wait whole ones

/** Takes the place of net.Server's own: `this` is about to be bound. */
function listenAtPlace(address, port, addressType, backlog, fd, flags) {
  if (this._handle || fd >= 0 || port < 0) { // another program's socket, or a path
    listen.call(this, address, port, addressType, backlog, fd, flags);
    return;
  }
  if (hasServer || offload.isWorker) {
    // What is to have any port has one of its own; a certain port is the first run's.
    if (offload.isWorker || (!hook.isFirst && port !== 0)) this._handle = new SilentHandle(port);
    listen.call(this, address, port, addressType, backlog, fd, flags);
    return;
  }
  hasServer = true;
  if (hook.way === ways.handed) {
    slot = new Slot(hook.channel, hook.port);
    this._handle = slot.handle;
    listen.call(this, '127.0.0.1', hook.port, 4, backlog, undefined, flags);
  } else if (hook.way === ways.atPort) {
    listen.call(this, '127.0.0.1', hook.port, 4, hook.backlog || backlog, undefined, flags);
  } else {
    listen.call(this, address, port, addressType, backlog, fd, flags);
  }
  if (!this._handle) return;
  const { port: bound } = this.address();
  // A script that fails behind its listen() is none that serves.
  if (hook.way === ways.atPort) setImmediate(() => hook.listening(bound));
  else hook.listening(bound);
}

const numberOf = (req) => Number(req.headers['x-loopscope-request']) || 0;

/** Whole ms to wait for this request, so that all of them together wait what they should. */
function takeWait() {
  const asked = hook.ioMilliseconds();
  if (asked === 0) return 0;
  owed += asked;
  const wait = Math.floor(owed);
  owed -= wait;
  return wait;
}

function begin(server, args) {
  const [, req, res] = args;
  const number = numberOf(req);
  hook.requestBegan(number, req.method, req.url);
  res.once('close', () => {
    hook.requestEnded(number, res.headersSent ? res.statusCode : 0);
    if (slot !== null && !hook.keepsConnections) slot.finish(req.socket);
  });
  const handle = () => {
    hook.compute();
    hook.handlerBegins(number);
    return emit.apply(server, args);
  };
  const before = enterRequest(number);
  try {
    holdConnection(req, res, before);
    const wait = takeWait();
    if (wait === 0) return handle();
    setTimeout(handle, wait);
    return true;
  } finally {
    leaveRequest(before);
  }
}

function upgrade(server, args) {
  const [, req, socket] = args;
  const number = numberOf(req);
  hook.requestBegan(number, req.method, req.url);
  socket.once('close', () => { hook.requestEnded(number, 101); });
  hook.handlerBegins(number);
  const before = enterRequest(number);
  try {
    return emit.apply(server, args);
  } finally {
    leaveRequest(before);
  }
}

module.exports = {
  install() {
    offload.install();
    Server.prototype._listen2 = listenAtPlace;
    Object.defineProperty(http.Server.prototype, 'emit', {
      value: function emitRequest(...args) {
        if (handled.has(args[0]) && this.listenerCount(args[0]) > 0) return begin(this, args);
        if (args[0] === 'upgrade') return upgrade(this, args);
        return emit.apply(this, args);
      },
      writable: true,
      configurable: true,
      enumerable: false,
    });
  },
};
