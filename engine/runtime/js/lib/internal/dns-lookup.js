// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// dns.lookup and dns.lookupService: what the system's own resolver does, on a thread of the pool.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { validateBoolean, validateFunction, validateNumber, validateOneOf, validateString } = require('../../core/validators');
const { GetAddrInfoReqWrap, GetNameInfoReqWrap } = require('./handles');
const { isIP } = require('./net-addresses');
const { dnsException, validatePort } = require('./net-errors');
const { startMeasuring, stopMeasuring } = require('./perf-observers');
const { refusalOfHost } = require('./net-permissions');

/** Flags of getaddrinfo(3) on Linux. */
const hintFlags = { ADDRCONFIG: 0x20, ALL: 0x10, V4MAPPED: 0x08 };
const families = [0, 4, 6];
const orders = ['verbatim', 'ipv4first', 'ipv6first'];
let defaultOrder = 'verbatim';

const setDefaultResultOrder = (value) => {
  validateOneOf(value, 'dnsOrder', orders);
  defaultOrder = value;
};

function sortAddresses(addresses, order) {
  if (order === 'verbatim') return addresses;
  const first = order === 'ipv4first' ? 4 : 6;
  return [...addresses].sort((left, right) => (isIP(left) === first ? 0 : 1) - (isIP(right) === first ? 0 : 1));
}

function validateHints(hints) {
  const known = hintFlags.ADDRCONFIG | hintFlags.ALL | hintFlags.V4MAPPED;
  if ((hints & ~known) !== 0) throw new codes.ERR_INVALID_ARG_VALUE('hints', hints);
}

const hasValue = (value) => value !== undefined && value !== null;

/** family, all and order that the options of lookup() ask for; throws Node's errors. */
function lookupOptions(options) {
  const wanted = { family: 0, hints: 0, all: false, order: defaultOrder };
  if (!hasValue(options)) return wanted;
  if (hasValue(options.hints)) {
    validateNumber(options.hints, 'options.hints');
    wanted.hints = options.hints >>> 0;
    validateHints(wanted.hints);
  }
  if (hasValue(options.family)) {
    const named = { IPv4: 4, IPv6: 6 }[options.family];
    if (named === undefined) validateOneOf(options.family, 'options.family', families);
    wanted.family = named === undefined ? options.family : named;
  }
  if (hasValue(options.all)) {
    validateBoolean(options.all, 'options.all');
    wanted.all = options.all;
  }
  if (hasValue(options.verbatim)) {
    validateBoolean(options.verbatim, 'options.verbatim');
    wanted.order = options.verbatim ? 'verbatim' : 'ipv4first';
  }
  if (hasValue(options.order)) {
    validateOneOf(options.order, 'options.order', orders);
    wanted.order = options.order;
  }
  return wanted;
}

let warned = false;
function warnOfHostname(hostname) {
  if (warned) return;
  warned = true;
  process.emitWarning(`The provided hostname "${hostname}" is not a valid hostname, and is supported in the dns module solely for compatibility.`,
    'DeprecationWarning', 'DEP0118');
}

/** Asks the system; done(error) or done(null, addresses). */
function resolveAddresses(request, hostname, { family, order }, done, person) {
  const refused = refusalOfHost(hostname, 0);
  if (refused !== undefined) {
    process.nextTick(done, refused);
    return;
  }
  binding.fs.submit('getaddrinfo', [hostname, family], (error, addresses) => {
    if (error) done(dnsException(error.errno, 'getaddrinfo', hostname));
    else done(null, sortAddresses(addresses, order));
  }, person, request, 'GETADDRINFOREQWRAP');
}

const withFamily = (addresses, family) => addresses.map((address) => ({ address, family: family || isIP(address) }));

function lookup(hostname, options, callback) {
  let wanted;
  let done = callback;
  if (hostname) validateString(hostname, 'hostname');
  if (typeof options === 'function') {
    done = options;
    wanted = lookupOptions();
  } else if (typeof options === 'number') {
    validateFunction(callback, 'callback');
    validateOneOf(options, 'family', families);
    wanted = Object.assign(lookupOptions(), { family: options });
  } else if (options !== undefined && typeof options !== 'object') {
    validateFunction(arguments.length === 2 ? options : callback, 'callback');
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  } else {
    validateFunction(callback, 'callback');
    wanted = lookupOptions(options);
  }
  const { family, all } = wanted;
  if (!hostname) {
    warnOfHostname(hostname);
    if (all) process.nextTick(done, null, []);
    else process.nextTick(done, null, null, family === 6 ? 6 : 4);
    return {};
  }
  const ownFamily = isIP(hostname);
  if (ownFamily) {
    if (all) process.nextTick(done, null, [{ address: hostname, family: ownFamily }]);
    else process.nextTick(done, null, hostname, ownFamily);
    return {};
  }
  const request = Object.assign(new GetAddrInfoReqWrap(), { callback: done, family, hostname });
  resolveAddresses(request, hostname, wanted, (error, addresses) => {
    if (error) {
      done.call(request, error);
      return;
    }
    if (all) done.call(request, null, withFamily(addresses, family));
    else done.call(request, null, addresses[0], family || isIP(addresses[0]));
    stopMeasuring(measured, { addresses });
  }, done);
  const measured = startMeasuring('dns', 'lookup', { hostname, family, hints: wanted.hints, verbatim: wanted.order === 'verbatim', order: wanted.order });
  return request;
}

function lookupService(address, port, callback) {
  if (arguments.length !== 3) throw new codes.ERR_MISSING_ARGS('address', 'port', 'callback');
  if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  validateFunction(callback, 'callback');
  const request = Object.assign(new GetNameInfoReqWrap(), { callback, hostname: address, port: +port });
  submitNameInfo(request, address, +port, (error, names) => {
    if (error) {
      callback.call(request, error);
      return;
    }
    callback.call(request, null, names[0], names[1]);
    stopMeasuring(measured, { hostname: names[0], service: names[1] });
  }, callback);
  const measured = startMeasuring('dns', 'lookupService', { host: address, port });
  return request;
}

function submitNameInfo(request, address, port, done, person) {
  binding.fs.submit('getnameinfo', [address, port], (error, names) => {
    if (error) done(dnsException(error.errno, 'getnameinfo', address));
    else done(null, names);
  }, person, request, 'GETNAMEINFOREQWRAP');
}

module.exports = {
  callbacks: Object.assign({ lookup, lookupService, getDefaultResultOrder: () => defaultOrder, setDefaultResultOrder }, hintFlags),
  families,
  lookupOptions,
  resolveAddresses,
  submitNameInfo,
  warnOfHostname,
  withFamily,
};
