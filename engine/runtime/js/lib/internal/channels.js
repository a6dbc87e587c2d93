// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What Node tells on channels of diagnostics_channel.

const { channel } = require('../diagnostics_channel');

function publish(name, message) {
  const target = channel(name);
  if (target.hasSubscribers) target.publish(message);
}

module.exports = { publish };
