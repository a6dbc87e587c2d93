// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// MessageChannel, MessagePort and BroadcastChannel. Within one loop a message is cloned when it is posted and delivered as a task of its
// own. A port whose other end is in another loop has a number (`remote`), by which C++ knows the channel; messages go through it in the
// form of message-codec.js.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { timers } = require('../../core/timers');
const { Event, enumerable, tag } = require('./event');
const { EventTarget, NodeEventTarget, defineEventHandler, dispatch, initEventTarget, onNewListener, onRemoveListener } =
  require('./event-target');
const { inspect } = require('./inspect');
const { cloneWith, transferSymbol } = require('./structured-clone');

const state = Symbol('kState');

function validatePort(value, name, nullable) {
  if ((nullable && value === null) || isPort(value)) return;
  throw new codes.ERR_INVALID_ARG_TYPE(name, 'MessagePort', value);
}

function isPort(value) {
  return typeof value === 'object' && value !== null && value[state] !== undefined && 'queue' in value[state];
}

class MessageEvent extends Event {
  constructor(type, options = {}) {
    super(type, options);
    const { data = null, origin = '', lastEventId = '', source = null, ports = [] } = options || {};
    validatePort(source, 'init.source', true);
    const list = [...ports];
    list.forEach((port, i) => validatePort(port, `init.ports[${i}]`, false));
    Object.defineProperty(this, state, { value: { data, origin: `${origin}`, lastEventId: `${lastEventId}`, source, ports: list } });
  }

  get data() {
    return this[state].data;
  }

  get origin() {
    return this[state].origin;
  }

  get lastEventId() {
    return this[state].lastEventId;
  }

  get source() {
    return this[state].source;
  }

  get ports() {
    return this[state].ports;
  }
}
enumerable(MessageEvent, ['data', 'origin', 'lastEventId', 'source', 'ports']);
tag(MessageEvent, 'MessageEvent');

const { loops } = binding;

/** Keeps the loop alive while a port waits for messages. */
function keepAlive(own, wanted) {
  const holds = wanted && own.referenced && !own.closed;
  if (holds !== own.holds) loops.hold(holds ? 1 : -1);
  own.holds = holds;
}

const remotePorts = new Map(); // number -> port, or another object with receive(data) and ended()

/** Sends through a channel; what is transferred is gone then. */
function postThrough(number, { parts, ports, buffers }, handles) {
  const isSent = loops.post(number, parts, ports.map(exportPort), handles);
  for (const buffer of buffers) binding.detachArrayBuffer(buffer);
  return isSent;
}

/** The port's other end is somewhere else from now on. */
function makeRemote(port, number) {
  const own = port[state];
  own.other = undefined;
  own.remote = number;
  remotePorts.set(number, port);
  if (own.started) loops.setStarted(number, true);
}

/** Takes a port out of this loop, and gives the number by which another one gets it. */
function exportPort(port) {
  const own = port[state];
  let number = own.remote;
  if (number === undefined) {
    const [here, there] = loops.openChannel();
    for (const data of own.queue) postThrough(here, Object.assign(codec().encodeAgain(data), { buffers: [] }));
    if (own.other !== undefined && !own.other[state].closed) makeRemote(own.other, here);
    else loops.close(here, true);
    number = there;
  }
  remotePorts.delete(number);
  loops.release(number);
  own.closed = true;
  own.queue = [];
  keepAlive(own, false);
  return number;
}

/** The port of a number that came with a message. */
function importPort(number) {
  const port = makePort();
  makeRemote(port, number);
  loops.adopt(number);
  return port;
}

const codec = () => require('./message-codec'); // which few programs need

/** The messages of C++'s hooks. */
function onMessage(number, parts, numbers, handles) {
  const port = remotePorts.get(number);
  if (port === undefined) return;
  const ports = numbers.map(importPort);
  if (!isPort(port)) {
    port.receive(codec().decode(parts, ports), handles);
    return;
  }
  let data;
  let type = 'message';
  try {
    data = codec().decode(parts, ports);
  } catch (error) {
    data = error;
    type = 'messageerror';
  }
  dispatch(port, data, type, new MessageEvent(type, { data, ports }));
}

function onClosed(number) {
  const port = remotePorts.get(number);
  remotePorts.delete(number);
  if (port instanceof ControlPort) port.onclose();
  if (port === undefined || !isPort(port) || port[state].closed) return;
  port[state].closed = true;
  keepAlive(port[state], false);
  binding.enqueueClosing(() => port.dispatchEvent(new Event('close')));
}

binding.setHook('portMessage', onMessage);
binding.setHook('portClosed', onClosed);

class MessagePort extends NodeEventTarget {
  constructor() {
    throw new codes.ERR_CONSTRUCT_CALL_INVALID();
  }

  postMessage(...args) {
    if (!isPort(this)) throw new TypeError('Illegal invocation');
    if (args.length === 0) {
      throw Object.assign(new TypeError('Not enough arguments to MessagePort.postMessage'), { code: 'ERR_MISSING_ARGS' });
    }
    const own = this[state];
    if (own.remote !== undefined) {
      postThrough(own.remote, codec().encode(args[0], args[1], this));
      return;
    }
    const target = own.other;
    const data = cloneWith(args[0], args[1], this);
    if (own.closed || target === undefined) return;
    if (target[state].closed) {
      // The port that was to get the message moved with it.
      process.emitWarning('The target port was posted to itself, and the communication channel was lost');
      this.close();
      return;
    }
    const other = own.other[state];
    other.queue.push(data);
    other.wake();
  }

  start() {
    const own = this[state];
    own.started = true;
    keepAlive(own, true);
    if (own.remote !== undefined) loops.setStarted(own.remote, true);
    own.wake();
  }

  close(callback) {
    const own = this[state];
    if (typeof callback === 'function') this.once('close', callback);
    if (own.closed) return;
    if (own.remote !== undefined) {
      remotePorts.delete(own.remote);
      loops.close(own.remote);
    }
    for (const port of own.remote === undefined ? [this, own.other] : [this]) {
      if (port[state].closed) continue;
      const wasWaiting = port[state].holds;
      port[state].closed = true;
      keepAlive(port[state], false);
      const task = timers.setImmediate(() => port.dispatchEvent(new Event('close')));
      // A port that nobody listens at does not keep the loop alive for its end.
      if (!wasWaiting) task.unref();
    }
  }

  ref() {
    const own = this[state];
    own.referenced = true;
    keepAlive(own, own.started);
  }

  unref() {
    const own = this[state];
    own.referenced = false;
    keepAlive(own, false);
  }

  hasRef() {
    return this[state].holds;
  }

  [onNewListener](size, type) {
    super[onNewListener](size, type);
    // Node's emitter style starts the port; a plain event listener does not, onmessage does.
    if (type === 'message' && size === 1) this.start();
  }

  [onRemoveListener](size, type) {
    if (type !== 'message' || size !== 0) return;
    const own = this[state];
    keepAlive(own, false);
    if (own.remote === undefined || own.closed) return;
    own.started = false;
    loops.setStarted(own.remote, false);
  }

  /** How it moves: what takes its place, and the step itself, after which it is of no use. */
  [transferSymbol]() {
    const own = this[state];
    return {
      isAttached: !own.closed,
      successor: makePort,
      move(port) {
        const next = port[state];
        next.other = own.other;
        next.queue = own.queue;
        if (own.remote !== undefined) makeRemote(port, own.remote);
        if (own.other !== undefined) own.other[state].other = port;
        own.closed = true;
        own.queue = [];
        keepAlive(own, false);
      },
    };
  }

  [inspect.custom](depth, options) {
    const own = this[state];
    return `MessagePort ${inspect({ active: !own.closed, refed: own.holds }, options)}`;
  }
}
enumerable(MessagePort, ['postMessage', 'start', 'close', 'ref', 'unref']);
tag(MessagePort, 'MessagePort');
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');
defineEventHandler(MessagePort.prototype, 'close');

function makePort() {
  const port = Object.create(MessagePort.prototype);
  const own = {
    other: undefined, remote: undefined, queue: [], started: false, closed: false, referenced: true, holds: false, scheduled: 0,
    // One task for each message, so that those that wait together come in one turn of the loop.
    wake() {
      while (own.started && own.scheduled < own.queue.length) {
        ++own.scheduled;
        timers.setImmediate(() => {
          --own.scheduled;
          deliver(port, own);
        });
      }
    },
  };
  Object.defineProperty(port, state, { value: own });
  initEventTarget(port);
  return port;
}

function deliver(port, own) {
  if (own.queue.length === 0) return;
  const data = own.queue.shift();
  const event = new MessageEvent('message', { data });
  dispatch(port, data, 'message', event);
}

class MessageChannel {
  constructor() {
    this.port1 = makePort();
    this.port2 = makePort();
    this.port1[state].other = this.port2;
    this.port2[state].other = this.port1;
  }
}
tag(MessageChannel, 'MessageChannel');

const channels = new Map(); // name -> { members, number: of the port at which other loops are heard }

function joinBroadcast(name) {
  const members = new Set();
  const number = loops.join(name);
  channels.set(name, { members, number });
  remotePorts.set(number, {
    receive(data) {
      for (const channel of [...members]) channel.dispatchEvent(new MessageEvent('message', { data }));
    },
  });
}

class BroadcastChannel extends EventTarget {
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    Object.defineProperty(this, state, { value: { name: `${name}`, closed: false, referenced: true, holds: false } });
    if (!channels.has(this.name)) joinBroadcast(this.name);
    channels.get(this.name).members.add(this);
    keepAlive(this[state], true);
  }

  get name() {
    return this[state].name;
  }

  postMessage(...args) {
    if (args.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (this[state].closed) {
      const { DOMException } = require('./dom-exception');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    for (const channel of channels.get(this.name).members) {
      if (channel === this) continue;
      const data = cloneWith(args[0]);
      timers.setImmediate(() => {
        if (!channel[state].closed) channel.dispatchEvent(new MessageEvent('message', { data }));
      });
    }
    const { parts } = codec().encode(args[0]);
    loops.broadcast(this.name, channels.get(this.name).number, parts);
  }

  close() {
    this[state].closed = true;
    keepAlive(this[state], false);
    const broadcast = channels.get(this.name);
    if (broadcast === undefined) return;
    broadcast.members.delete(this);
    if (broadcast.members.size > 0) return;
    channels.delete(this.name);
    remotePorts.delete(broadcast.number);
    loops.leave(this.name, broadcast.number);
  }

  ref() {
    this[state].referenced = true;
    keepAlive(this[state], true);
    return this;
  }

  unref() {
    this[state].referenced = false;
    keepAlive(this[state], false);
    return this;
  }
}
Object.defineProperty(BroadcastChannel.prototype, inspect.custom, {
  value(depth, options) {
    const { name, closed } = this[state];
    return depth < 0 ? 'BroadcastChannel' : `BroadcastChannel ${inspect({ name, active: !closed }, options)}`;
  },
  writable: true,
  configurable: true,
});
tag(BroadcastChannel, 'BroadcastChannel');
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

/** A message that waits at a port, without an event: worker_threads.receiveMessageOnPort. */
function receive(port) {
  if (!isPort(port)) throw Object.assign(new TypeError('The "port" argument must be a MessagePort instance'), { code: 'ERR_INVALID_ARG_TYPE' });
  const { queue, remote } = port[state];
  if (remote !== undefined) {
    const found = loops.receive(remote);
    return found === undefined ? undefined : { message: codec().decode(found[0], found[1].map(importPort)) };
  }
  return queue.length > 0 ? { message: queue.shift() } : undefined;
}

/** An end of a channel without the ways of a MessagePort: for what the runtime says to itself. `receive(data)` gets the messages. */
class ControlPort {
  constructor(number, receive) {
    this.number = number;
    this.receive = receive;
    this.onclose = () => {}; // the other end was closed
    remotePorts.set(number, this);
    loops.setStarted(number, true);
  }

  /** `handles`: their numbers; copies go with the message. */
  post(value, transfers, handles) {
    return postThrough(this.number, codec().encode(value, transfers), handles);
  }

  /** Receives what has come and was not delivered yet. */
  drain() {
    for (let found = loops.receive(this.number); found !== undefined; found = loops.receive(this.number)) {
      this.receive(codec().decode(found[0], found[1].map(importPort)), found[2]);
    }
  }

  close() {
    remotePorts.delete(this.number);
    loops.close(this.number);
  }
}

/** A port that keeps the loop alive while `emitter` has listeners for messages, and no longer. */
function referWhileListening(port, emitter = port) {
  port.unref();
  if (emitter === port) return; // it does so by itself, once it was referenced
  emitter.on('newListener', (name) => {
    if (name !== 'message' || emitter.listenerCount(name) > 0) return;
    port.ref();
    port.start();
  });
  emitter.on('removeListener', (name) => {
    if (name === 'message' && emitter.listenerCount(name) === 0) port.unref();
  });
}

/** Delivers all that has come to a port at once. */
function drainPort(port) {
  const { remote } = port[state];
  if (remote === undefined) return;
  for (let found = loops.receive(remote); found !== undefined; found = loops.receive(remote)) onMessage(remote, found[0], found[1]);
}

module.exports = { BroadcastChannel, ControlPort, MessageChannel, MessageEvent, MessagePort, drainPort, receive, referWhileListening };
