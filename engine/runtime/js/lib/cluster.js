// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// cluster: several processes that share ports. The primary process forks workers; which side this one is on, its environment says.

module.exports = Object.prototype.hasOwnProperty.call(process.env, 'NODE_UNIQUE_ID') ? require('./internal/cluster-child') : require('./internal/cluster-primary');
