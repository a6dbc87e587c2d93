// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// readline/promises.

const { AbortError, codes } = require('../core/errors');
const { validateAbortSignal, validateBoolean, validateInteger } = require('../core/validators');
const { belowSequence, lineSequence, moveSequence, positionSequence } = require('./internal/readline-controls');
const { InterfaceBase } = require('./internal/readline-interface');

class Interface extends InterfaceBase {
  constructor(input, output, completer, terminal) {
    super(input, output, completer, terminal);
  }

  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      const { signal } = options || {};
      let answer = resolve;
      if (signal) {
        validateAbortSignal(signal, 'options.signal');
        if (signal.aborted) {
          reject(new AbortError(undefined, { cause: signal.reason }));
          return;
        }
        const onAbort = () => {
          this._questionCancel();
          reject(new AbortError(undefined, { cause: signal.reason }));
        };
        signal.addEventListener('abort', onAbort, { once: true });
        answer = (line) => {
          signal.removeEventListener('abort', onAbort);
          resolve(line);
        };
      }
      this._question(query, answer);
      this._questionReject = reject;
    });
  }
}

const pending = Symbol('kTodo');
const target = Symbol('kStream');
const commits = Symbol('kAutoCommit');

/** Control sequences that are written together. */
class Readline {
  constructor(stream, options = undefined) {
    if (stream === null || typeof stream !== 'object' || typeof stream.write !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('stream', 'Writable', stream);
    if (options !== undefined && options !== null && options.autoCommit !== undefined) validateBoolean(options.autoCommit, 'options.autoCommit');
    Object.defineProperty(this, target, { value: stream });
    Object.defineProperty(this, pending, { value: [] });
    Object.defineProperty(this, commits, { value: Boolean(options && options.autoCommit) });
  }

  cursorTo(x, y = undefined) {
    validateInteger(x, 'x');
    if (y !== undefined && y !== null) validateInteger(y, 'y');
    return add(this, positionSequence(x, y === null ? undefined : y));
  }

  moveCursor(dx, dy) {
    if (dx || dy) {
      validateInteger(dx, 'dx');
      validateInteger(dy, 'dy');
      return add(this, moveSequence(dx, dy));
    }
    return this;
  }

  clearLine(dir) {
    validateInteger(dir, 'dir', -1, 1);
    return add(this, lineSequence(dir));
  }

  clearScreenDown() {
    return add(this, belowSequence);
  }

  commit() {
    return new Promise((resolve) => this[target].write(this[pending].splice(0).join(''), resolve));
  }

  rollback() {
    this[pending].length = 0;
    return this;
  }
}

function add(readline, sequence) {
  if (readline[commits]) process.nextTick(() => readline[target].write(sequence));
  else readline[pending].push(sequence);
  return readline;
}

module.exports = {
  Interface,
  Readline,
  createInterface: (input, output, completer, terminal) => new Interface(input, output, completer, terminal),
};
