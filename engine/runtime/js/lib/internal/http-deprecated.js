// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Properties of OutgoingMessage that warn when they are used.

const { kOutHeaders } = require('./http');
const { deprecate } = require('./promisify');

function defineDeprecated(prototype, name, get, set) {
  const words = `OutgoingMessage.prototype.${name} is deprecated`;
  Object.defineProperty(prototype, name, { get: deprecate(get, words, 'DEP0066'), set: deprecate(set, words, 'DEP0066') });
}

function define({ prototype }) {
  defineDeprecated(prototype, '_headers', function() {
    return this.getHeaders();
  }, function(values) {
    if (values === null || values === undefined) {
      this[kOutHeaders] = null;
    } else if (typeof values === 'object') {
      const fields = this[kOutHeaders] = Object.create(null);
      for (const name of Object.keys(values)) fields[name.toLowerCase()] = [name, values[name]];
    }
  });

  defineDeprecated(prototype, '_headerNames', function() {
    const fields = this[kOutHeaders];
    if (fields === null) return null;
    const names = Object.create(null);
    for (const key of Object.keys(fields)) names[key] = fields[key][0];
    return names;
  }, function(names) {
    const fields = this[kOutHeaders];
    if (typeof names !== 'object' || names === null || !fields) return;
    for (const key of Object.keys(names)) {
      if (fields[key]) fields[key][0] = names[key];
    }
  });
}

module.exports = { define };
