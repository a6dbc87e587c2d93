// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// send(), disconnect() and 'message' between a process and the child that it forked, over a control port.

const { codes } = require('../../core/errors');

const closedError = () => Object.assign(new Error('Channel closed'), { code: 'ERR_IPC_CHANNEL_CLOSED' });

function checkMessage(message) {
  if (message === undefined) throw new codes.ERR_MISSING_ARGS('message');
  if (!['string', 'object', 'number', 'boolean'].includes(typeof message)) {
    throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
  }
}

/**
 * `target` (a ChildProcess, or `process` in a child) gets the methods of a channel, and tells 'message' and 'disconnect'. `hold(whether)`: the channel
 * keeps the loop alive.
 */
function sendMethods(target, control, serialization, hold = () => {}) {
  const isAdvanced = serialization === 'advanced';
  const waiting = []; // messages that nobody listens for yet
  let isHeld = false;
  const holdWhileHeard = () => {
    const wanted = target.connected && (target.listenerCount('message') > 0 || target.listenerCount('disconnect') > 0);
    if (wanted !== isHeld) hold(wanted);
    isHeld = wanted;
  };
  const close = () => {
    target.connected = false;
    target.channel = null;
    holdWhileHeard();
    process.nextTick(() => target.emit('disconnect'));
  };
  const define = (name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: true });

  target.connected = true;
  define('channel', { ref() { hold(true); }, unref() { hold(false); }, hasRef: () => isHeld });
  define('_channel', target.channel);
  define('send', function send(message, handle, options, callback) {
    checkMessage(message);
    const done = [handle, options, callback].find((each) => typeof each === 'function');
    if (handle !== undefined && handle !== null && typeof handle !== 'function') {
      throw new Error('not supported by Loopscope: sending handles to a child on simulated I/O');
    }
    if (!target.connected) {
      const error = closedError();
      if (done !== undefined) process.nextTick(done, error);
      else process.nextTick(() => target.emit('error', error));
      return false;
    }
    control.post({ type: 'message', value: isAdvanced ? message : JSON.stringify(message) });
    if (done !== undefined) process.nextTick(done, null);
    return true;
  });
  define('disconnect', function disconnect() {
    if (!target.connected) {
      target.emit('error', Object.assign(new Error('IPC channel is already disconnected'), { code: 'ERR_IPC_DISCONNECTED' }));
      return;
    }
    control.post({ type: 'disconnect' });
    close();
  });
  const hide = (name, value) => Object.defineProperty(target, name, { value, configurable: true });
  hide('onChannelMessage', (sent) => {
    const message = isAdvanced ? sent : JSON.parse(sent);
    const isInternal = typeof message === 'object' && message !== null && typeof message.cmd === 'string' && message.cmd.startsWith('NODE_');
    if (isInternal) target.emit('internalMessage', message);
    else if (target.listenerCount('message') === 0) waiting.push(message);
    else target.emit('message', message, undefined);
  });
  hide('onChannelClosed', () => {
    if (target.connected) close();
  });
  target.on('newListener', (name) => {
    if (name !== 'message' && name !== 'disconnect') return;
    process.nextTick(() => {
      holdWhileHeard();
      if (target.listenerCount('message') === 0) return;
      for (const message of waiting.splice(0)) target.emit('message', message, undefined);
    });
  });
  target.on('removeListener', (name) => {
    if (name === 'message' || name === 'disconnect') holdWhileHeard();
  });
}

module.exports = { sendMethods };
