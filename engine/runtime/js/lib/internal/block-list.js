// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// net.BlockList and net.SocketAddress.

const { codes } = require('../../core/errors');
const { validateInt32, validateInteger, validateObject, validateString, validateUint32 } = require('../../core/validators');
const { inspect } = require('./inspect');
const { isIPv4, isIPv6 } = require('./net-addresses');
const { validatePort } = require('./net-errors');

const bitsOfFamily = { ipv4: 32, ipv6: 128 };

/** The bits of an address: those of IPv4 as 0 and 1 too, so that addresses compare as strings. */
function bitsOf(address, family) {
  if (family === 'ipv4') return address.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  const [plain] = address.split('%');
  const [head, tail] = plain.split('::');
  const groupsOf = (text) => (text ? text.split(':') : []).reduce((groups, group) => {
    if (!group.includes('.')) return [...groups, parseInt(group, 16)];
    const [a, b, c, d] = group.split('.').map(Number);
    return [...groups, a * 256 + b, c * 256 + d];
  }, []);
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const groups = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill(0), ...right];
  return groups.map((group) => group.toString(2).padStart(16, '0')).join('');
}

/** An address in the form that inet_ntop gives: IPv6 with its longest row of zeros cut. */
function normalForm(address, family) {
  if (family === 'ipv4') return address;
  const bits = bitsOf(address, family);
  if (bits.startsWith(mappedPrefix)) {
    const parts = bits.slice(mappedPrefix.length).match(/.{8}/g).map((part) => parseInt(part, 2));
    return `::ffff:${parts.join('.')}`;
  }
  const groups = bits.match(/.{16}/g).map((group) => parseInt(group, 2).toString(16)).join(':');
  const rows = [...groups.matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)];
  if (rows.length === 0) return groups;
  const longest = rows.reduce((best, row) => (row[0].length > best[0].length ? row : best));
  const left = groups.slice(0, longest.index).replace(/:$/, '');
  const right = groups.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${left}::${right}`;
}

const mappedPrefix = `${'0'.repeat(80)}${'1'.repeat(16)}`;

const lowerCase = (family) => (typeof family === 'string' && typeof family.toLowerCase === 'function' ? family.toLowerCase() : family);

class SocketAddress {
  constructor(options = {}) {
    validateObject(options, 'options');
    const { family: givenFamily = 'ipv4' } = options;
    const family = lowerCase(givenFamily);
    if (family !== 'ipv4' && family !== 'ipv6') throw new codes.ERR_INVALID_ARG_VALUE('options.family', givenFamily);
    const { address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel', false);
    if (!(family === 'ipv4' ? isIPv4 : isIPv6)(address)) throw new codes.ERR_INVALID_ADDRESS();
    Object.defineProperty(this, 'detail', { value: { address: normalForm(address, family), port: port | 0, family, flowlabel } });
  }

  static isSocketAddress(value) {
    return value instanceof SocketAddress;
  }

  get address() {
    return this.detail.address;
  }

  get port() {
    return this.detail.port;
  }

  get family() {
    return this.detail.family;
  }

  get flowlabel() {
    return this.detail.flowlabel;
  }

  toJSON() {
    const { address, port, family, flowlabel } = this;
    return { address, port, family, flowlabel };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const inner = Object.assign({}, options, { depth: options.depth === null || options.depth === undefined ? null : options.depth - 1 });
    return `SocketAddress ${inspect(this.toJSON(), inner)}`;
  }
}

/** An address of a rule: a SocketAddress, or text of the family. */
function addressOf(address, family, name = 'address') {
  if (SocketAddress.isSocketAddress(address)) return address;
  validateString(address, name);
  validateString(family, 'family');
  return makeAddress({ address, family });
}
// Outside of the class: the bundler renames a class that names itself.
const makeAddress = (options) => new SocketAddress(options);

class BlockList {
  constructor() {
    Object.defineProperty(this, 'list', { value: [] });
  }

  addAddress(address, family = 'ipv4') {
    const { address: text, family: kind } = addressOf(address, family);
    const bits = bitsOf(text, kind);
    this.list.unshift({ words: `Address: ${shown(kind)} ${text}`, kind, matches: (other) => other === bits });
  }

  addRange(start, end, family = 'ipv4') {
    const first = addressOf(start, family, 'start');
    const last = addressOf(end, family, 'end');
    const from = bitsOf(first.address, first.family);
    const to = bitsOf(last.address, last.family);
    if (from > to) throw new codes.ERR_INVALID_ARG_VALUE('start', first, 'must come before end');
    this.list.unshift({
      words: `Range: ${shown(first.family)} ${first.address}-${last.address}`, kind: first.family, matches: (bits) => bits >= from && bits <= to,
    });
  }

  addSubnet(network, prefix, family = 'ipv4') {
    const { address, family: kind } = addressOf(network, family, 'network');
    if (kind === 'ipv4') validateInt32(prefix, 'prefix', 0, bitsOfFamily.ipv4);
    else validateInteger(prefix, 'prefix', 0, bitsOfFamily.ipv6);
    const start = bitsOf(address, kind).slice(0, prefix);
    this.list.unshift({ words: `Subnet: ${shown(kind)} ${address}/${prefix}`, kind, matches: (bits) => bits.startsWith(start) });
  }

  check(address, family = 'ipv4') {
    let socketAddress;
    if (SocketAddress.isSocketAddress(address)) {
      socketAddress = address;
    } else {
      validateString(address, 'address');
      validateString(family, 'family');
      try {
        socketAddress = makeAddress({ address, family });
      } catch {
        return false;
      }
    }
    const { family: kind } = socketAddress;
    const bits = bitsOf(socketAddress.address, kind);
    return this.list.some((rule) => {
      if (rule.kind === kind) return rule.matches(bits);
      // An IPv4 address within IPv6, and the other way round.
      if (kind === 'ipv6') return bits.startsWith(mappedPrefix) && rule.matches(bits.slice(mappedPrefix.length));
      return rule.matches(mappedPrefix + bits);
    });
  }

  get rules() {
    return this.list.map(({ words }) => words);
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const inner = Object.assign({}, options, { depth: options.depth === null || options.depth === undefined ? null : options.depth - 1 });
    return `BlockList ${inspect({ rules: this.rules }, inner)}`;
  }
}

const shown = (family) => (family === 'ipv4' ? 'IPv4' : 'IPv6');

module.exports = { BlockList, SocketAddress };
