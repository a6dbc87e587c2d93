// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The beginning of a process that was started on simulated I/O (simulated-child.js).

const binding = require('../../core/binding');
const stdio = require('../../core/stdio');
const { Readable, Writable } = require('../stream');
const { ControlPort } = require('./message-port');
const { applyOptions } = require('./node-options');
const { sendMethods } = require('./simulated-channel');
const { ReadableWorkerStdio, Waiting, WritableWorkerStdio, receive } = require('./worker-stdio');

const { loops } = binding;
const control = new ControlPort(loops.port, onMessage);
const streams = {};
let loader;

/** Runs the main script, once it is known how. */
function start(theLoader) {
  loader = theLoader;
  control.drain();
}

function onMessage(message) {
  switch (message.type) {
    case 'start':
      begin(message);
      break;
    case 'message':
      process.onChannelMessage(message.value);
      break;
    case 'disconnect':
      process.onChannelClosed();
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

function begin({ text, execArgv, kinds, hasChannel, serialization }) {
  if (kinds.some((kind) => kind !== 'inherit')) useStreams(kinds);
  if (hasChannel) sendMethods(process, control, serialization, (wanted) => loops.hold(wanted ? 1 : -1));
  applyOptions(execArgv, loader.preload);
  const kind = execArgv.includes('--input-type=module') ? 'module' : 'classic';
  loader.runWorker(text === undefined ? binding.mainFile : '[eval]', text, text === undefined ? 'file' : kind);
}

module.exports = { start };
