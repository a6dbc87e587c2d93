// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What keys do to the line of an interface on a terminal: the methods that readline.Interface inherits for it, under the names by which programs know them.

const { AbortError } = require('../../core/errors');
const { clearScreenDown, cursorTo, moveCursor } = require('./readline-controls');
const { widthAt } = require('./readline-keys');

const undoLimit = 2048;
const killRingLimit = 32;
const lineEnding = /\r?\n|\r(?!\n)/g;

const widthLeft = (text, index) => (index > 1 && text.codePointAt(index - 2) >= 0x10000 ? 2 : index > 0 ? 1 : 0);
const widthRight = (text, index) => (text.length <= index ? 1 : widthAt(text, index));

function commonPrefix(texts) {
  if (texts.length === 0) return '';
  const sorted = texts.slice().sort();
  const [least] = sorted;
  const most = sorted[sorted.length - 1];
  let length = 0;
  while (length < least.length && least[length] === most[length]) ++length;
  return least.slice(0, length);
}

/** How far the word to the left of the cursor reaches. */
function wordLeft({ line, cursor }) {
  const before = Array.from(line.slice(0, cursor)).reverse().join('');
  return /^\s*(?:[^\w\s]+|\w+)?/.exec(before)[0].length;
}

const editing = {
  _beforeEdit(text, cursor) {
    if (this._undoStack.push({ text, cursor }) > undoLimit) this._undoStack.shift();
  },

  /** Replaces the line; the cursor is in the new one. */
  _edit(line, cursor) {
    this._beforeEdit(this.line, this.cursor);
    this.line = line;
    this.cursor = cursor;
  },

  _insertString(text) {
    const atEnd = this.cursor >= this.line.length;
    const before = this.getCursorPos();
    this._edit(this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor), this.cursor + text.length);
    if (this.isCompletionEnabled && (!atEnd || before.rows < this.getCursorPos().rows)) this._refreshLine();
    else this._writeToOutput(text);
  },

  _deleteLeft() {
    if (this.cursor === 0 || this.line.length === 0) return;
    const start = this.cursor - widthLeft(this.line, this.cursor);
    this._edit(this.line.slice(0, start) + this.line.slice(this.cursor), start);
    this._refreshLine();
  },

  _deleteRight() {
    if (this.cursor >= this.line.length) return;
    this._edit(this.line.slice(0, this.cursor) + this.line.slice(this.cursor + widthRight(this.line, this.cursor)), this.cursor);
    this._refreshLine();
  },

  _deleteWordLeft() {
    if (this.cursor === 0) return;
    const start = this.cursor - wordLeft(this);
    this._edit(this.line.slice(0, start) + this.line.slice(this.cursor), start);
    this._refreshLine();
  },

  _deleteWordRight() {
    if (this.cursor >= this.line.length) return;
    const after = this.line.slice(this.cursor);
    const [word] = /^(?:\s+|\W+|\w+)\s*/.exec(after);
    this._edit(this.line.slice(0, this.cursor) + after.slice(word.length), this.cursor);
    this._refreshLine();
  },

  _deleteLineLeft() {
    const killed = this.line.slice(0, this.cursor);
    this._edit(this.line.slice(this.cursor), 0);
    this._kill(killed);
  },

  _deleteLineRight() {
    const killed = this.line.slice(this.cursor);
    this._edit(this.line.slice(0, this.cursor), this.cursor);
    this._kill(killed);
  },

  /** Keeps what was cut off, to be yanked back. */
  _kill(text) {
    const ring = this._killRing;
    if (text && text !== ring[0]) {
      ring.unshift(text);
      this._killRingCursor = 0;
      if (ring.length > killRingLimit) ring.pop();
    }
    this._refreshLine();
  },

  _yank() {
    if (this._killRing.length === 0) return;
    this._yanking = true;
    this._insertString(this._killRing[this._killRingCursor]);
  },

  _yankPop() {
    const ring = this._killRing;
    if (!this._yanking || ring.length < 2) return;
    const head = this.line.slice(0, this.cursor - ring[this._killRingCursor].length);
    this._killRingCursor = (this._killRingCursor + 1) % ring.length;
    this.line = head + ring[this._killRingCursor] + this.line.slice(this.cursor);
    this.cursor = head.length + ring[this._killRingCursor].length;
    this._refreshLine();
  },

  _undo() {
    this._takeBack(this._undoStack, this._redoStack);
  },

  _redo() {
    this._takeBack(this._redoStack, this._undoStack);
  },

  _takeBack(from, to) {
    if (from.length === 0) return;
    to.push({ text: this.line, cursor: this.cursor });
    const { text, cursor } = from.pop();
    this.line = text;
    this.cursor = cursor;
    this._refreshLine();
  },

  _wordLeft() {
    if (this.cursor > 0) this._moveCursor(-wordLeft(this));
  },

  _wordRight() {
    if (this.cursor < this.line.length) this._moveCursor(/^(?:\s+|[^\w\s]+|\w+)\s*/.exec(this.line.slice(this.cursor))[0].length);
  },

  /** Steps through the entries of the history that begin as the line did when the search began. */
  _historyStep(step, end) {
    this._beforeEdit(this.line, this.cursor);
    const search = this._substringSearch || '';
    let index = this.historyIndex + step;
    while (index !== end && (!this.history[index].startsWith(search) || this.line === this.history[index])) index += step;
    this.line = index === end ? search : this.history[index];
    this.historyIndex = index;
    this.cursor = this.line.length;
    this._refreshLine();
  },

  _historyNext() {
    if (this.historyIndex >= 0) this._historyStep(-1, -1);
  },

  _historyPrev() {
    if (this.historyIndex < this.history.length && this.history.length > 0) this._historyStep(+1, this.history.length);
  },

  _showCompletions(completions, widths) {
    const width = Math.max(...widths) + 2;
    const columns = Math.floor(this.columns / width) || 1;
    const perRow = columns === Infinity ? 1 : columns;
    let output = '\r\n';
    let inRow = 0;
    let gap = 0;
    completions.forEach((completion, i) => {
      if (completion === '' || inRow === perRow) {
        output += '\r\n';
        inRow = 0;
        gap = 0;
      } else {
        output += ' '.repeat(gap);
      }
      if (completion === '') {
        output += '\r\n';
      } else {
        output += completion;
        gap = width - widths[i];
        ++inRow;
      }
    });
    if (inRow !== 0) output += '\r\n\r\n';
    this._writeToOutput(output);
    this._refreshLine();
  },

  /** What a completer answered: [completions, the text that they complete]. */
  _tabCompleter(lastKeypressWasTab, [completions, completed]) {
    if (!completions || completions.length === 0) return;
    const prefix = commonPrefix(completions.filter((completion) => completion !== ''));
    if (prefix.startsWith(completed) && prefix.length > completed.length) {
      this._insertString(prefix.slice(completed.length));
      return;
    }
    if (!completed.startsWith(prefix)) {
      const start = this.cursor - completed.length;
      this.line = this.line.slice(0, start) + prefix + this.line.slice(this.cursor);
      this.cursor = start + prefix.length;
      this._refreshLine();
      return;
    }
    if (!lastKeypressWasTab) return;
    this._beforeEdit(this.line, this.cursor);
    const { getStringWidth } = require('./inspect-text');
    this._showCompletions(completions, completions.map((completion) => getStringWidth(completion)));
  },

  _line() {
    const line = this._addHistory();
    this._undoStack = [];
    this._redoStack = [];
    this.clearLine();
    this._onLine(line);
  },

  /** Text, which may be a paste of several lines. */
  _typeText(text) {
    let start = 0;
    for (const match of [...text.matchAll(lineEnding)]) {
      this._insertString(text.slice(start, match.index));
      start = match.index + match[0].length;
      this._line();
    }
    this._insertString(text.slice(start));
  },

  _interrupt(name) {
    this.close();
    if (this._questionReject) this._questionReject(new AbortError(`Aborted with Ctrl+${name}`));
  },

  _suspend() {
    if (this.listenerCount('SIGTSTP') > 0) {
      this.emit('SIGTSTP');
      return;
    }
    process.once('SIGCONT', () => {
      if (!this.paused) {
        this.pause();
        this.emit('SIGCONT');
      }
      this._setRawMode(true);
      this._refreshLine();
    });
    this._setRawMode(false);
    process.kill(process.pid, 'SIGTSTP');
  },
};

// What a key does by its name, without and with its modifiers.
const withControlAndShift = { backspace: (rl) => rl._deleteLineLeft(), delete: (rl) => rl._deleteLineRight() };

const withControl = {
  c: (rl) => (rl.listenerCount('SIGINT') > 0 ? rl.emit('SIGINT') : rl._interrupt('C')),
  h: (rl) => rl._deleteLeft(),
  d: (rl) => (rl.cursor === 0 && rl.line.length === 0 ? rl._interrupt('D') : rl._deleteRight()),
  u: (rl) => rl._deleteLineLeft(),
  k: (rl) => rl._deleteLineRight(),
  a: (rl) => rl._moveCursor(-Infinity),
  e: (rl) => rl._moveCursor(+Infinity),
  b: (rl) => rl._moveCursor(-widthLeft(rl.line, rl.cursor)),
  f: (rl) => rl._moveCursor(widthRight(rl.line, rl.cursor)),
  l(rl) {
    cursorTo(rl.output, 0, 0);
    clearScreenDown(rl.output);
    rl._refreshLine();
  },
  n: (rl) => rl._historyNext(),
  p: (rl) => rl._historyPrev(),
  y: (rl) => rl._yank(),
  z: (rl) => rl._suspend(),
  w: (rl) => rl._deleteWordLeft(),
  backspace: (rl) => rl._deleteWordLeft(),
  delete: (rl) => rl._deleteWordRight(),
  left: (rl) => rl._wordLeft(),
  right: (rl) => rl._wordRight(),
};

const withMeta = {
  b: (rl) => rl._wordLeft(),
  f: (rl) => rl._wordRight(),
  d: (rl) => rl._deleteWordRight(),
  delete: (rl) => rl._deleteWordRight(),
  backspace: (rl) => rl._deleteWordLeft(),
  y: (rl) => rl._yankPop(),
};

const plain = {
  return(rl) {
    rl._sawReturnAt = Date.now();
    rl._line();
  },
  enter(rl) {
    if (rl._sawReturnAt === 0 || Date.now() - rl._sawReturnAt > rl.crlfDelay) rl._line();
    rl._sawReturnAt = 0;
  },
  backspace: (rl) => rl._deleteLeft(),
  delete: (rl) => rl._deleteRight(),
  left: (rl) => rl._moveCursor(-widthLeft(rl.line, rl.cursor)),
  right: (rl) => rl._moveCursor(widthRight(rl.line, rl.cursor)),
  home: (rl) => rl._moveCursor(-Infinity),
  end: (rl) => rl._moveCursor(+Infinity),
  up: (rl) => rl._historyPrev(),
  down: (rl) => rl._historyNext(),
};

function updateSearch(rl, key) {
  const isPlainStep = (key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta && !key.shift;
  if (isPlainStep) {
    if (rl._substringSearch === null) rl._substringSearch = rl.line.slice(0, rl.cursor);
  } else if (rl._substringSearch !== null) {
    rl._substringSearch = null;
    if (rl.history.length === rl.historyIndex) rl.historyIndex = -1;
  }
}

/** A key, or text that a program writes. */
function ttyWrite(text, key = {}) {
  const pressed = key || {};
  const previous = this._previousKey;
  this._previousKey = pressed;
  if (!pressed.meta || pressed.name !== 'y') this._yanking = false;
  updateSearch(this, pressed);
  if (typeof pressed.sequence === 'string' && (pressed.sequence[0] === '\u001f' || pressed.sequence[0] === '\u001e')) {
    if (pressed.sequence[0] === '\u001f') this._undo();
    else this._redo();
    return;
  }
  if (pressed.name === 'escape') return;
  const actions = pressed.ctrl && pressed.shift ? withControlAndShift : pressed.ctrl ? withControl : pressed.meta ? withMeta : plain;
  if (actions === plain && this._sawReturnAt && pressed.name !== 'enter') this._sawReturnAt = 0;
  if (Object.prototype.hasOwnProperty.call(actions, pressed.name)) actions[pressed.name](this);
  else if (actions !== plain) return;
  else if (pressed.name === 'tab' && typeof this.completer === 'function' && this.isCompletionEnabled) this._tabComplete(previous && previous.name === 'tab');
  else if (typeof text === 'string' && text) this._typeText(text);
}

module.exports = { editing: Object.assign(editing, { _ttyWrite: ttyWrite }), moveCursor };
