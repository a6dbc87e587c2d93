// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// How a socket connects: by path, by address, by name, and by several addresses one after the other (RFC 8305, "happy eyeballs").

const { validateBoolean, validateFunction, validateInt32, validateNumber, validateString } = require('../../core/validators');
const { Pipe, PipeConnectWrap, TCP, TCPConnectWrap, ownerSymbol } = require('./handles');
const { asyncIdSymbol, withTrigger } = require('./async-hooks');
const { isIP } = require('./net-addresses');
const { refusalOfAddress, refusalOfHost } = require('./net-permissions');
const { aggregateError, codes, hostPortException, uv, validatePort } = require('./net-errors');
const { Socket, initSocketHandle, kSetKeepAlive, kSetKeepAliveInitialDelay, kSetNoDelay } = require('./net-socket');
const { startMeasuring, stopMeasuring } = require('./perf-observers');
const { kTimeout } = require('./stream-base');

const kMeasured = Symbol('measured');

const normalizedArgsSymbol = Symbol('normalizedArgs');

const defaults = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 250 };
const leastAttemptTimeout = 10; // ms

const toNumber = (value) => (Number(value) >= 0 ? Number(value) : false);
const isPipeName = (value) => typeof value === 'string' && toNumber(value) === false;

/** [options, callback | null] of the arguments of connect() and listen(). */
function normalizeArgs(args) {
  let options = {};
  const [first] = args;
  if (typeof first === 'object' && first !== null) {
    options = first;
  } else if (isPipeName(first)) {
    options.path = first;
  } else if (args.length > 0) {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const last = args[args.length - 1];
  const normalized = [options, typeof last === 'function' ? last : null];
  normalized[normalizedArgsSymbol] = true;
  return normalized;
}

/** libuv tells that a port is in use when the socket listens or connects; until then it is bound to none. */
function checkBindError(error, port, handle) {
  if (error !== 0 || !(port > 0) || !handle.getsockname) return error;
  const out = {};
  const failed = handle.getsockname(out);
  return failed === 0 && port !== out.port ? uv.EADDRINUSE : failed;
}

function bindLocally(handle, family, address, port, flags) {
  const where = address || (family === 4 ? '0.0.0.0' : '::');
  const error = checkBindError(family === 4 ? handle.bind(where, port) : handle.bind6(where, port, flags), port, handle);
  return error ? hostPortException(error, 'bind', where, port) : undefined;
}

function connectionError(status, request) {
  const local = request.localAddress && request.localPort ? `${request.localAddress}:${request.localPort}` : undefined;
  const error = hostPortException(status, 'connect', request.address, request.port, local);
  if (local !== undefined) {
    error.localAddress = request.localAddress;
    error.localPort = request.localPort;
  }
  return error;
}

/** The error of an attempt that failed at once. */
function immediateError(socket, status, address, port) {
  const local = socket._getsockname();
  return hostPortException(status, 'connect', address, port, local ? `${local.address}:${local.port}` : undefined);
}

function makeRequest(oncomplete, address, port, family, localAddress, localPort) {
  return Object.assign(new TCPConnectWrap(), { oncomplete, address, port, localAddress, localPort, addressType: family });
}

function internalConnect(socket, address, port, family, localAddress, localPort, flags) {
  const refused = family === undefined ? undefined : refusalOfAddress(socket._host || address, address, port);
  if (refused !== undefined) {
    socket.destroy(refused);
    return;
  }
  if (localAddress || localPort) {
    const failed = bindLocally(socket._handle, family, localAddress, localPort, flags);
    if (failed !== undefined) {
      socket.destroy(failed);
      return;
    }
  }
  socket.emit('connectionAttempt', address, port, family);
  let error;
  if (family === 4 || family === 6) {
    const request = makeRequest(afterConnect, address, port, family, localAddress, localPort);
    error = family === 4 ? socket._handle.connect(request, address, port) : socket._handle.connect6(request, address, port);
  } else {
    const request = Object.assign(new PipeConnectWrap(), { address, oncomplete: afterConnect });
    error = socket._handle.connect(request, address);
  }
  if (error) socket.destroy(immediateError(socket, error, address, port));
  else if (family === 4 || family === 6) socket[kMeasured] = startMeasuring('net', 'connect', { host: address, port });
}

function afterConnect(status, handle, request, readable, writable) {
  const socket = handle[ownerSymbol];
  if (socket.destroyed) return;
  socket.connecting = false;
  socket._sockname = null;
  if (status !== 0) {
    const error = connectionError(status, request);
    socket.emit('connectionAttemptFailed', request.address, request.port, request.addressType, error);
    socket.destroy(error);
    return;
  }
  if (socket.readable && !readable) {
    socket.push(null);
    socket.read();
  }
  if (socket.writable && !writable) socket.end();
  socket._unrefTimer();
  if (socket[kSetNoDelay] && socket._handle.setNoDelay) socket._handle.setNoDelay(true);
  if (socket[kSetKeepAlive] && socket._handle.setKeepAlive) socket._handle.setKeepAlive(true, socket[kSetKeepAliveInitialDelay]);
  socket.emit('connect');
  socket.emit('ready');
  if (readable && !socket.isPaused()) socket.read(0);
  if (socket[kMeasured] !== undefined) stopMeasuring(socket[kMeasured]);
}

// ------------------------------------------------------------------------------------------------- several addresses, in turn

/** Tries the next address of `attempt`, or gives up. */
function connectNext(attempt, canceled) {
  clearTimeout(attempt[kTimeout]);
  const { socket } = attempt;
  if (socket._aborted) return;
  if (canceled || attempt.current === attempt.addresses.length) {
    socket.destroy(attempt.errors.length === 0 ? new codes.ERR_SOCKET_CONNECTION_TIMEOUT() : aggregateError(attempt.errors));
    return;
  }
  const current = attempt.current++;
  if (current > 0) replaceHandle(socket, new TCP(TCP.SOCKET));
  const { localPort, port, flags } = attempt;
  const { address, family } = attempt.addresses[current];
  const refused = refusalOfAddress(socket._host, address, port);
  if (refused !== undefined) {
    attempt.errors.push(refused);
    connectNext(attempt);
    return;
  }
  if (localPort) {
    const failed = bindLocally(socket._handle, family, undefined, localPort, flags);
    if (failed !== undefined) {
      attempt.errors.push(failed);
      connectNext(attempt);
      return;
    }
  }
  socket.emit('connectionAttempt', address, port, family);
  const request = makeRequest((...results) => afterAttempt(attempt, current, ...results), address, port, family, undefined, localPort);
  socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
  const error = family === 4 ? socket._handle.connect(request, address, port) : socket._handle.connect6(request, address, port);
  if (error) {
    const failed = immediateError(socket, error, address, port);
    attempt.errors.push(failed);
    socket.emit('connectionAttemptFailed', address, port, family, failed);
    connectNext(attempt);
    return;
  }
  if (current < attempt.addresses.length - 1) {
    attempt[kTimeout] = setTimeout(attemptTimedOut, attempt.timeout, attempt, request, socket._handle);
  }
}

function replaceHandle(socket, handle) {
  if (socket._handle) socket._handle.close();
  socket._handle = handle;
  handle[ownerSymbol] = socket;
  initSocketHandle(socket);
}

function afterAttempt(attempt, current, status, handle, request, readable, writable) {
  clearTimeout(attempt[kTimeout]);
  const { socket } = attempt;
  if (status === 0 && current !== attempt.current - 1) { // too late: another attempt is under way
    handle.close();
    return;
  }
  if (status !== 0) {
    const error = connectionError(status, request);
    attempt.errors.push(error);
    socket.emit('connectionAttemptFailed', request.address, request.port, request.addressType, error);
    if (socket.connecting) connectNext(attempt, status === uv.ECANCELED);
    return;
  }
  socket[kMeasured] = startMeasuring('net', 'connect', { host: request.address, port: request.port });
  afterConnect(status, socket._handle, request, readable, writable);
}

function attemptTimedOut(attempt, request, handle) {
  attempt.socket.emit('connectionAttemptTimeout', request.address, request.port, request.addressType);
  request.oncomplete = undefined;
  attempt.errors.push(connectionError(uv.ETIMEDOUT, request));
  handle.close();
  if (attempt.socket.connecting) connectNext(attempt);
}

/** Addresses of both families in turn, the family of the first one first, none twice. */
function interleave(addresses) {
  const lists = new Map();
  for (const entry of addresses) {
    const isValid = isIP(entry.address) && (entry.family === 4 || entry.family === 6);
    if (!isValid) continue;
    if (!lists.has(entry.family)) lists.set(entry.family, []);
    const list = lists.get(entry.family);
    if (!list.some((known) => known.address === entry.address)) list.push(entry);
  }
  const [first = [], second = []] = lists.values();
  const order = [];
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    if (index < first.length) order.push(first[index]);
    if (index < second.length) order.push(second[index]);
  }
  return order;
}

// ------------------------------------------------------------------------------------------------------------------- by name

function connectErrorNT(socket, error) {
  socket.destroy(error);
}

function lookupOne(socket, lookup, host, options, dnsOptions, port) {
  const { localAddress, localPort } = options;
  lookup(host, dnsOptions, function emitLookup(error, address, family) {
    socket.emit('lookup', error, address, family, host);
    if (!socket.connecting) return;
    let failed = error;
    if (!failed && !isIP(address)) failed = new codes.ERR_INVALID_IP_ADDRESS(address);
    if (!failed && family !== 4 && family !== 6) failed = new codes.ERR_INVALID_ADDRESS_FAMILY(family, options.host, options.port);
    if (failed) {
      process.nextTick(connectErrorNT, socket, failed);
      return;
    }
    socket._unrefTimer();
    internalConnect(socket, address, port, family, localAddress, localPort);
  });
}

function lookupSeveral(socket, lookup, host, options, dnsOptions, port, timeout) {
  const { localAddress, localPort } = options;
  lookup(host, dnsOptions, function emitLookup(error, addresses) {
    if (!socket.connecting) return;
    if (error) {
      socket.emit('lookup', error, undefined, undefined, host);
      process.nextTick(connectErrorNT, socket, error);
      return;
    }
    for (const { address, family } of addresses) {
      socket.emit('lookup', error, address, family, host);
      if (!socket.connecting) return;
    }
    const order = interleave(addresses);
    if (order.length === 0) {
      const { address, family } = addresses[0];
      if (!isIP(address)) process.nextTick(connectErrorNT, socket, new codes.ERR_INVALID_IP_ADDRESS(address));
      else process.nextTick(connectErrorNT, socket, new codes.ERR_INVALID_ADDRESS_FAMILY(family, options.host, options.port));
      return;
    }
    socket._unrefTimer();
    if (order.length === 1) {
      internalConnect(socket, order[0].address, port, order[0].family, localAddress, localPort);
      return;
    }
    socket.autoSelectFamilyAttemptedAddresses = [];
    connectNext({ socket, addresses: order, current: 0, port, localPort, timeout, [kTimeout]: null, errors: [] });
  });
}

function attemptTimeoutOf({ autoSelectFamilyAttemptTimeout: given }) {
  if (given === undefined || given === null) return defaults.autoSelectFamilyAttemptTimeout;
  validateInt32(given, 'options.autoSelectFamilyAttemptTimeout', 1);
  return Math.max(given, leastAttemptTimeout);
}

function lookupAndConnect(socket, options) {
  const { localAddress, localPort } = options;
  const host = options.host || 'localhost';
  if (localAddress && !isIP(localAddress)) throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (options.port !== undefined) {
    if (typeof options.port !== 'number' && typeof options.port !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], options.port);
    }
    validatePort(options.port);
  }
  const port = options.port | 0;
  let { autoSelectFamily } = options;
  if (autoSelectFamily === undefined || autoSelectFamily === null) ({ autoSelectFamily } = defaults);
  else validateBoolean(autoSelectFamily, 'options.autoSelectFamily');
  const timeout = attemptTimeoutOf(options);
  const refused = refusalOfHost(host, port);
  if (refused !== undefined) {
    process.nextTick(connectErrorNT, socket, refused);
    return;
  }

  const family = isIP(host);
  if (family) {
    withTrigger(socket[asyncIdSymbol], process.nextTick, () => {
      if (socket.connecting) internalConnect(socket, host, port, family, localAddress, localPort);
    });
    return;
  }
  if (options.lookup !== undefined && options.lookup !== null) validateFunction(options.lookup, 'options.lookup');
  const dns = require('../dns');
  const families = { IPv4: 4, IPv6: 6 };
  const dnsOptions = { family: families[options.family] || options.family, hints: options.hints || 0 };
  const isOfOneFamily = dnsOptions.family === 4 || dnsOptions.family === 6;
  if (!isOfOneFamily && dnsOptions.hints === 0) dnsOptions.hints = dns.ADDRCONFIG;
  socket._host = host;
  const lookup = options.lookup || dns.lookup;
  if (!isOfOneFamily && !localAddress && autoSelectFamily) {
    dnsOptions.all = true;
    withTrigger(socket[asyncIdSymbol], lookupSeveral, socket, lookup, host, options, dnsOptions, port, timeout);
  } else {
    withTrigger(socket[asyncIdSymbol], lookupOne, socket, lookup, host, options, dnsOptions, port);
  }
}

Socket.prototype.connect = function(...args) {
  const [options, callback] = Array.isArray(args[0]) && args[0][normalizedArgsSymbol] ? args[0] : normalizeArgs(args);
  if (callback !== null) this.once('connect', callback);
  if (this._parent && this._parent.connecting) return this;
  const { path } = options;
  if (options.port === undefined && (path === undefined || path === null)) {
    throw new codes.ERR_MISSING_ARGS(['options', 'port', 'path']);
  }
  if (this.write !== Socket.prototype.write) this.write = Socket.prototype.write;
  if (this.destroyed) {
    this._handle = null;
    this._peername = null;
    this._sockname = null;
  }
  if (!this._handle) {
    this._handle = path ? new Pipe(Pipe.SOCKET) : new TCP(TCP.SOCKET);
    initSocketHandle(this);
  }
  this._unrefTimer();
  this.connecting = true;
  if (path) {
    validateString(path, 'options.path');
    internalConnect(this, path);
  } else {
    lookupAndConnect(this, options);
  }
  return this;
};

module.exports = { checkBindError, defaults, isPipeName, leastAttemptTimeout, normalizeArgs, normalizedArgsSymbol, toNumber };
