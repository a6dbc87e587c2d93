// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Loaded by the installed node before the script of a scenario: does there what server-hook.js does in Loopscope. The first server listens
// at a free port of this machine, and each request gets the waiting and work that are to be added. LOOPSCOPE_SERVE says where on the
// LaneBoard, an inherited file, things are.

const fs = require('fs');
const http = require('http');
const net = require('net');

const { board, backlog, io, cpu, port, begun, ended, process: pid, thread } = JSON.parse(process.env.LOOPSCOPE_SERVE);
delete process.env.LOOPSCOPE_SERVE;

/** How often, in ms, the board is looked at: a system call at every request would be felt. */
const period = 50;
const buffer = Buffer.alloc(8);
const counts = { begun: 0, ended: 0 };
const extra = { io: 0, cpu: 0 };
let owed = 0;
let hasServer = false;

function readNumber(offset) {
  fs.readSync(board, buffer, 0, 8, offset);
  return buffer.readDoubleLE(0);
}

function writeCount(offset, count) {
  buffer.writeBigUInt64LE(BigInt(count));
  fs.writeSync(board, buffer, 0, 8, offset);
}

function meetBoard() {
  extra.io = readNumber(io);
  extra.cpu = readNumber(cpu);
  writeCount(begun, counts.begun);
  writeCount(ended, counts.ended);
}

for (const offset of [pid, thread]) {
  buffer.writeInt32LE(process.pid);
  fs.writeSync(board, buffer, 0, 4, offset);
}
meetBoard();
setInterval(meetBoard, period).unref();

const listen = net.Server.prototype._listen2;
net.Server.prototype._listen2 = function(address, asked, addressType, askedBacklog, fd, flags) {
  if (hasServer || this._handle || fd >= 0 || asked < 0) {
    listen.call(this, address, asked, addressType, askedBacklog, fd, flags);
    return;
  }
  hasServer = true;
  listen.call(this, '127.0.0.1', 0, 4, backlog || askedBacklog, undefined, flags);
  if (!this._handle) return;
  const { port: bound } = this.address();
  setImmediate(() => { // unless the script fails behind its listen()
    buffer.writeUInt16LE(bound);
    fs.writeSync(board, buffer, 0, 2, port);
  });
};

/** Keeps the processor busy for so many ms of its time. */
function compute(milliseconds) {
  if (milliseconds <= 0) return;
  const start = process.cpuUsage();
  let spent;
  do {
    const { user, system } = process.cpuUsage(start);
    spent = (user + system) / 1000;
  } while (spent < milliseconds);
}

function takeWait() {
  owed += extra.io;
  const wait = Math.floor(owed);
  owed -= wait;
  return wait;
}

const { emit } = http.Server.prototype;
const handled = new Set(['request', 'checkContinue', 'checkExpectation']);
Object.defineProperty(http.Server.prototype, 'emit', {
  value: function emitRequest(...args) {
    if (!handled.has(args[0]) || this.listenerCount(args[0]) === 0) return emit.apply(this, args);
    counts.begun++;
    args[2].once('close', () => { counts.ended++; });
    const handle = () => {
      compute(extra.cpu);
      return emit.apply(this, args);
    };
    const wait = takeWait();
    if (wait === 0) return handle();
    setTimeout(handle, wait);
    return true;
  },
  writable: true,
  configurable: true,
});
