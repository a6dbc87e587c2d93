// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Errors of net, dgram and dns: Node's codes, and those of system calls on sockets.

const { SystemError, codes, define, determineSpecificType, setStackHeader } = require('../../core/errors');
const { errors } = require('./system-constants');

define('ERR_DNS_SET_SERVERS_FAILED', 'c-ares failed to set servers: "%s" [%s]', Error);
define('ERR_INVALID_ADDRESS', 'Invalid socket address', Error);
define('ERR_INVALID_ADDRESS_FAMILY', function(addressType, host, port) {
  this.host = host;
  this.port = port;
  return `Invalid address family: ${addressType} ${host}:${port}`;
}, RangeError);
define('ERR_INVALID_FD', '"fd" must be a positive integer: %s', RangeError);
define('ERR_INVALID_FD_TYPE', 'Unsupported fd type: %s', TypeError);
define('ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent', TypeError);
define('ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.', Error);
define('ERR_SERVER_NOT_RUNNING', 'Server is not running.', Error);
define('ERR_SOCKET_ALREADY_BOUND', 'Socket is already bound', Error);
define('ERR_SOCKET_BAD_BUFFER_SIZE', 'Buffer size must be a positive integer', TypeError);
define('ERR_SOCKET_BAD_PORT', (name, port, allowZero = true) =>
  `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${determineSpecificType(port)}.`, RangeError);
define('ERR_SOCKET_BAD_TYPE', 'Bad socket type specified. Valid types are: udp4, udp6', TypeError);
define('ERR_SOCKET_CLOSED', 'Socket is closed', Error);
define('ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established', Error);
define('ERR_SOCKET_CONNECTION_TIMEOUT', 'Socket connection timeout', Error);
define('ERR_SOCKET_DGRAM_IS_CONNECTED', 'Already connected', Error);
define('ERR_SOCKET_DGRAM_NOT_CONNECTED', 'Not connected', Error);
define('ERR_SOCKET_DGRAM_NOT_RUNNING', 'Not running', Error);

codes.ERR_SOCKET_BUFFER_SIZE = class extends SystemError {
  constructor(context) {
    super('ERR_SOCKET_BUFFER_SIZE', 'Could not get or set buffer size', context);
  }
};

/** Negative numbers of system errors, as libuv gives them. */
const uv = Object.fromEntries([...errors].map(([number, [name]]) => [name, number]));

const nameOf = (number) => (errors.has(number) ? errors.get(number)[0] : `Unknown system error ${number}`);
const wordsOf = (number) => (errors.has(number) ? errors.get(number)[1] : `Unknown system error ${number}`);

function errnoException(number, syscall, original) {
  const code = nameOf(number);
  const error = new Error(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`);
  return Object.assign(error, { errno: number, code, syscall });
}

/** The error of a call that concerns a host and a port. */
function hostPortException(number, syscall, address, port, additional) {
  const code = nameOf(number);
  let details = '';
  if (port && port > 0) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  if (additional) details += ` - Local (${additional})`;
  const error = Object.assign(new Error(`${syscall} ${code}${details}`), { errno: number, code, syscall, address });
  if (port) error.port = port;
  return error;
}

/** The same, with libuv's words. */
function listenException(number, syscall, address, port) {
  const code = nameOf(number);
  let details = '';
  if (port && port > 0) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  const error = new Error(`${syscall} ${code}: ${wordsOf(number)}${details}`);
  Object.assign(error, { code, errno: number, syscall, address });
  if (port) error.port = port;
  return error;
}

/** The error of a name that is not known: `code` is a name of c-ares or a number of libuv. */
function dnsException(code, syscall, hostname) {
  let number;
  if (typeof code === 'number') {
    number = code;
    // Node tells both that there is no such name and that it has no address of the kind in one way.
    code = number === uv.EAI_NODATA || number === uv.EAI_NONAME ? 'ENOTFOUND' : nameOf(number);
  }
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  Object.assign(error, { errno: number, code, syscall });
  if (hostname) error.hostname = hostname;
  return error;
}

function genericError(message, properties) {
  return Object.assign(new Error(message), properties);
}

/** Several attempts failed. */
function aggregateError(list) {
  const error = new AggregateError(list);
  Object.defineProperty(error, 'code', { value: list[0].code, enumerable: true, configurable: true, writable: true });
  return error;
}

function validatePort(port, name = 'Port', allowZero = true) {
  const isPort = (typeof port === 'number' || (typeof port === 'string' && port.trim().length > 0)) &&
    +port === (+port >>> 0) && port <= 0xffff && (port !== 0 || allowZero);
  if (!isPort) throw new codes.ERR_SOCKET_BAD_PORT(name, port, allowZero);
  return port | 0;
}

module.exports = {
  aggregateError,
  codes,
  dnsException,
  errnoException,
  genericError,
  hostPortException,
  listenException,
  nameOf,
  setStackHeader,
  uv,
  validatePort,
  wordsOf,
};
