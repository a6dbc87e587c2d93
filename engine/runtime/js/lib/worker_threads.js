// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// worker_threads. In a worker, parentPort, workerData and threadId are filled in before its script runs (internal/worker-thread.js).

const binding = require('../core/binding');
const { BroadcastChannel, MessageChannel, MessagePort, receive } = require('./internal/message-port');
const { markAsUntransferable } = require('./internal/structured-clone');
const { SHARE_ENV, Worker, environmentData } = require('./internal/worker');

module.exports = {
  isMainThread: !binding.loops.isWorker,
  MessagePort,
  MessageChannel,
  markAsUntransferable,
  moveMessagePortToContext() {
    throw new Error('not supported by Loopscope: worker_threads.moveMessagePortToContext');
  },
  receiveMessageOnPort: receive,
  resourceLimits: {},
  threadId: 0,
  SHARE_ENV,
  Worker,
  parentPort: null,
  workerData: null,
  BroadcastChannel,
  setEnvironmentData(key, value) {
    if (value === undefined) environmentData.delete(key);
    else environmentData.set(key, value);
  },
  getEnvironmentData: (key) => environmentData.get(key),
};
