// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What libuv calls handles and requests, as the classes that stand for them in Node: TCP and UDP sockets, pipes. C++ (HandleNatives)
// calls their onconnection, onread, onmessage and oncomplete.

const binding = require('../../core/binding');

const { errno } = require('./system-constants');

const { handles } = binding;
const ownerSymbol = Symbol('owner_symbol');
const idSymbol = Symbol('id');
const accepted = Symbol('accepted'); // made by C++, which opens it itself

const kinds = { TCP: 1, Pipe: 2, UDP: 3, Process: 4, Watcher: 5, Terminal: 6, Signal: 7 };

/** Numbers of HandleOption (io/HandleProvider.h). */
const options = {
  sendBufferSize: 1, receiveBufferSize: 2, broadcast: 3, timeToLive: 4, multicastTimeToLive: 5, multicastLoopback: 6, pipeMode: 7,
  passesHandles: 9,
};

function setId(handle, id) {
  Object.defineProperty(handle, idSymbol, { value: id, configurable: true });
}

/**
 * What stands in the way of a pipe at `path`, as a negative number: the simulated network knows no files. 0 if nothing does. `isServer`: it is
 * to be made there.
 */
function pathError(path, isServer) {
  if (binding.isIoReal || path[0] === '\0') return 0;
  const look = (operation, name) => {
    try {
      binding.fs.sync(operation, [name]);
      return 0;
    } catch (error) {
      return error.errno === undefined ? -errno.EACCES : error.errno;
    }
  };
  if (!isServer) return look('lstat', path) === 0 ? -errno.ECONNREFUSED : 0;
  if (look('lstat', path) === 0) return -errno.EADDRINUSE;
  const slash = path.lastIndexOf('/');
  const status = look('stat', slash < 0 ? '.' : path.slice(0, slash) || '/');
  return status === -errno.ENOENT ? -errno.EACCES : status; // as libuv has it, for the sake of Windows
}

class HandleWrap {
  open(kind, asyncType, type) {
    const id = handles.open(this, kind, asyncType, type);
    if (id < 0) throw Object.assign(new Error(`not supported by Loopscope: ${type} in this mode`), { errno: id });
    setId(this, id);
  }

  close(callback) {
    handles.close(this[idSymbol], callback);
  }

  ref() {
    handles.setReferenced(this[idSymbol], true);
  }

  unref() {
    handles.setReferenced(this[idSymbol], false);
  }

  hasRef() {
    return handles.isReferenced(this[idSymbol]);
  }

  getAsyncId() {
    return handles.asyncId(this[idSymbol]);
  }
}
const openHandle = HandleWrap.prototype.open;
delete HandleWrap.prototype.open;

class LibuvStreamWrap extends HandleWrap {
  readStart() {
    return handles.setReading(this[idSymbol], true);
  }

  readStop() {
    return handles.setReading(this[idSymbol], false);
  }

  /** 1 if everything was taken at once, 0 if request.oncomplete tells, or a negative number. */
  writeBytes(request, bytes, sent) {
    return handles.write(this[idSymbol], request, bytes, sent === undefined ? 0 : sent[idSymbol]);
  }

  /** As writeBytes(), for text in an encoding of buffer-encodings.js and bytes behind it. */
  writeText(request, text, encoding, bytes) {
    return handles.writeText(this[idSymbol], request, text, encoding.number, bytes);
  }

  shutdown(request) {
    return handles.shutdown(this[idSymbol], request);
  }

  get bytesRead() {
    return handles.counts(this[idSymbol])[0];
  }

  get bytesWritten() {
    return handles.counts(this[idSymbol])[1];
  }

  get writeQueueSize() {
    return handles.counts(this[idSymbol])[2];
  }
}

class TCP extends LibuvStreamWrap {
  constructor(type, mark) {
    super();
    this.reading = false;
    this.onconnection = null;
    if (mark === accepted) return;
    if (type === TCP.SERVER) openHandle.call(this, kinds.TCP, 'TCPSERVERWRAP', 'TCPServerWrap');
    else openHandle.call(this, kinds.TCP, 'TCPWRAP', 'TCPSocketWrap');
  }

  get owner() {
    return this[ownerSymbol];
  }

  set owner(owner) {
    this[ownerSymbol] = owner;
  }

  open(fd) {
    return handles.openDescriptor(this[idSymbol], fd);
  }

  bind(address, port) {
    return handles.bind(this[idSymbol], address, port, 0);
  }

  bind6(address, port, flags) {
    return handles.bind(this[idSymbol], address, port, flags | 0);
  }

  listen(backlog) {
    return handles.listen(this[idSymbol], backlog);
  }

  connect(request, address, port) {
    return handles.connect(this[idSymbol], request, 'TCPCONNECTWRAP', 'ConnectWrap', address, port);
  }

  connect6(request, address, port) {
    return this.connect(request, address, port);
  }

  getsockname(out) {
    return handles.localEndpoint(this[idSymbol], out);
  }

  getpeername(out) {
    return handles.remoteEndpoint(this[idSymbol], out);
  }

  setNoDelay(flag) {
    return handles.setNoDelay(this[idSymbol], flag);
  }

  setKeepAlive(flag, seconds) {
    return handles.setKeepAlive(this[idSymbol], flag, seconds);
  }

  reset(callback) {
    return handles.reset(this[idSymbol], callback);
  }
}
Object.assign(TCP, { SOCKET: 0, SERVER: 1 });

class Pipe extends LibuvStreamWrap {
  constructor(type, mark) {
    super();
    this.reading = false;
    this.onconnection = null;
    if (mark === accepted) return;
    if (type === Pipe.SERVER) openHandle.call(this, kinds.Pipe, 'PIPESERVERWRAP', 'PipeServerWrap');
    else openHandle.call(this, kinds.Pipe, 'PIPEWRAP', 'PipeWrap');
    if (type === Pipe.IPC) handles.setOption(this[idSymbol], options.passesHandles, 1);
  }

  open(fd) {
    return handles.openDescriptor(this[idSymbol], fd);
  }

  bind(path) {
    const error = pathError(path, true);
    if (error !== 0) return error;
    return handles.bind(this[idSymbol], path);
  }

  listen(backlog) {
    return handles.listen(this[idSymbol], backlog);
  }

  connect(request, path) {
    if (pathError(path, false) !== 0) { // a file, but no socket
      const { oncomplete } = request;
      request.oncomplete = (status, ...rest) => oncomplete.call(request, status === -errno.ENOENT ? -errno.ECONNREFUSED : status, ...rest);
    }
    return handles.connect(this[idSymbol], request, 'PIPECONNECTWRAP', 'ConnectWrap', path);
  }

  fchmod(mode) {
    return handles.setOption(this[idSymbol], options.pipeMode, mode);
  }
}
Object.assign(Pipe, { SOCKET: 0, SERVER: 1, IPC: 2, UV_READABLE: 1, UV_WRITABLE: 2 });

class UDP extends HandleWrap {
  constructor(mark) {
    super();
    if (mark === accepted) return;
    openHandle.call(this, kinds.UDP, 'UDPWRAP', 'UDPWrap');
  }

  bind(address, port, flags) {
    return handles.bind(this[idSymbol], address, port, flags | 0);
  }

  bind6(address, port, flags) {
    return handles.bind(this[idSymbol], address, port, flags | 0);
  }

  connect(address, port) {
    return handles.setPeer(this[idSymbol], address, port);
  }

  connect6(address, port) {
    return handles.setPeer(this[idSymbol], address, port);
  }

  disconnect() {
    return handles.setPeer(this[idSymbol]);
  }

  recvStart() {
    return handles.setReceiving(this[idSymbol], true);
  }

  recvStop() {
    return handles.setReceiving(this[idSymbol], false);
  }

  /** 1 if it was sent at once, 0 if request.oncomplete tells, or a negative number. Without address: to the peer of connect(). */
  sendBytes(request, bytes, address, port) {
    return handles.send(this[idSymbol], request, bytes, address, port);
  }

  getsockname(out) {
    return handles.localEndpoint(this[idSymbol], out);
  }

  getpeername(out) {
    return handles.remoteEndpoint(this[idSymbol], out);
  }

  setMembership(group, address, source, isMember) {
    return handles.setMembership(this[idSymbol], group, address, source, isMember);
  }

  setMulticastInterface(address) {
    return handles.setMulticastInterface(this[idSymbol], address);
  }

  setOption(name, value) {
    return handles.setOption(this[idSymbol], options[name], value);
  }

  option(name) {
    return handles.option(this[idSymbol], options[name]);
  }
}
Object.assign(UDP, { UV_UDP_IPV6ONLY: 1, UV_UDP_REUSEADDR: 4 });

const streamKinds = { ignore: 0, pipe: 1, overlapped: 1, inherit: 2, fd: 2, wrap: 2 };

class Process extends HandleWrap {
  constructor() {
    super();
    openHandle.call(this, kinds.Process, 'PROCESSWRAP', 'ProcessWrap');
  }

  /** 0, and `pid` is set, or a negative number. */
  spawn({ args, cwd, detached, envPairs, file, gid, stdio, uid }) {
    const streams = [];
    for (const { type, handle, fd } of stdio) {
      if (type === 'wrap') throw new Error('not supported by Loopscope: sockets as stdio of a child process');
      streams.push(streamKinds[type], streamKinds[type] === 1 ? handle[idSymbol] : fd === undefined ? 0 : fd);
    }
    const pid = binding.processes.spawn(this[idSymbol], file, args, envPairs || [], cwd, detached, uid, gid, streams);
    if (pid < 0) return pid;
    this.pid = pid;
    handles.setActive(this[idSymbol], true);
    return 0;
  }

  kill(signal) {
    return binding.processes.kill(this[idSymbol], signal);
  }
}

class FSEvent extends HandleWrap {
  constructor() {
    super();
    openHandle.call(this, kinds.Watcher, 'FSEVENTWRAP', 'FSEventWrap');
    this.isStarted = false;
  }

  get initialized() {
    return this.isStarted;
  }

  /** 0, or a negative number: then it is closed. */
  start(path, persistent) {
    if (this.isStarted) return 0;
    const failure = handles.watch(this[idSymbol], path);
    if (failure) {
      this.close();
      return failure;
    }
    this.isStarted = true;
    if (!persistent) this.unref();
    return 0;
  }

  close() {
    this.isStarted = false;
    super.close();
  }
}

class Signal extends HandleWrap {
  constructor() {
    super();
    openHandle.call(this, kinds.Signal, 'SIGNALWRAP', 'SignalWrap');
  }

  start(signal) {
    const failure = binding.processes.watchSignal(this[idSymbol], signal);
    if (!failure) handles.setActive(this[idSymbol], true);
    return failure;
  }
}

class TTY extends LibuvStreamWrap {
  constructor(fd) {
    super();
    this.reading = false;
    openHandle.call(this, kinds.Terminal, 'TTYWRAP', 'TTYWrap');
    this.failure = handles.openDescriptor(this[idSymbol], fd);
  }

  setRawMode(isRaw) {
    return binding.processes.setRawMode(this[idSymbol], isRaw);
  }
}

// What stands for a request in async_hooks and in what C++ calls back.
class TCPConnectWrap {}
class PipeConnectWrap {}
class WriteWrap {}
class ShutdownWrap {}
class SendWrap {}
class GetAddrInfoReqWrap {}
class GetNameInfoReqWrap {}
class QueryReqWrap {}

const acceptedMakers = {
  [kinds.TCP]: () => new TCP(TCP.SOCKET, accepted), [kinds.Pipe]: () => new Pipe(Pipe.SOCKET, accepted), [kinds.UDP]: () => new UDP(accepted),
};
const acceptedNames = { [kinds.TCP]: ['TCPWRAP', 'TCPSocketWrap'], [kinds.Pipe]: ['PIPEWRAP', 'PipeWrap'], [kinds.UDP]: ['UDPWRAP', 'UDPWrap'] };

/** What another loop of this run sent: a handle of this one; undefined if it is gone. */
function adoptHandle(kind, number) {
  const handle = acceptedMakers[kind]();
  const id = handles.adopt(handle, kind, ...acceptedNames[kind], number);
  if (id < 0) return undefined;
  setId(handle, id);
  return handle;
}

const kindOf = (handle) => (handle instanceof TCP ? kinds.TCP : handle instanceof Pipe ? kinds.Pipe : kinds.UDP);
const idOf = (handle) => handle[idSymbol];

binding.setHook('acceptedHandle', (kind) => acceptedMakers[kind]());
binding.setHook('adoptHandle', setId);

module.exports = {
  GetAddrInfoReqWrap,
  GetNameInfoReqWrap,
  HandleWrap,
  Pipe,
  PipeConnectWrap,
  FSEvent,
  Process,
  QueryReqWrap,
  SendWrap,
  ShutdownWrap,
  Signal,
  TCP,
  TCPConnectWrap,
  TTY,
  UDP,
  WriteWrap,
  adoptHandle,
  idOf,
  kindOf,
  ownerSymbol,
  /** The async context of the handle's callbacks from now on. */
  setContext: (handle, context) => handles.setContext(handle[idSymbol], context),
};
