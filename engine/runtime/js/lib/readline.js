// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// readline on streams that are no terminals: lines, questions, prompts. There is no line editing.

const EventEmitter = require('../core/events');
const { AbortError, codes } = require('../core/errors');
const { validateAbortSignal, validateFunction, validateString, validateUint32 } = require('../core/validators');
const { promisify } = require('./internal/promisify');
const { StringDecoder } = require('./string_decoder');

const decoder = Symbol('kDecoder');
const rest = Symbol('kLineRest');
const sawReturn = Symbol('kSawReturn');
const asked = Symbol('kQuestion');
const lines = Symbol('kLineObjectStream');

function optionsOf(input, output, completer, terminal) {
  if (input && input.input) return input;
  return { input, output, completer, terminal };
}

class Interface extends EventEmitter {
  constructor(input, output, completer, terminal) {
    super();
    const options = optionsOf(input, output, completer, terminal);
    const { signal, crlfDelay } = options;
    if (signal) validateAbortSignal(signal, 'options.signal');
    this.input = options.input;
    this.output = options.output;
    this.terminal = Boolean(options.terminal);
    this.line = '';
    this.history = [];
    this.closed = false;
    this.paused = false;
    this.crlfDelay = crlfDelay ? Math.max(100, crlfDelay) : 100;
    this.setPrompt(options.prompt === undefined ? '> ' : `${options.prompt}`);
    this.keep(decoder, new StringDecoder('utf8'));
    this.keep(rest, '');
    this.keep(sawReturn, false);
    this.keep(asked, undefined);
    this.keep(lines, undefined);
    this.listen(signal);
  }

  // Not an arrow function in the constructor: V4 has no `this` in those of a derived class.
  keep(name, value) {
    Object.defineProperty(this, name, { value, writable: true });
  }

  listen(signal) {
    const onData = (chunk) => this.take(chunk);
    const onEnd = () => {
      const line = this[rest] + this[decoder].end();
      this[rest] = '';
      if (line.length > 0) this.give(line);
      this.close();
    };
    this.input.on('data', onData);
    this.input.on('end', onEnd);
    this.input.on('error', (error) => this.emit('error', error));
    this.once('close', () => {
      this.input.removeListener('data', onData);
      this.input.removeListener('end', onEnd);
    });
    if (signal) {
      const onAbort = () => this.close();
      if (signal.aborted) process.nextTick(onAbort);
      else signal.addEventListener('abort', onAbort, { once: true });
    }
    this.input.resume();
  }

  get [Symbol.toStringTag]() {
    return 'Interface';
  }

  take(chunk) {
    if (this.paused && this[asked] === undefined) this.resume();
    let text = typeof chunk === 'string' ? chunk : this[decoder].write(chunk);
    if (text.length === 0) return;
    // A line feed right after a return belongs to it.
    if (this[sawReturn] && text[0] === '\n') text = text.slice(1);
    this[sawReturn] = text.endsWith('\r');
    const parts = (this[rest] + text).split(/\r\n|\n|\r|\u2028|\u2029/);
    this[rest] = parts.pop();
    for (const line of parts) this.give(line);
  }

  give(line) {
    if (this[asked] !== undefined) {
      const answer = this[asked];
      this[asked] = undefined;
      answer(line);
    } else {
      this.emit('line', line);
    }
  }

  setPrompt(prompt) {
    this._prompt = prompt;
  }

  getPrompt() {
    return this._prompt;
  }

  prompt() {
    this.checkOpen();
    if (this.paused) this.resume();
    if (this.output) this.output.write(this._prompt);
  }

  question(query, options, callback) {
    const answer = typeof options === 'function' ? options : callback;
    const signal = typeof options === 'object' && options !== null ? options.signal : undefined;
    if (typeof answer !== 'function') return;
    this.checkOpen();
    if (this[asked] !== undefined) {
      this.prompt();
      return;
    }
    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => { this[asked] = undefined; }, { once: true });
    }
    this[asked] = answer;
    if (this.paused) this.resume();
    if (this.output) this.output.write(query);
  }

  checkOpen() {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
  }

  write(data) {
    this.checkOpen();
    if (this.paused) this.resume();
    if (data !== undefined && data !== null) this.take(`${data}`);
  }

  pause() {
    if (this.paused) return this;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  }

  resume() {
    if (!this.paused) return this;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  }

  close() {
    if (this.closed) return;
    this.pause();
    this.closed = true;
    this.emit('close');
  }

  getCursorPos() {
    return { rows: 0, cols: this._prompt.length };
  }

  // All loops over the lines share what has come.
  [Symbol.asyncIterator]() {
    if (this[lines] === undefined) {
      this[lines] = EventEmitter.on(this, 'line', { close: ['close'], highWaterMark: 1024, [Symbol.for('nodejs.kFirstEventParam')]: true });
    }
    return this[lines];
  }
}

Interface.prototype.question[promisify.custom] = function question(query, options) {
  return new Promise((resolve, reject) => {
    const signal = options === undefined || options === null ? undefined : options.signal;
    const fail = () => reject(new AbortError(undefined, { cause: signal.reason }));
    if (signal && signal.aborted) {
      fail();
      return;
    }
    if (signal) signal.addEventListener('abort', fail, { once: true });
    this.question(query, options || {}, resolve);
  });
};

function createInterface(...args) {
  return new Interface(...args);
}

/** Writes a control sequence; the callback comes as it does for a write. */
function control(stream, sequence, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream === null || stream === undefined || sequence === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(sequence, callback);
}

const escapeCode = '\u001b[';

function cursorTo(stream, x, y, callback) {
  const done = typeof y === 'function' ? y : callback;
  if (typeof x !== 'number') throw new codes.ERR_INVALID_ARG_VALUE('x', x);
  validateUint32(x, 'x');
  return control(stream, typeof y === 'number' ? `${escapeCode}${y + 1};${x + 1}H` : `${escapeCode}${x + 1}G`, done);
}

function moveCursor(stream, dx, dy, callback) {
  const part = (count, forwards, backwards) =>
    (count === 0 ? '' : `${escapeCode}${Math.abs(count)}${count > 0 ? forwards : backwards}`);
  return control(stream, part(dx, 'C', 'D') + part(dy, 'B', 'A'), callback);
}

function clearLine(stream, direction, callback) {
  return control(stream, direction < 0 ? `${escapeCode}1K` : direction > 0 ? `${escapeCode}0K` : `${escapeCode}2K`, callback);
}

class PromisesInterface extends Interface {
  question(query, options) {
    validateString(query, 'query');
    return Interface.prototype.question[promisify.custom].call({
      question: (text, settings, callback) => super.question(text, settings, callback),
    }, query, options);
  }
}

const promises = {
  Interface: PromisesInterface,
  createInterface: (...args) => new PromisesInterface(...args),
};

module.exports = {
  Interface,
  clearLine,
  clearScreenDown: (stream, callback) => control(stream, `${escapeCode}0J`, callback),
  createInterface,
  cursorTo,
  emitKeypressEvents() {
    throw new Error('not supported by Loopscope: readline.emitKeypressEvents');
  },
  moveCursor,
  promises,
};
