// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What of the real network a run may reach. The simulated one has nothing that needs protection.

const binding = require('../../core/binding');

const applies = binding.isIoReal === true;
const shown = (host, port) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

/** The error of a host that may not be reached, asked before its name is looked up; undefined if it may. */
function refusalOfHost(host, port) {
  if (!applies || binding.mayReach(host, port)) return undefined;
  return binding.refusal('Network', shown(host, port));
}

/** The same when `host` has been looked up. */
function refusalOfAddress(host, address, port) {
  if (!applies || binding.mayReachAddress(host, address, port)) return undefined;
  return binding.refusal('Network', shown(host, port));
}

/** The address to bind where `address` is asked for: the loopback one if this run may not be reached from outside. Throws if it may not. */
function permittedAddress(address, port, isIPv6) {
  if (!applies) return address;
  const answer = binding.mayListen(address, port);
  if (answer === 0) throw binding.refusal('Network', shown(address, port));
  if (answer === 2) return address;
  if (!isIPv6) return '127.0.0.1';
  // On the machine's network, where clients of all kinds try 127.0.0.1 and have what '::' has: connections of both families at one socket.
  return binding.isIoReal ? '::ffff:127.0.0.1' : '::1';
}

module.exports = { permittedAddress, refusalOfAddress, refusalOfHost };
