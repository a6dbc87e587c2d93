// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The connections of a server, by their parsers.

class ConnectionsList {
  constructor() {
    this.parsers = new Set();
  }

  add(parser) {
    this.parsers.add(parser);
    parser.connections = this;
  }

  remove(parser) {
    this.parsers.delete(parser);
  }

  all() {
    return Array.from(this.parsers);
  }

  /** Those that wait for another request. */
  idle() {
    return this.all().filter((parser) => parser.isIdle());
  }

  /** Those whose request takes longer than these times, in ms, to come; each is told once. */
  expired(headersTimeout, requestTimeout) {
    const headersLimit = requestTimeout > 0 ? Math.min(headersTimeout, requestTimeout) : headersTimeout;
    const requestLimit = requestTimeout > 0 ? Math.max(headersTimeout, requestTimeout) : requestTimeout;
    return this.all().filter((parser) => parser.hasExpired(headersLimit, requestLimit));
  }
}

module.exports = { ConnectionsList };
