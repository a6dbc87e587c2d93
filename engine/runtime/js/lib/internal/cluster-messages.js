// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What primary and workers of a cluster say to each other: internal messages { cmd: 'NODE_CLUSTER', act, seq, ack, ... } as in Node.

const command = 'NODE_CLUSTER';
const answers = new Map(); // seq of a message -> who waits for its answer
let lastSequence = 0;

/** False if there is no channel. `onAnswer(reply, handle)` gets the message that acknowledges this one. */
function send(target, message, handle, onAnswer) {
  if (!target.connected) return false;
  const seq = lastSequence++;
  if (onAnswer !== undefined) answers.set(seq, onAnswer);
  return target.send(Object.assign({ cmd: command }, message, { seq }), handle === null ? undefined : handle);
}

/** A listener for 'internalMessage'. */
function receiver(take) {
  return (message, handle) => {
    if (message.cmd !== command) return;
    const onAnswer = message.ack === undefined ? undefined : answers.get(message.ack);
    if (onAnswer === undefined) {
      take(message, handle);
      return;
    }
    answers.delete(message.ack);
    onAnswer(message, handle);
  };
}

module.exports = { receiver, send };
