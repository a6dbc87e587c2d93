// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// process.stdout, process.stderr and process.stdin. Output is written at once, as Node does for files and terminals.

const binding = require('../../core/binding');
const { Buffer } = require('../buffer');
const { Readable, Writable } = require('../stream');

/** Columns and rows of a terminal; in simulated runs those that the environment tells, so that they are the same on every machine. */
function windowSize(fd) {
  const size = binding.isIoReal ? binding.processes.windowSize(fd) : undefined;
  return size === undefined ? [Number(process.env.COLUMNS) || 80, Number(process.env.LINES) || 24] : size;
}

/** The system tells of a new size by a signal, which is caught once somebody wants to know. */
function followWindow(stream) {
  stream.on('newListener', function first(name) {
    if (name !== 'resize') return;
    stream.removeListener('newListener', first);
    process.on('SIGWINCH', () => stream._refreshSize());
  });
}

class WriteStream extends Writable {
  constructor(fd) {
    super({ decodeStrings: false, emitClose: false, autoDestroy: true });
    this.fd = fd;
    this._type = binding.isatty(fd) ? 'tty' : 'pipe';
    this._isStdio = true;
    if (this._type === 'tty') {
      this.isTTY = true;
      [this.columns, this.rows] = windowSize(fd);
      if (binding.isIoReal) followWindow(this);
    }
  }

  _refreshSize() {
    const [columns, rows] = windowSize(this.fd);
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
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

  getColorDepth(env) {
    return this.isTTY || env !== undefined ? require('./tty-colors').getColorDepth(env) : 1;
  }

  hasColors(...args) {
    return this.isTTY === true && require('./tty-colors').hasColors(...args);
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

let TerminalReadStream;

/** A terminal that is read through a handle of the system's; undefined if it is none. */
function terminalStream(fd) {
  const { Socket } = require('../net');
  const { TTY } = require('./handles');
  const { errnoException } = require('./net-errors');
  if (TerminalReadStream === undefined) {
    TerminalReadStream = class ReadStream extends Socket {
      constructor(handle) {
        super({ readableHighWaterMark: 0, readable: true, writable: false, handle, manualStart: true });
        this.isRaw = false;
        this.isTTY = true;
      }

      setRawMode(flag) {
        const isRaw = Boolean(flag);
        const failure = this._handle ? this._handle.setRawMode(isRaw) : 0;
        if (failure) this.emit('error', errnoException(failure, 'setRawMode'));
        else this.isRaw = isRaw;
        return this;
      }
    };
  }
  const handle = new TTY(fd);
  return handle.failure ? undefined : new TerminalReadStream(handle);
}

/** process.stdin over a handle of the system's: reads only while somebody wants it, as Node's does. */
function systemStdin(kind) {
  const { Socket } = require('../net');
  const stdin = kind === 'TTY' ? terminalStream(0) : new Socket({ readable: true, writable: false, manualStart: true, fd: 0 });
  if (stdin === undefined) return new ReadStream();
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
