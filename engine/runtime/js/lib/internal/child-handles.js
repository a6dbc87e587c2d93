// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Servers and sockets in messages between processes: which handle goes, and what is made of it at the other end. Types are named as in Node.

const { codes, define } = require('../../core/errors');
const { Pipe, TCP, UDP } = require('./handles');

define('ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent', TypeError);

const net = () => require('../net');
const dgram = () => require('../dgram');

/** The socket is the other process's from now on: here nothing is read any more. */
function takeFromSocket(socket, { keepOpen }) {
  const handle = socket._handle;
  if (!handle) return null;
  if (socket.server) --socket.server._connections;
  if (keepOpen) return handle;
  handle.onread = () => {};
  handle.readStop();
  socket._handle = null;
  socket.setTimeout(0);
  return handle;
}

const conversions = {
  'net.Native': { take: (handle) => handle, give: (message, handle, emit) => emit(handle), closes: false },
  'net.Server': {
    take: (server) => server._handle,
    give(message, handle, emit) {
      const server = new (net().Server)();
      server.listen(handle, () => emit(server));
    },
    closes: false,
  },
  'net.Socket': {
    take: takeFromSocket,
    give(message, handle, emit) {
      emit(new (net().Socket)({ handle, readable: true, writable: true }));
    },
    closes: true,
  },
  'dgram.Native': { take: (handle) => handle, give: (message, handle, emit) => emit(handle), closes: false },
  'dgram.Socket': {
    take: (socket) => dgram()._handleOf(socket),
    give({ dgramType }, handle, emit) {
      const socket = new (dgram().Socket)(dgramType);
      socket.bind(handle, () => emit(socket));
    },
    closes: false,
  },
};

function typeOf(object) {
  if (object instanceof TCP || object instanceof Pipe) return 'net.Native';
  if (object instanceof UDP) return 'dgram.Native';
  if (object instanceof net().Socket) return 'net.Socket';
  if (object instanceof net().Server) return 'net.Server';
  if (object instanceof dgram().Socket) return 'dgram.Socket';
  throw new codes.ERR_INVALID_HANDLE_TYPE();
}

/** { envelope: what is sent, handle: goes with it, afterwards(): when it has come }. A socket that was closed goes as the message alone. */
function pack(message, object, options) {
  const type = typeOf(object);
  const handle = conversions[type].take(object, options);
  if (!handle) return { envelope: message, handle: null };
  const envelope = { cmd: 'NODE_HANDLE', type, msg: message };
  if (type === 'dgram.Socket') envelope.dgramType = object.type;
  const closes = conversions[type].closes && !options.keepOpen;
  return { envelope, handle, afterwards() { if (closes) handle.close(); } };
}

/** Calls `emit` with what the envelope brought. */
function unpack(envelope, handle, emit) {
  conversions[envelope.type].give(envelope, handle, emit);
}

module.exports = { pack, unpack };
