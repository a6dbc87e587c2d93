// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// worker_threads of the main thread. Workers themselves are not supported.

const { BroadcastChannel, MessageChannel, MessagePort, receive } = require('./internal/message-port');

const { markAsUntransferable } = require('./internal/structured-clone');

class Worker {
  constructor() {
    throw new Error('not supported by Loopscope: worker_threads.Worker');
  }
}

const environmentData = new Map();

module.exports = {
  isMainThread: true,
  MessagePort,
  MessageChannel,
  markAsUntransferable,
  moveMessagePortToContext() {
    throw new Error('not supported by Loopscope: worker_threads.moveMessagePortToContext');
  },
  receiveMessageOnPort: receive,
  resourceLimits: {},
  threadId: 0,
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
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
