// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// dns.Resolver in both of its forms: queries of name servers, which take no thread of the pool.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { validateArray, validateFunction, validateInteger, validateObject, validateString } = require('../../core/validators');
const { QueryReqWrap } = require('./handles');
const { isIP } = require('./net-addresses');
const { dnsException } = require('./net-errors');

const dnsPort = 53;

/** Names of methods, of c-ares' functions, and the types that resolve() knows. */
const queries = [
  ['resolveAny', 'queryAny', 'ANY'], ['resolve4', 'queryA', 'A'], ['resolve6', 'queryAaaa', 'AAAA'], ['resolveCaa', 'queryCaa', 'CAA'],
  ['resolveCname', 'queryCname', 'CNAME'], ['resolveMx', 'queryMx', 'MX'], ['resolveNs', 'queryNs', 'NS'], ['resolveTxt', 'queryTxt', 'TXT'],
  ['resolveSrv', 'querySrv', 'SRV'], ['resolvePtr', 'queryPtr', 'PTR'], ['resolveNaptr', 'queryNaptr', 'NAPTR'], ['resolveSoa', 'querySoa', 'SOA'],
  ['reverse', 'getHostByAddr', undefined],
];

const errorCodes = {
  NODATA: 'ENODATA', FORMERR: 'EFORMERR', SERVFAIL: 'ESERVFAIL', NOTFOUND: 'ENOTFOUND', NOTIMP: 'ENOTIMP', REFUSED: 'EREFUSED',
  BADQUERY: 'EBADQUERY', BADNAME: 'EBADNAME', BADFAMILY: 'EBADFAMILY', BADRESP: 'EBADRESP', CONNREFUSED: 'ECONNREFUSED',
  TIMEOUT: 'ETIMEOUT', EOF: 'EOF', FILE: 'EFILE', NOMEM: 'ENOMEM', DESTRUCTION: 'EDESTRUCTION', BADSTR: 'EBADSTR', BADFLAGS: 'EBADFLAGS',
  NONAME: 'ENONAME', BADHINTS: 'EBADHINTS', NOTINITIALIZED: 'ENOTINITIALIZED', LOADIPHLPAPI: 'ELOADIPHLPAPI',
  ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS', CANCELLED: 'ECANCELLED',
};

function checkOptions(options) {
  if (options === undefined) return;
  validateObject(options, 'options');
  const { timeout = -1, tries = 4 } = options;
  validateInteger(timeout, 'options.timeout', -1, 2 ** 31 - 1);
  validateInteger(tries, 'options.tries', 1, 2 ** 31 - 1);
}

/** [address, port] of "1.2.3.4", "1.2.3.4:53", "::1" or "[::1]:53". */
function parseServer(text) {
  if (isIP(text)) return [text, dnsPort];
  const bracketed = /^\[([^[\]]*)\](?::(\d+))?/.exec(text);
  if (bracketed !== null && isIP(bracketed[1])) return [bracketed[1], Number(bracketed[2]) || dnsPort];
  const parts = /(^.+?)(?::(\d+))?$/.exec(text);
  if (parts !== null && isIP(parts[1])) return [parts[1], Number(parts[2]) || dnsPort];
  throw new codes.ERR_INVALID_IP_ADDRESS(text);
}

class ResolverBase {
  constructor(options = undefined) {
    checkOptions(options);
    Object.defineProperty(this, 'servers', { value: [['127.0.0.1', dnsPort]], writable: true });
    Object.defineProperty(this, 'queries', { value: new Set() });
  }

  cancel() {
    for (const query of this.queries) query.cancel();
  }

  getServers() {
    return this.servers.map(([address, port]) => {
      if (port === dnsPort) return address;
      return `${isIP(address) === 6 ? `[${address}]` : address}:${port}`;
    });
  }

  setServers(servers) {
    validateArray(servers, 'servers');
    const parsed = servers.map((server, index) => {
      validateString(server, `servers[${index}]`);
      return parseServer(server);
    });
    if (this.queries.size > 0) throw new codes.ERR_DNS_SET_SERVERS_FAILED('There are pending queries.', servers);
    this.servers = parsed;
  }

  setLocalAddress(ipv4, ipv6) {
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
    const refuse = (message) => { throw Object.assign(new Error(message), { code: 'ERR_INVALID_ARG_VALUE' }); };
    if (!isIP(ipv4) || (ipv6 !== undefined && !isIP(ipv6))) refuse('Invalid IP address.');
    if (ipv6 !== undefined && isIP(ipv4) === isIP(ipv6)) refuse(`Cannot specify two IPv${isIP(ipv4)} addresses.`);
  }
}

const removeTtl = ({ address }) => address;

/** Starts a query: done(error) or done(null, result). */
function startQuery(resolver, syscall, name, wantsTtl, done, person) {
  if (syscall === 'getHostByAddr' && !isIP(name)) throw dnsException('EINVAL', syscall, name);
  const request = Object.assign(new QueryReqWrap(), { bindingName: syscall, hostname: name, ttl: wantsTtl });
  let isOver = false;
  const query = {
    cancel() {
      if (isOver) return;
      isOver = true;
      resolver.queries.delete(query);
      process.nextTick(done, dnsException('ECANCELLED', syscall, name));
    },
  };
  resolver.queries.add(query);
  binding.fs.submit('queryName', [syscall, name], (error, text) => {
    if (isOver) return;
    isOver = true;
    resolver.queries.delete(query);
    if (error) {
      done(dnsException(error.code, syscall, name));
      return;
    }
    const result = JSON.parse(text);
    const hasTtl = syscall === 'queryA' || syscall === 'queryAaaa';
    done(null, hasTtl && !wantsTtl ? result.map(removeTtl) : result);
  }, person, request, 'QUERYWRAP');
  return request;
}

/** A class of resolvers whose methods are made by `makeMethod(syscall)`. */
function makeResolverClass(makeMethod, makeResolve) {
  const byType = Object.create(null);
  class Resolver extends ResolverBase {}
  for (const [method, syscall, type] of queries) {
    const query = Object.defineProperty(makeMethod(syscall), 'name', { value: syscall });
    Resolver.prototype[method] = query;
    if (type !== undefined) byType[type] = query;
  }
  Resolver.prototype.resolve = makeResolve(byType);
  return Resolver;
}

const CallbackResolver = makeResolverClass((syscall) => function(name, options, callback) {
  const done = arguments.length > 2 ? callback : options;
  const wanted = arguments.length > 2 ? options : undefined;
  validateString(name, 'name');
  validateFunction(done, 'callback');
  return startQuery(this, syscall, name, Boolean(wanted && wanted.ttl), done, done);
}, (byType) => function resolve(hostname, rrtype, callback) {
  if (typeof rrtype !== 'string' && typeof rrtype !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('rrtype', 'string', rrtype);
  const query = typeof rrtype === 'function' ? byType.A : byType[rrtype];
  if (typeof query !== 'function') throw new codes.ERR_INVALID_ARG_VALUE('rrtype', rrtype);
  return query.call(this, hostname, typeof rrtype === 'function' ? rrtype : callback);
});

const PromiseResolver = makeResolverClass((syscall) => function(name, options) {
  validateString(name, 'name');
  return new Promise((resolve, reject) => {
    startQuery(this, syscall, name, Boolean(options && options.ttl), (error, result) => (error ? reject(error) : resolve(result)));
  });
}, (byType) => function resolve(hostname, rrtype) {
  if (rrtype !== undefined) validateString(rrtype, 'rrtype');
  const query = rrtype === undefined ? byType.A : byType[rrtype];
  if (typeof query !== 'function') throw new codes.ERR_INVALID_ARG_VALUE('rrtype', rrtype);
  return query.call(this, hostname);
});

const boundNames = ['getServers', 'resolve', ...queries.map(([method]) => method)];

/** Puts the methods of `prototype` on `target`, as those of one resolver. */
function bindResolver(target, prototype, resolver) {
  for (const name of boundNames) target[name] = prototype[name].bind(resolver);
}

module.exports = { CallbackResolver, PromiseResolver, bindResolver, errorCodes };
