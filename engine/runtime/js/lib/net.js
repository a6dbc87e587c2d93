// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// net: TCP and pipes.

const { validateBoolean, validateInt32 } = require('../core/validators');
const { isIP, isIPv4, isIPv6 } = require('./internal/net-addresses');
const { defaults, leastAttemptTimeout, normalizeArgs } = require('./internal/net-connect');
const { Server, createServerHandle } = require('./internal/net-server');
const { Socket } = require('./internal/net-socket');
const { publish } = require('./internal/channels');

function createServer(options, connectionListener) {
  return new Server(options, connectionListener);
}

function connect(...args) {
  const normalized = normalizeArgs(args);
  const [options] = normalized;
  const socket = new Socket(options);
  publish('net.client.socket', { socket });
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(normalized);
}

let warnedOfAccepts = false;
function setSimultaneousAccepts() {
  if (warnedOfAccepts) return;
  process.emitWarning('net._setSimultaneousAccepts() is deprecated and will be removed.', 'DeprecationWarning', 'DEP0121');
  warnedOfAccepts = true;
}

module.exports = {
  _setSimultaneousAccepts: setSimultaneousAccepts,
  _createServerHandle: createServerHandle,
  _normalizeArgs: normalizeArgs,
  get BlockList() {
    return require('./internal/block-list').BlockList;
  },
  get SocketAddress() {
    return require('./internal/block-list').SocketAddress;
  },
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket,
  getDefaultAutoSelectFamily: () => defaults.autoSelectFamily,
  setDefaultAutoSelectFamily(value) {
    validateBoolean(value, 'value');
    defaults.autoSelectFamily = value;
  },
  getDefaultAutoSelectFamilyAttemptTimeout: () => defaults.autoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout(value) {
    validateInt32(value, 'value', 1);
    defaults.autoSelectFamilyAttemptTimeout = Math.max(value, leastAttemptTimeout);
  },
};
