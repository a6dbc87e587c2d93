// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// cluster: several processes that share ports. The primary process forks workers; which side this one is on, its environment says.

module.exports = 'NODE_UNIQUE_ID' in process.env ? require('./internal/cluster-child') : require('./internal/cluster-primary');
