// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Messages between a parent and a child that was forked.

const { codes, define } = require('../../core/errors');
const { validateObject } = require('../../core/validators');
const EventEmitter = require('../events');
const { pack, unpack } = require('./child-handles');
const { errnoException } = require('./net-errors');

define('ERR_IPC_CHANNEL_CLOSED', 'Channel closed', Error);
define('ERR_IPC_DISCONNECTED', 'IPC channel is already disconnected', Error);

const pending = Symbol('kPendingMessages');
const prefix = 'NODE_';

/** Messages of Node's own, which a program does not see. */
function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' && message.cmd.length > prefix.length &&
    message.cmd.startsWith(prefix);
}

/** What keeps a channel from holding the process, or lets it: listeners and writes under way count. */
class Control extends EventEmitter {
  #channel;
  #references = 0;
  #isSet = false;

  constructor(channel) {
    super();
    this.#channel = channel;
    this[pending] = [];
  }

  refCounted() {
    if (++this.#references === 1 && !this.#isSet) this.#channel.ref();
  }

  unrefCounted() {
    if (--this.#references === 0 && !this.#isSet) {
      this.#channel.unref();
      this.emit('unref');
    }
  }

  ref() {
    this.#isSet = true;
    this.#channel.ref();
  }

  unref() {
    this.#isSet = true;
    this.#channel.unref();
  }

  get fd() {
    return this.#channel ? this.#channel.fd : undefined;
  }
}

function checkMessage(message) {
  if (message === undefined) throw new codes.ERR_MISSING_ARGS('message');
  if (!['string', 'object', 'number', 'boolean'].includes(typeof message)) {
    throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
  }
}

const isAnswer = (message) => message !== null && typeof message === 'object' && /^NODE_HANDLE_N?ACK$/.test(message.cmd);

/**
 * `target` (a ChildProcess, or process in a child) gets send() and disconnect(), and emits 'message' and 'disconnect'. `transport`: a PipeTransport or
 * a PortTransport. Handles go one at a time: what is sent after one waits until the other process has it.
 */
function setupChannel(target, transport, onClosed = () => {}) {
  const control = new Control(transport);
  target.channel = control;
  let waiting = null; // while a handle is under way: what is to be sent after it
  let afterwards = null; // what is to be done then

  const emit = (name, message, handle) => {
    if (name === 'internalMessage' || target.listenerCount('message') > 0) target.emit(name, message, handle);
    else control[pending].push([message, handle]); // for the listener that comes
  };
  const deliver = (message, handle) => {
    if (target.channel) process.nextTick(emit, isInternal(message) ? 'internalMessage' : 'message', message, handle);
  };
  const takeHandle = (envelope, handle) => {
    if (target.connected) target._send({ cmd: handle ? 'NODE_HANDLE_ACK' : 'NODE_HANDLE_NACK' }, null, { swallowErrors: true });
    if (handle) unpack(envelope, handle, (object) => deliver(envelope.msg, object));
  };
  const goOn = () => {
    if (afterwards) afterwards();
    const list = waiting || [];
    waiting = afterwards = null;
    for (const [message, handle, options, callback] of list) target._send(message, handle, options, callback);
  };
  transport.start((message, handleOf) => {
    if (isAnswer(message)) process.nextTick(goOn);
    else if (message !== null && message.cmd === 'NODE_HANDLE') process.nextTick(takeHandle, message, handleOf());
    else deliver(message);
  }, () => {
    if (target.connected) target.disconnect();
    transport.close();
    target.channel = null;
    if (afterwards) afterwards();
    afterwards = null;
    onClosed(target);
  });

  target.on('newListener', () => {
    process.nextTick(() => {
      if (!target.channel || target.listenerCount('message') === 0) return;
      for (const [message, handle] of control[pending].splice(0)) target.emit('message', message, handle);
    });
  });

  const fail = (error, callback, swallow) => {
    if (typeof callback === 'function') process.nextTick(callback, error);
    else if (!swallow) process.nextTick(() => target.emit('error', error));
    return false;
  };

  target.send = function send(message, handle, options, callback) {
    let [object, given, done] = [handle, options, callback];
    if (typeof handle === 'function') [object, given, done] = [undefined, undefined, handle];
    else if (typeof options === 'function') [given, done] = [undefined, options];
    else if (options !== undefined) validateObject(options, 'options');
    if (!this.connected) return fail(new codes.ERR_IPC_CHANNEL_CLOSED(), done, false);
    return this._send(message, object, Object.assign({ swallowErrors: false }, given), done);
  };

  target._send = function send(message, object, options, callback) {
    checkMessage(message);
    if (waiting && !isAnswer(message)) {
      waiting.push([message, object, options, callback]);
      return waiting.length === 1;
    }
    const { envelope, handle, afterwards: next } = object ? pack(message, object, options || {}) : { envelope: message, handle: null };
    const finish = () => {
      control.unrefCounted();
      if (typeof callback === 'function') callback(null);
    };
    const outcome = transport.send(envelope, handle, finish);
    if (outcome < 0) return fail(errnoException(outcome, 'write'), callback, options && options.swallowErrors);
    if (handle) [waiting, afterwards] = [[], next];
    control.refCounted();
    if (outcome === 1) process.nextTick(finish);
    return transport.queuedBytes < 65536 * 2;
  };

  target.connected = true;
  target.disconnect = function disconnect() {
    if (!this.connected) {
      this.emit('error', new codes.ERR_IPC_DISCONNECTED());
      return;
    }
    this._disconnect();
  };
  target._disconnect = function disconnect() {
    target.connected = false;
    target.channel = null;
    process.nextTick(() => {
      transport.close();
      target.emit('disconnect');
    });
  };
  return control;
}

/** In a child: `process` becomes the other end of its parent's channel, which holds it only while somebody listens. */
function setupChildChannel(transport) {
  const control = setupChannel(process, transport);
  transport.unref();
  const counts = (name) => name === 'message' || name === 'disconnect';
  process.on('newListener', (name) => { if (counts(name)) control.refCounted(); });
  process.on('removeListener', (name) => { if (counts(name)) control.unrefCounted(); });
}

/** The same on real I/O, where the channel is a descriptor. */
function connectToParent(fd, serialization) {
  const { Pipe } = require('./handles');
  const { PipeTransport } = require('./pipe-channel');
  const channel = new Pipe(Pipe.IPC);
  const failure = channel.open(fd);
  if (failure) throw errnoException(failure, 'open');
  setupChildChannel(new PipeTransport(channel, serialization || 'json'));
}

module.exports = { connectToParent, setupChannel, setupChildChannel };
