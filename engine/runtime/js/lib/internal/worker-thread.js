// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The side of a Worker that runs in its thread.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { ControlPort } = require('./message-port');
const { serializeError } = require('./error-transport');
const { ReadableWorkerStdio, Waiting, WritableWorkerStdio, receive } = require('./worker-stdio');

const { loops } = binding;
let loader;

const control = new ControlPort(loops.port, onMessage);
const waiting = new Waiting(loops.hold);
const streams = {
  stdin: new ReadableWorkerStdio(control, waiting, 'stdin'),
  stdout: new WritableWorkerStdio(control, waiting, 'stdout'),
  stderr: new WritableWorkerStdio(control, waiting, 'stderr'),
};

let areUsed = false;

/** The streams that `process` shows; at their first use. */
function stream(name) {
  if (!areUsed) {
    areUsed = true;
    // What waits is sent before the thread ends.
    process.on('exit', () => {
      streams.stdout.wantsMoreData();
      streams.stderr.wantsMoreData();
    });
  }
  return streams[name];
}

/** What belongs to the whole process is not a worker's. */
function refuseProcessState() {
  for (const name of ['abort', 'chdir', 'initgroups', 'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid']) {
    const refusal = { [name]() { throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}()`); } }[name];
    refusal.disabled = true;
    process[name] = refusal;
  }
  const { umask } = process;
  process.umask = function(mask) {
    if (mask !== undefined) throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION('Setting process.umask()');
    return umask();
  };
}

/** Called in place of running a main script, which comes with the first message. */
function start(theLoader) {
  loader = theLoader;
  refuseProcessState();
  loops.hold(1); // until then
}

function onMessage(message) {
  if (message.type === 'loadScript') loadScript(message);
  else if (message.type === 'stdioPayload') receive(streams[message.stream], message.chunks);
  else streams[message.stream].wantsMoreData();
}

function loadScript({ argv, environmentData, execArgv, filename, hasStdin, kind, publicPort, resourceLimits, threadId, workerData }) {
  loops.hold(-1);
  const threads = require('../worker_threads');
  Object.assign(threads, { parentPort: publicPort, workerData, threadId, resourceLimits });
  for (const [key, value] of environmentData) threads.setEnvironmentData(key, value);
  process.execArgv = execArgv;
  if (!hasStdin) process.stdin.push(null);
  const path = kind === 'classic' ? '[worker eval]' : filename;
  process.argv = kind === 'module' ? [process.execPath, ...argv] : [process.execPath, path, ...argv];
  control.post({ type: 'upAndRunning' });
  loader.runWorker(kind === 'module' ? '[worker eval]' : path, filename, kind);
}

/** The error that ends this thread becomes an event of the Worker. */
function tellError(error) {
  let serialized;
  try {
    serialized = serializeError(error);
  } catch (failure) {
    serialized = undefined;
  }
  control.post(serialized === undefined ? { type: 'couldNotSerializeError' } : { type: 'errorMessage', error: serialized });
}

module.exports = { start, stream, tellError };
