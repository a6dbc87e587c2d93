// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The option `stdio` of child_process: what the child's descriptors become.

const { codes, define } = require('../../core/errors');
const { Pipe, TCP, TTY } = require('./handles');

define('ERR_IPC_ONE_PIPE', 'Child process can have only one IPC pipe', Error);
define('ERR_IPC_SYNC_FORK', 'IPC cannot be used with synchronous forks', Error);
define('ERR_INVALID_SYNC_FORK_INPUT', 'Asynchronous forks do not support Buffer, TypedArray, DataView or string input: %s', TypeError);

function fromString(stdio, channel) {
  const fds = { ignore: ['ignore', 'ignore', 'ignore'], overlapped: ['overlapped', 'overlapped', 'overlapped'],
    pipe: ['pipe', 'pipe', 'pipe'], inherit: [0, 1, 2] }[stdio];
  if (fds === undefined) throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
  return channel ? [...fds, channel] : fds;
}

const isHandle = (value) => value instanceof Pipe || value instanceof TCP || value instanceof TTY;

/** The handle of a stream, or of a handle itself; undefined if it is none. */
function handleOf(stream) {
  return [stream, stream.handle, stream._handle].find((value) => value && isHandle(value));
}

/** One descriptor: { type, handle, fd, ipc, input }. */
function entry(wanted, index, isSync) {
  const kind = wanted == null ? (index < 3 ? 'pipe' : 'ignore') : wanted;
  if (kind === 'ignore') return { type: 'ignore' };
  if (kind === 'pipe' || kind === 'overlapped' || (typeof kind === 'number' && kind < 0)) {
    const pipe = { type: kind === 'overlapped' ? 'overlapped' : 'pipe', readable: index === 0, writable: index !== 0 };
    if (!isSync) pipe.handle = new Pipe(Pipe.SOCKET);
    return pipe;
  }
  if (kind === 'ipc') {
    if (isSync) throw new codes.ERR_IPC_SYNC_FORK();
    return { type: 'pipe', handle: new Pipe(Pipe.IPC), ipc: true };
  }
  if (kind === 'inherit') return { type: 'inherit', fd: index };
  if (typeof kind === 'number') return { type: 'fd', fd: kind };
  if (typeof kind.fd === 'number') return { type: 'fd', fd: kind.fd };
  if (typeof kind === 'object' && handleOf(kind) !== undefined) return { type: 'wrap', handle: handleOf(kind), stream: kind };
  if (ArrayBuffer.isView(kind) || typeof kind === 'string') {
    if (!isSync) throw new codes.ERR_INVALID_SYNC_FORK_INPUT(require('../util').inspect(kind));
    return { type: 'pipe', readable: index === 0, writable: index !== 0, input: kind };
  }
  throw new codes.ERR_INVALID_ARG_VALUE('stdio', kind);
}

/** { stdio, ipc, ipcFd }; pipes are opened already. */
function fromOption(stdio, isSync) {
  const list = typeof stdio === 'string' ? fromString(stdio) : stdio;
  if (!Array.isArray(list)) throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
  while (list.length < 3) list.push(undefined);
  const entries = [];
  try {
    for (let index = 0; index < list.length; ++index) {
      if (list[index] === 'ipc' && entries.some((each) => each.ipc)) throw new codes.ERR_IPC_ONE_PIPE();
      entries.push(entry(list[index], index, isSync));
    }
  } catch (error) {
    for (const { type, handle } of entries) {
      if (type === 'pipe' && handle) handle.close();
    }
    throw error;
  }
  const ipcFd = entries.findIndex((each) => each.ipc);
  return { stdio: entries, ipc: ipcFd < 0 ? undefined : entries[ipcFd].handle, ipcFd: ipcFd < 0 ? undefined : ipcFd };
}

module.exports = { fromOption, fromString };
