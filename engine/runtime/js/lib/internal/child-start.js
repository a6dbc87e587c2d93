// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The beginning of a process that was started on simulated I/O (simulated-child.js).

const binding = require('../../core/binding');
const stdio = require('../../core/stdio');
const { Readable, Writable } = require('../stream');
const { ControlPort } = require('./message-port');
const { setupChildChannel } = require('./child-channel');
const { applyOptions } = require('./node-options');
const { PortTransport } = require('./simulated-channel');
const { signals } = require('./system-constants');
const { ReadableWorkerStdio, Waiting, WritableWorkerStdio, receive } = require('./worker-stdio');

const { loops } = binding;
const control = new ControlPort(loops.port, onMessage);
const streams = {};
let loader;
let transport; // of the channel to the parent, if there is one

/** Runs the main script, once it is known how. */
function start(theLoader) {
  loader = theLoader;
  control.drain();
}

control.onclose = () => {
  if (transport !== undefined) transport.closed();
};

function onMessage(message, handles) {
  switch (message.type) {
    case 'start':
      begin(message);
      break;
    case 'message':
      transport.deliver(message, handles);
      break;
    case 'disconnect':
      transport.closed();
      break;
    case 'signal':
      takeSignal(message);
      break;
    case 'stdioPayload':
      receive(streams[message.stream], message.chunks);
      break;
    default:
      streams[message.stream].wantsMoreData();
  }
}

function takeSignal({ name, number }) {
  if (process.listenerCount(name) > 0) {
    process.emit(name, name, number);
    return;
  }
  control.post({ type: 'diedOf', name });
  binding.exit(128 + number);
}

function useStreams(kinds) {
  const waiting = new Waiting(loops.hold);
  const [input, ...outputs] = kinds;
  if (input === 'pipe') streams.stdin = new ReadableWorkerStdio(control, waiting, 'stdin');
  if (input === 'ignore') streams.stdin = new Readable({ read() { this.push(null); } });
  outputs.forEach((kind, index) => {
    const name = ['stdout', 'stderr'][index];
    if (kind === 'pipe') streams[name] = new WritableWorkerStdio(control, waiting, name);
    if (kind === 'ignore') streams[name] = new Writable({ write(chunk, encoding, callback) { callback(); } });
  });
  for (const name of Object.keys(streams)) stdio.redirect(name, Object.assign(streams[name], { fd: ['stdin', 'stdout', 'stderr'].indexOf(name) }));
  process.on('exit', () => {
    for (const name of ['stdout', 'stderr']) {
      if (streams[name] !== undefined && streams[name].wantsMoreData !== undefined) streams[name].wantsMoreData();
    }
  });
}

/** The parent's kill() goes by this: what nobody handles ends a process whatever it does. */
function tellOfSignals() {
  const tell = (name, isHandled) => {
    if (typeof name === 'string' && signals[name] !== undefined && process.listenerCount(name) === 0) control.post({ type: 'handlesSignal', name, isHandled });
  };
  process.on('newListener', (name) => tell(name, true));
  process.on('removeListener', (name) => tell(name, false));
}

function begin({ text, execArgv, kinds, hasChannel, serialization }) {
  if (kinds.some((kind) => kind !== 'inherit')) useStreams(kinds);
  tellOfSignals();
  if (hasChannel) {
    transport = new PortTransport(control, serialization, loops.hold);
    setupChildChannel(transport);
    require('./cluster-start').setupWorker();
  }
  applyOptions(execArgv, loader.preload);
  const kind = execArgv.includes('--input-type=module') ? 'module' : 'classic';
  loader.runWorker(text === undefined ? binding.mainFile : '[eval]', text, text === undefined ? 'file' : kind);
}

module.exports = { start };
