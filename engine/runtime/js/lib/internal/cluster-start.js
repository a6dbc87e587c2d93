// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

/** In a child process, before its script runs: it may be a worker of a cluster, by what cluster.fork put into the environment. */
function setupWorker() {
  if (process.env.NODE_UNIQUE_ID === undefined) return;
  require('../cluster')._setupWorker();
  delete process.env.NODE_UNIQUE_ID;
}

module.exports = { setupWorker };
