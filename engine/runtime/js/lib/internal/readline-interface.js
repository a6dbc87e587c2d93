// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The part that readline.Interface and readlinePromises.Interface share: lines from a stream, prompts, questions, history, and what is on the screen.

const EventEmitter = require('../../core/events');
const { codes } = require('../../core/errors');
const { validateAbortSignal, validateArray, validateNumber, validateString, validateUint32 } = require('../../core/validators');
const { StringDecoder } = require('../string_decoder');
const { clearScreenDown, cursorTo, moveCursor } = require('./readline-controls');
const { editing } = require('./readline-editor');
const { emitKeypressEvents } = require('./readline-keys');

const escapeTimeout = 500; // ms
const usualHistorySize = 30;
const leastReturnDelay = 100; // ms
const lineEnding = /\r?\n|\r(?!\n)/g;
const linesOf = Symbol('kLineObjectStream');

const isMissing = (value) => value === null || value === undefined;

/** Options from an object or from Node's four arguments, checked. */
function readOptions(input, output, completer, terminal) {
  const options = input && input.input ? input : { input, output, completer, terminal };
  if (options.tabSize !== undefined) validateUint32(options.tabSize, 'tabSize', true);
  if (options.escapeCodeTimeout !== undefined && !Number.isFinite(options.escapeCodeTimeout)) {
    throw new codes.ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', escapeTimeout);
  }
  if (options.signal) validateAbortSignal(options.signal, 'options.signal');
  if (options.completer !== undefined && typeof options.completer !== 'function') throw new codes.ERR_INVALID_ARG_VALUE('completer', options.completer);
  if (options.history !== undefined) validateArray(options.history, 'history');
  if (options.historySize !== undefined) validateNumber(options.historySize, 'historySize', 0);
  return options;
}

function InterfaceBase(input, output, completer, terminal) {
  const options = readOptions(input, output, completer, terminal);
  const hide = (values) => {
    for (const name of Object.keys(values)) Object.defineProperty(this, name, { value: values[name], writable: true, configurable: true });
  };
  hide({ _sawReturnAt: 0, _previousKey: null, _killRing: [], _killRingCursor: 0, _undoStack: [], _redoStack: [], _substringSearch: null, _yanking: false,
         _lineBuffer: '', _questionCallback: null, _questionReject: undefined, _oldPrompt: undefined, [linesOf]: undefined });
  this.isCompletionEnabled = true;
  this.escapeCodeTimeout = options.escapeCodeTimeout === undefined ? escapeTimeout : options.escapeCodeTimeout;
  this.tabSize = options.tabSize === undefined ? 8 : options.tabSize;
  EventEmitter.call(this);
  this.line = '';
  this.output = options.output;
  this.input = options.input;
  this.history = options.history === undefined ? [] : options.history;
  this.historySize = options.historySize === undefined ? usualHistorySize : options.historySize;
  this.removeHistoryDuplicates = Boolean(options.removeHistoryDuplicates);
  this.crlfDelay = options.crlfDelay ? Math.max(leastReturnDelay, options.crlfDelay) : leastReturnDelay;
  this.completer = options.completer;
  this.setPrompt(options.prompt === undefined ? '> ' : options.prompt);
  this.terminal = options.terminal === undefined && !isMissing(options.output) ? Boolean(options.output.isTTY) : Boolean(options.terminal);
  if (this.terminal) listenToKeys(this);
  else listenToData(this);
  if (options.signal) closeOnAbort(this, options.signal);
  this.line = '';
  this.input.resume();
}
Object.setPrototypeOf(InterfaceBase.prototype, EventEmitter.prototype);
Object.setPrototypeOf(InterfaceBase, EventEmitter);

function listen(rl, emitter, listeners) {
  for (const name of Object.keys(listeners)) emitter.on(name, listeners[name]);
  rl.once('close', () => {
    for (const name of Object.keys(listeners)) emitter.removeListener(name, listeners[name]);
  });
}

function listenToData(rl) {
  Object.defineProperty(rl, '_decoder', { value: new StringDecoder('utf8'), writable: true });
  listen(rl, rl.input, {
    error: (error) => rl.emit('error', error),
    data: (data) => rl._normalWrite(data),
    end() {
      if (rl._lineBuffer.length > 0) rl.emit('line', rl._lineBuffer);
      rl.close();
    },
  });
}

function listenToKeys(rl) {
  emitKeypressEvents(rl.input, rl);
  listen(rl, rl.input, {
    error: (error) => rl.emit('error', error),
    keypress(text, key) {
      rl._ttyWrite(text, key);
      const first = key && key.sequence ? key.sequence.codePointAt(0) : 0;
      if (first >= 0xd800 && first <= 0xdfff) rl._refreshLine(); // half of a character
    },
    end() {
      if (typeof rl.line === 'string' && rl.line.length > 0) rl.emit('line', rl.line);
      rl.close();
    },
  });
  rl._setRawMode(true);
  rl.cursor = 0;
  rl.historyIndex = -1;
  if (!isMissing(rl.output)) listen(rl, rl.output, { resize: () => rl._refreshLine() });
}

function closeOnAbort(rl, signal) {
  const onAbort = () => rl.close();
  if (signal.aborted) {
    process.nextTick(onAbort);
    return;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  rl.once('close', () => signal.removeEventListener('abort', onAbort));
}

const methods = {
  setPrompt(prompt) {
    this._prompt = prompt;
  },

  getPrompt() {
    return this._prompt;
  },

  _setRawMode(mode) {
    const wasInRawMode = this.input.isRaw;
    if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
    return wasInRawMode;
  },

  prompt(preserveCursor) {
    if (this.paused) this.resume();
    if (this.terminal && process.env.TERM !== 'dumb') {
      if (!preserveCursor) this.cursor = 0;
      this._refreshLine();
    } else {
      this._writeToOutput(this._prompt);
    }
  },

  _question(query, callback) {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this._questionCallback) {
      this.prompt();
      return;
    }
    this._oldPrompt = this._prompt;
    this.setPrompt(query);
    this._questionCallback = callback;
    this.prompt();
  },

  _questionCancel() {
    if (!this._questionCallback) return;
    this._questionCallback = null;
    this.setPrompt(this._oldPrompt);
    this.clearLine();
  },

  _onLine(line) {
    const answer = this._questionCallback;
    if (!answer) {
      this.emit('line', line);
      return;
    }
    this._questionCallback = null;
    this.setPrompt(this._oldPrompt);
    answer(line);
  },

  _writeToOutput(text) {
    validateString(text, 'stringToWrite');
    if (!isMissing(this.output)) this.output.write(text);
  },

  _addHistory() {
    const { history } = this;
    if (this.line.length === 0) return '';
    if (this.historySize === 0 || this.line.trim().length === 0) return this.line;
    if (history.length === 0 || history[0] !== this.line) {
      const known = this.removeHistoryDuplicates ? history.indexOf(this.line) : -1;
      if (known !== -1) history.splice(known, 1);
      history.unshift(this.line);
      if (history.length > this.historySize) history.pop();
    }
    this.historyIndex = -1;
    // A listener may take the line out again, such as a password.
    const [line] = history;
    this.emit('history', history);
    return line;
  },

  _refreshLine() {
    const text = this._prompt + this.line;
    const end = this._getDisplayPos(text);
    const cursor = this.getCursorPos();
    if (this.prevRows > 0) moveCursor(this.output, 0, -this.prevRows);
    cursorTo(this.output, 0);
    clearScreenDown(this.output);
    this._writeToOutput(text);
    if (end.cols === 0) this._writeToOutput(' '); // so that the terminal makes a new row
    cursorTo(this.output, cursor.cols);
    if (end.rows > cursor.rows) moveCursor(this.output, 0, cursor.rows - end.rows);
    this.prevRows = cursor.rows;
  },

  close() {
    if (this.closed) return;
    this.pause();
    if (this.terminal) this._setRawMode(false);
    this.closed = true;
    this.emit('close');
  },

  pause() {
    if (this.paused) return undefined;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },

  resume() {
    if (!this.paused) return undefined;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  },

  write(data, key) {
    if (this.paused) this.resume();
    if (this.terminal) this._ttyWrite(data, key);
    else this._normalWrite(data);
  },

  _normalWrite(data) {
    if (data === undefined) return;
    let text = this._decoder.write(data);
    if (this._sawReturnAt && Date.now() - this._sawReturnAt <= this.crlfDelay) {
      if (text[0] === '\n') text = text.slice(1);
      this._sawReturnAt = 0;
    }
    if (text.search(lineEnding) === -1) {
      this._lineBuffer += text;
      return;
    }
    text = this._lineBuffer + text;
    this._sawReturnAt = text.endsWith('\r') ? Date.now() : 0;
    const lines = text.split(lineEnding);
    this._lineBuffer = lines.pop();
    for (const line of lines) this._onLine(line);
  },

  async _tabComplete(lastKeypressWasTab) {
    this.pause();
    let answer;
    try {
      answer = await this.completer(this.line.slice(0, this.cursor));
    } catch (error) {
      this._writeToOutput(`Tab completion error: ${require('./inspect').inspect(error)}`);
      return;
    } finally {
      this.resume();
    }
    this._tabCompleter(lastKeypressWasTab, answer);
  },

  clearLine() {
    this._moveCursor(+Infinity);
    this._writeToOutput('\r\n');
    this.line = '';
    this.cursor = 0;
    this.prevRows = 0;
  },

  /** Where the end of the text stands, in rows and columns. */
  _getDisplayPos(text) {
    const { getStringWidth, stripVTControlCharacters } = require('./inspect-text');
    const { columns } = this;
    let offset = 0;
    let rows = 0;
    for (const character of stripVTControlCharacters(text)) {
      if (character === '\n') {
        rows += Math.ceil(offset / columns) || 1;
        offset = 0;
      } else if (character === '\t') {
        offset += this.tabSize - (offset % this.tabSize);
      } else {
        const width = getStringWidth(character, false);
        if (width === 2 && (offset + 1) % columns === 0) ++offset; // it does not fit into the last column
        offset += width;
      }
    }
    const cols = offset % columns;
    return { cols, rows: rows + (offset - cols) / columns };
  },

  getCursorPos() {
    return this._getDisplayPos(this._prompt + this.line.slice(0, this.cursor));
  },

  _moveCursor(dx) {
    if (dx === 0) return;
    const before = this.getCursorPos();
    this.cursor = Math.min(Math.max(this.cursor + dx, 0), this.line.length);
    const after = this.getCursorPos();
    if (before.rows === after.rows) moveCursor(this.output, after.cols - before.cols, 0);
    else this._refreshLine();
  },

  /** All loops over the lines share what has come. */
  [Symbol.asyncIterator]() {
    if (this[linesOf] === undefined) {
      const options = { close: ['close'], highWaterMark: 1024, [Symbol.for('nodejs.kFirstEventParam')]: true };
      Object.defineProperty(this, linesOf, { value: EventEmitter.on(this, 'line', options) });
    }
    return this[linesOf];
  },
};

for (const part of [methods, editing]) {
  for (const name of Reflect.ownKeys(part)) {
    Object.defineProperty(InterfaceBase.prototype, name, { value: part[name], writable: true, configurable: true, enumerable: false });
  }
}
Object.defineProperty(InterfaceBase.prototype, 'columns', {
  get() { return this.output && this.output.columns ? this.output.columns : Infinity; }, configurable: true,
});

module.exports = { InterfaceBase };
