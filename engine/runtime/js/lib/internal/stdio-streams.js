// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// process.stdout, process.stderr and process.stdin. Output is written at once, as Node does for files and terminals.

const binding = require('../../core/binding');
const { Buffer } = require('../buffer');
const { Readable, Writable } = require('../stream');

class WriteStream extends Writable {
  constructor(fd) {
    super({ decodeStrings: false, emitClose: false, autoDestroy: true });
    this.fd = fd;
    this._type = binding.isatty(fd) ? 'tty' : 'pipe';
    this._isStdio = true;
    if (this._type === 'tty') {
      this.isTTY = true;
      this.columns = Number(process.env.COLUMNS) || 80;
      this.rows = Number(process.env.LINES) || 24;
    }
  }

  _write(chunk, encoding, callback) {
    const isText = typeof chunk === 'string' && (encoding === 'utf8' || encoding === 'utf-8');
    const data = isText || typeof chunk !== 'string' ? chunk : Buffer.from(chunk, encoding);
    const failure = this.fd === 1 ? binding.writeStdout(data) : binding.writeStderr(data);
    callback(failure < 0 ? require('./net-errors').errnoException(failure, 'write') : undefined);
  }

  // The standard streams stay open to the end, whatever happens to them.
  _destroy(error, callback) {
    callback(error);
    this._undestroy();
    process.nextTick(() => this.emit('close'));
  }

  destroySoon() {
    this.destroy();
  }

  getColorDepth() {
    return this.isTTY ? 4 : 1;
  }

  hasColors(count = 16) {
    return this.isTTY === true && count <= 2 ** this.getColorDepth();
  }

  getWindowSize() {
    return [this.columns, this.rows];
  }

  cursorTo(x, y, callback) {
    return this.control(typeof y === 'number' ? `\u001b[${y + 1};${x + 1}H` : `\u001b[${x + 1}G`,
                        typeof y === 'function' ? y : callback);
  }

  moveCursor(dx, dy, callback) {
    const move = (count, forwards, backwards) =>
      (count === 0 ? '' : `\u001b[${Math.abs(count)}${count > 0 ? forwards : backwards}`);
    return this.control(move(dx, 'C', 'D') + move(dy, 'B', 'A'), callback);
  }

  clearLine(direction, callback) {
    return this.control(direction < 0 ? '\u001b[1K' : direction > 0 ? '\u001b[0K' : '\u001b[2K', callback);
  }

  clearScreenDown(callback) {
    return this.control('\u001b[0J', callback);
  }

  control(sequence, callback) {
    return this.write(sequence, callback);
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }
}

class ReadStream extends Readable {
  constructor() {
    super({ highWaterMark: 65536 });
    this.fd = 0;
    if (binding.isatty(0)) this.isTTY = true;
  }

  _read(size) {
    binding.fs.submit('read', [0, size, -1], (error, bytes) => {
      if (error) {
        if (error.code === 'EOF') this.push(null);
        else this.destroy(error);
        return;
      }
      this.push(bytes.byteLength === 0 ? null : Buffer.from(bytes)); // an ArrayBuffer of its own
    });
  }

  setRawMode() {
    return this;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }
}

/** process.stdin over a handle of the system's: reads only while somebody wants it, as Node's does. */
function systemStdin(kind) {
  const { Socket } = require('../net');
  const options = { readable: true, writable: false, manualStart: true };
  if (kind === 'TTY') {
    const { TTY } = require('./handles');
    options.handle = new TTY(0);
    if (options.handle.failure) return new ReadStream();
  } else {
    options.fd = 0;
  }
  const stdin = new Socket(options);
  stdin._type = kind === 'TTY' ? 'tty' : 'pipe';
  stdin.fd = 0;
  const stopReading = () => {
    if (!stdin._handle || !stdin._handle.reading) return;
    stdin._handle.reading = false;
    stdin._handle.readStop();
  };
  stdin._handle.reading = false;
  stdin._readableState.reading = false;
  stdin.on('pause', () => process.nextTick(() => { if (stdin.isPaused()) stopReading(); }));
  if (kind === 'TTY') {
    stdin.isTTY = true;
    stdin.isRaw = false;
    stdin.setRawMode = function setRawMode(isRaw) {
      if (this._handle.setRawMode(!!isRaw) === 0) this.isRaw = !!isRaw;
      return this;
    };
  }
  return stdin;
}

function createStdin() {
  if (!binding.isIoReal) return new ReadStream();
  const kind = require('./handle-type').guessHandleType(0);
  return kind === 'TTY' || kind === 'PIPE' || kind === 'TCP' ? systemStdin(kind) : new ReadStream();
}

function create(name) {
  if (binding.loops.isWorker) return require('./worker-thread').stream(name);
  if (name === 'stdin') return createStdin();
  return new WriteStream(name === 'stdout' ? 1 : 2);
}

module.exports = { ReadStream, WriteStream, create };
