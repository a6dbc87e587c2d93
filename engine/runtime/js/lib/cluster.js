// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// cluster, as the primary process sees it before it forks.

const EventEmitter = require('./events');
const { load } = require('./internal/unavailable');

const cluster = new EventEmitter();
Object.assign(cluster, {
  isWorker: false, isMaster: true, isPrimary: true, workers: {}, settings: {}, SCHED_NONE: 1, SCHED_RR: 2, schedulingPolicy: 2,
}, load('cluster'));
module.exports = cluster;
