// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// dns: names and addresses.

const { codes } = require('../core/errors');
const { validateOneOf } = require('../core/validators');
const lookups = require('./internal/dns-lookup');
const { CallbackResolver, PromiseResolver, bindResolver, errorCodes } = require('./internal/dns-resolver');
const { GetAddrInfoReqWrap, GetNameInfoReqWrap } = require('./internal/handles');
const { isIP } = require('./internal/net-addresses');
const { validatePort } = require('./internal/net-errors');
const { customArguments } = require('./internal/promisify');

const settle = (resolve, reject) => (error, value) => (error ? reject(error) : resolve(value));

function lookupPromise(hostname, { family, all, order }) {
  return new Promise((resolve, reject) => {
    const give = (addresses) => resolve(all ? addresses : addresses[0]);
    if (!hostname) {
      lookups.warnOfHostname(hostname);
      resolve(all ? [] : { address: null, family: family === 6 ? 6 : 4 });
    } else if (isIP(hostname)) {
      give([{ address: hostname, family: isIP(hostname) }]);
    } else {
      const request = Object.assign(new GetAddrInfoReqWrap(), { family, hostname });
      lookups.resolveAddresses(request, hostname, { family, order }, settle((found) => give(lookups.withFamily(found, family)), reject));
    }
  });
}

const promises = {
  lookup(hostname, options) {
    if (hostname && typeof hostname !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('hostname', 'string', hostname);
    if (typeof options === 'number') {
      validateOneOf(options, 'family', lookups.families);
      return lookupPromise(hostname, Object.assign(lookups.lookupOptions(), { family: options }));
    }
    if (options !== undefined && typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
    if (options && typeof options.family === 'string') validateOneOf(options.family, 'options.family', lookups.families);
    return lookupPromise(hostname, lookups.lookupOptions(options));
  },

  lookupService(address, port) {
    if (arguments.length !== 2) throw new codes.ERR_MISSING_ARGS('address', 'port');
    if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
    validatePort(port);
    return new Promise((resolve, reject) => {
      const request = Object.assign(new GetNameInfoReqWrap(), { hostname: address, port: +port });
      lookups.submitNameInfo(request, address, +port, settle(([hostname, service]) => resolve({ hostname, service }), reject));
    });
  },

  Resolver: PromiseResolver,
  getDefaultResultOrder: lookups.callbacks.getDefaultResultOrder,
  setDefaultResultOrder: lookups.callbacks.setDefaultResultOrder,
  setServers,
};
Object.assign(promises, errorCodes);

Object.defineProperty(lookups.callbacks.lookup, customArguments, { value: ['address', 'family'] });
Object.defineProperty(lookups.callbacks.lookupService, customArguments, { value: ['hostname', 'service'] });

module.exports = Object.assign({}, lookups.callbacks, { Resolver: CallbackResolver, setServers }, errorCodes);
Object.defineProperty(module.exports, 'promises', { value: promises, configurable: true, enumerable: true });

/** Another resolver takes the place of the default one. */
function setDefaultResolver(resolver) {
  bindResolver(module.exports, CallbackResolver.prototype, resolver);
  bindResolver(promises, PromiseResolver.prototype, resolver);
}

function setServers(servers) {
  const resolver = new CallbackResolver();
  resolver.setServers(servers);
  setDefaultResolver(resolver);
}

setDefaultResolver(new CallbackResolver());
