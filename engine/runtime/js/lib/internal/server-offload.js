// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Functions of a server's script that run on worker threads: each worker has loaded the same script, and a call's arguments and result are
// cloned (the structured clone algorithm). C++ adds a call of process[Symbol.for('loopscope.offload')] to the end of the main module, which
// hands over, by their names, how to read and replace the functions.

const { server: hook } = require('../../core/binding');
const { currentRequest, enterRequest, leaveRequest } = require('./server-request');

const key = Symbol.for('loopscope.offload');
const isWorker = hook.way === 3; // ServerHook::Place::Way::Worker

class Pool {
  constructor() {
    this.workers = [];
    this.last = 0;
  }

  /** The worker with the fewest calls under way, of those that there are to be now. */
  pick() {
    const count = Math.max(1, hook.workers());
    for (let index = 0; index < count; index++) {
      if (this.workers[index] === undefined) this.workers[index] = this.startWorker(index);
    }
    let best = this.workers[0];
    for (let index = 1; index < count; index++) {
      if (this.workers[index].calls.size < best.calls.size) best = this.workers[index];
    }
    return best;
  }

  startWorker(index) {
    const { Worker } = require('./worker');
    const calls = new Map(); // by number: what to do with the answer
    const thread = new Worker(require('../path').resolve(process.argv[1]), { name: `loopscope:offload:${index}`, argv: process.argv.slice(2) });
    let failure = new Error(`The worker thread of an offloaded function has ended`);
    thread.on('message', ({ id, error, value }) => {
      const { reject, resolve } = calls.get(id);
      calls.delete(id);
      if (error !== undefined) reject(error.value);
      else resolve(value);
    });
    thread.on('error', (error) => { failure = error; });
    thread.on('exit', () => {
      if (this.workers[index] && this.workers[index].thread === thread) this.workers[index] = undefined;
      for (const { reject } of calls.values()) reject(failure);
    });
    thread.unref();
    return { calls, thread };
  }

  call(name, args) {
    return new Promise((resolve, reject) => {
      const { calls, thread } = this.pick();
      const id = ++this.last;
      thread.postMessage({ id, name, args, request: currentRequest() });
      calls.set(id, { reject, resolve });
    });
  }
}

function check(name, value) {
  if (typeof value === 'function') return;
  throw new Error(`the scenario's 'offload' names '${name}', which is no function at the top of '${process.argv[1]}'`);
}

/** In the server. */
function replace(functions) {
  const pool = new Pool();
  for (const [name, { get, set }] of Object.entries(functions)) {
    check(name, get());
    try {
      set({ [name](...args) { return pool.call(name, args); } }[name]);
    } catch {
      throw new Error(`the scenario's 'offload' names '${name}', which cannot be replaced: declare it as 'function ${name}(...)', not with 'const'`);
    }
  }
  pool.pick(); // they start now, and not at the first call
}

/** In a worker. */
function provide(functions) {
  const { parentPort } = require('../worker_threads');
  parentPort.on('message', ({ id, name, args, request }) => {
    const fail = (error) => {
      try {
        parentPort.postMessage({ id, error: { value: error } });
      } catch {
        parentPort.postMessage({ id, error: { value: new Error(String(error)) } });
      }
    };
    const answer = (value) => {
      try {
        parentPort.postMessage({ id, value });
      } catch (error) {
        fail(error);
      }
    };
    const before = enterRequest(request);
    try {
      Promise.resolve(functions[name].get()(...args)).then(answer, fail);
    } catch (error) {
      fail(error);
    } finally {
      leaveRequest(before);
    }
  });
}

module.exports = {
  isWorker,
  install() {
    Object.defineProperty(process, key, { value: isWorker ? provide : replace, configurable: true });
  },
};
