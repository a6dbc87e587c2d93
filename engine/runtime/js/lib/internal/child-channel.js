// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Messages between a parent and a child that was forked: one line of JSON each, over a pipe.

const binding = require('../../core/binding');
const { codes, define } = require('../../core/errors');
const { validateObject } = require('../../core/validators');
const EventEmitter = require('../events');
const { StringDecoder } = require('../string_decoder');
const { WriteWrap } = require('./handles');
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

/** Gives whole messages to `take` as their bytes come. */
function lineReader(take) {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return (bytes) => {
    const lines = (rest + decoder.write(bytes)).split('\n');
    rest = lines.pop();
    for (const line of lines) take(JSON.parse(line));
  };
}

function checkMessage(message) {
  if (message === undefined) throw new codes.ERR_MISSING_ARGS('message');
  if (!['string', 'object', 'number', 'boolean'].includes(typeof message)) {
    throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
  }
}

/** `target` (a ChildProcess, or process in a child) gets send() and disconnect(), and emits 'message' and 'disconnect'. */
function setupChannel(target, channel, serialization, onClosed = () => {}) {
  if (serialization !== 'json') throw new Error(`not supported by Loopscope: serialization '${serialization}' of child_process`);
  const control = new Control(channel);
  target.channel = control;

  const emit = (name, message) => {
    if (name === 'internalMessage' || target.listenerCount('message') > 0) target.emit(name, message, undefined);
    else control[pending].push(message); // for the listener that comes
  };
  const read = lineReader((message) => {
    if (target.channel) process.nextTick(emit, isInternal(message) ? 'internalMessage' : 'message', message);
  });
  channel.onread = (count, memory) => {
    if (count > 0) {
      read(Buffer.from(memory, 0, count));
      return;
    }
    if (target.connected) target.disconnect();
    channel.onread = () => {};
    channel.close();
    target.channel = null;
    onClosed(target);
  };

  target.on('newListener', () => {
    process.nextTick(() => {
      if (!target.channel || target.listenerCount('message') === 0) return;
      for (const message of control[pending].splice(0)) target.emit('message', message, undefined);
    });
  });

  const fail = (error, callback, swallow) => {
    if (typeof callback === 'function') process.nextTick(callback, error);
    else if (!swallow) process.nextTick(() => target.emit('error', error));
    return false;
  };

  target.send = function send(message, handle, options, callback) {
    let [given, done] = [options, callback];
    if (typeof handle === 'function') [given, done] = [undefined, handle];
    else if (typeof options === 'function') [given, done] = [undefined, options];
    else if (options !== undefined) validateObject(options, 'options');
    if (!this.connected) return fail(new codes.ERR_IPC_CHANNEL_CLOSED(), done, false);
    if (handle && typeof handle !== 'function') throw new Error('not supported by Loopscope: handles in messages to other processes');
    return this._send(message, undefined, Object.assign({ swallowErrors: false }, given), done);
  };

  target._send = function send(message, handle, options, callback) {
    checkMessage(message);
    const request = new WriteWrap();
    const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
    const finish = () => {
      control.unrefCounted();
      if (typeof callback === 'function') callback(null);
    };
    request.oncomplete = finish;
    const outcome = channel.writeBytes(request, bytes);
    if (outcome < 0) return fail(errnoException(outcome, 'write'), callback, options && options.swallowErrors);
    control.refCounted();
    if (outcome === 1) process.nextTick(finish);
    return channel.writeQueueSize < 65536 * 2;
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
      channel.close();
      target.emit('disconnect');
    });
  };
  channel.readStart();
  return control;
}

/** In a child: `process` becomes the other end of its parent's channel. */
function connectToParent(fd, serialization) {
  const { Pipe } = require('./handles');
  const channel = new Pipe(Pipe.IPC);
  const failure = channel.open(fd);
  if (failure) throw errnoException(failure, 'open');
  const control = setupChannel(process, channel, serialization || 'json');
  channel.unref();
  const counts = (name) => name === 'message' || name === 'disconnect';
  process.on('newListener', (name) => { if (counts(name)) control.refCounted(); });
  process.on('removeListener', (name) => { if (counts(name)) control.unrefCounted(); });
}

module.exports = { connectToParent, setupChannel };
