// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// readline: lines, questions, keys and editing over streams.

const { AbortError } = require('../core/errors');
const { validateAbortSignal } = require('../core/validators');
const { promisify } = require('./internal/promisify');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('./internal/readline-controls');
const { InterfaceBase } = require('./internal/readline-interface');
const { emitKeypressEvents } = require('./internal/readline-keys');

/** A completer with one parameter gives its answer back; with two it calls back. */
function withCallback(completer) {
  return typeof completer !== 'function' || completer.length === 2 ? completer : (text, callback) => callback(null, completer(text));
}

function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  if (input && input.input) {
    const wrapped = withCallback(input.completer);
    if (wrapped !== input.completer) input.completer = wrapped;
  }
  InterfaceBase.call(this, input, output, withCallback(completer), terminal);
  if (process.env.TERM === 'dumb') this._ttyWrite = ttyWriteDumb.bind(this);
}
Object.setPrototypeOf(Interface.prototype, InterfaceBase.prototype);
Object.setPrototypeOf(Interface, InterfaceBase);

/** A terminal that cannot move its cursor. */
function ttyWriteDumb(text, key = {}) {
  const pressed = key || {};
  if (pressed.name === 'escape') return;
  if (this._sawReturnAt && pressed.name !== 'enter') this._sawReturnAt = 0;
  if (pressed.ctrl && pressed.name === 'c') {
    if (this.listenerCount('SIGINT') > 0) this.emit('SIGINT');
    else this.close();
  } else if (pressed.ctrl && pressed.name === 'd') {
    this.close();
  }
  if (pressed.name === 'return') {
    this._sawReturnAt = Date.now();
    this._line();
  } else if (pressed.name === 'enter') {
    if (this._sawReturnAt === 0 || Date.now() - this._sawReturnAt > this.crlfDelay) this._line();
    this._sawReturnAt = 0;
  } else if (typeof text === 'string' && text) {
    this.line += text;
    this.cursor += text.length;
    this._writeToOutput(text);
  }
}

Object.assign(Interface.prototype, {
  question(query, options, callback) {
    let answer = typeof options === 'function' ? options : callback;
    const { signal } = typeof options === 'object' && options !== null ? options : {};
    if (signal) {
      validateAbortSignal(signal, 'options.signal');
      if (signal.aborted) return;
      const onAbort = () => this._questionCancel();
      signal.addEventListener('abort', onAbort, { once: true });
      const told = answer;
      answer = (line) => {
        signal.removeEventListener('abort', onAbort);
        return typeof told === 'function' ? told(line) : undefined;
      };
    }
    if (typeof answer === 'function') this._question(query, answer);
  },

  _tabComplete(lastKeypressWasTab) {
    this.pause();
    this.completer(this.line.slice(0, this.cursor), (error, answer) => {
      this.resume();
      if (error) this._writeToOutput(`tab completion error ${require('./internal/inspect').inspect(error)}`);
      else this._tabCompleter(lastKeypressWasTab, answer);
    });
  },
});
for (const name of ['question', '_tabComplete']) Object.defineProperty(Interface.prototype, name, { enumerable: name === 'question' });

Interface.prototype.question[promisify.custom] = function question(query, options) {
  const { signal } = typeof options === 'object' && options !== null ? options : {};
  if (signal && signal.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    let answer = resolve;
    if (signal) {
      const onAbort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      signal.addEventListener('abort', onAbort, { once: true });
      answer = (line) => {
        signal.removeEventListener('abort', onAbort);
        resolve(line);
      };
    }
    this.question(query, typeof options === 'object' && options !== null ? options : {}, answer);
  });
};

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = { Interface, clearLine, clearScreenDown, createInterface, cursorTo, emitKeypressEvents, moveCursor };
Object.defineProperty(module.exports, 'promises', { get: () => require('./readline-promises'), configurable: true, enumerable: true });
