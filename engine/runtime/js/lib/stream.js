// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's own streams, as the package readable-stream publishes them.

module.exports = require('readable-stream/lib/stream.js');
