// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// MessageChannel, MessagePort and BroadcastChannel within one thread. A message is cloned when it is posted and
// delivered as a task of its own.

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

/** Keeps the loop alive while a port waits for messages. */
function keepAlive(own, wanted) {
  const hold = wanted && own.referenced && !own.closed;
  if (hold && own.holder === undefined) own.holder = timers.setInterval(() => {}, 2 ** 31 - 1);
  if (!hold && own.holder !== undefined) {
    timers.clearInterval(own.holder);
    own.holder = undefined;
  }
}

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
    own.wake();
  }

  close(callback) {
    const own = this[state];
    if (typeof callback === 'function') this.once('close', callback);
    if (own.closed) return;
    for (const port of [this, own.other]) {
      if (port[state].closed) continue;
      const wasWaiting = port[state].holder !== undefined;
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
    return this[state].holder !== undefined;
  }

  [onNewListener](size, type) {
    super[onNewListener](size, type);
    // Node's emitter style starts the port; a plain event listener does not, onmessage does.
    if (type === 'message' && size === 1) this.start();
  }

  [onRemoveListener](size, type) {
    if (type === 'message' && size === 0) keepAlive(this[state], false);
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
        if (own.other !== undefined) own.other[state].other = port;
        own.closed = true;
        own.queue = [];
        keepAlive(own, false);
      },
    };
  }

  [inspect.custom](depth, options) {
    const own = this[state];
    return `MessagePort ${inspect({ active: !own.closed, refed: own.holder !== undefined }, options)}`;
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
    other: undefined, queue: [], started: false, closed: false, referenced: true, holder: undefined, scheduled: 0,
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

const channels = new Map();

class BroadcastChannel extends EventTarget {
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    Object.defineProperty(this, state, { value: { name: `${name}`, closed: false, referenced: true, holder: undefined } });
    if (!channels.has(this.name)) channels.set(this.name, new Set());
    channels.get(this.name).add(this);
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
    for (const channel of channels.get(this.name)) {
      if (channel === this) continue;
      const data = cloneWith(args[0]);
      timers.setImmediate(() => {
        if (!channel[state].closed) channel.dispatchEvent(new MessageEvent('message', { data }));
      });
    }
  }

  close() {
    this[state].closed = true;
    keepAlive(this[state], false);
    channels.get(this.name).delete(this);
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
  const { queue } = port[state];
  return queue.length > 0 ? { message: queue.shift() } : undefined;
}

module.exports = { BroadcastChannel, MessageChannel, MessageEvent, MessagePort, receive };
