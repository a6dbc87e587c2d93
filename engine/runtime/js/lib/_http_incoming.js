// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// A message that is received: a request at the server, a response at the client.

const { http: native } = require('../core/binding');
const { StateOfReadable, Template } = require('./internal/http-shapes');
const { Readable, finished } = require('./stream');

const kHeaders = Symbol('kHeaders');
const kHeadersDistinct = Symbol('kHeadersDistinct');
const kHeadersCount = Symbol('kHeadersCount');
const kTrailers = Symbol('kTrailers');
const kTrailersDistinct = Symbol('kTrailersDistinct');
const kTrailersCount = Symbol('kTrailersCount');

function readStart(socket) {
  if (socket && !socket._paused && socket.readable) socket.resume();
}

function readStop(socket) {
  if (socket) socket.pause();
}

let template;

function IncomingMessage(socket) {
  if (template !== undefined && socket && template.copyTo(this)) {
    this._readableState = new StateOfReadable(socket.readableHighWaterMark);
    this._readableState.readingMore = true;
    this.socket = socket;
    this.rawHeaders = [];
    this.rawTrailers = [];
    this.client = socket;
    return;
  }
  Readable.call(this, socket ? { highWaterMark: socket.readableHighWaterMark } : undefined);
  this._readableState.readingMore = true;
  this.socket = socket;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.httpVersion = null;
  this.complete = false;
  this[kHeaders] = null;
  this[kHeadersCount] = 0;
  this.rawHeaders = [];
  this[kTrailers] = null;
  this[kTrailersCount] = 0;
  this.rawTrailers = [];
  this.joinDuplicateHeaders = false;
  this.aborted = false;
  this.upgrade = null;
  // Of a request.
  this.url = '';
  this.method = null;
  // Of a response.
  this.statusCode = null;
  this.statusMessage = null;
  this.client = socket;
  this._consuming = false;
  this._dumped = false; // nobody can read it any more
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

Object.defineProperty(IncomingMessage.prototype, 'connection', {
  get() { return this.socket; },
  set(socket) { this.socket = socket; },
});

/** Defines `name`, which is worked out of the raw fields when it is first read. */
function defineFields(name, kept, collect) {
  Object.defineProperty(IncomingMessage.prototype, name, {
    get() {
      if (!this[kept]) this[kept] = collect(this);
      return this[kept];
    },
    set(value) { this[kept] = value; },
  });
}

function distinct(message, raw, count) {
  const fields = Object.create(null);
  for (let index = 0; index < count; index += 2) message._addHeaderLineDistinct(raw[index], raw[index + 1], fields);
  return fields;
}

defineFields('headers', kHeaders, (message) =>
  native.joinFields(message.rawHeaders, message[kHeadersCount], {}, message.joinDuplicateHeaders));
defineFields('trailers', kTrailers, (message) =>
  native.joinFields(message.rawTrailers, message[kTrailersCount], {}, message.joinDuplicateHeaders));
defineFields('headersDistinct', kHeadersDistinct, (message) => distinct(message, message.rawHeaders, message[kHeadersCount]));
defineFields('trailersDistinct', kTrailersDistinct, (message) => distinct(message, message.rawTrailers, message[kTrailersCount]));

IncomingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

// The parser pushes the body; all there is to do is to let the socket flow.
IncomingMessage.prototype._read = function _read() {
  if (!this._consuming) {
    this._readableState.readingMore = false;
    this._consuming = true;
  }
  if (this.socket.readable) readStart(this.socket);
};

/** Errors are told only to those who listen for them, as ever. */
function endDestroy(message, error, callback) {
  if (message.listenerCount('error') === 0) callback();
  else callback(error);
}

IncomingMessage.prototype._destroy = function _destroy(error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  const { socket } = this;
  if (!socket || socket.destroyed || !this.aborted) {
    process.nextTick(endDestroy, this, error, callback);
    return;
  }
  socket.destroy(error);
  const stopWatching = finished(socket, (failure) => {
    const isPremature = failure && failure.code === 'ERR_STREAM_PREMATURE_CLOSE';
    stopWatching();
    process.nextTick(endDestroy, this, (isPremature ? null : failure) || error, callback);
  });
};

IncomingMessage.prototype._addHeaderLines = function _addHeaderLines(fields, count) {
  if (!fields || fields.length === 0) return;
  let target;
  if (this.complete) {
    this.rawTrailers = fields;
    this[kTrailersCount] = count;
    target = this[kTrailers];
  } else {
    this.rawHeaders = fields;
    this[kHeadersCount] = count;
    target = this[kHeaders];
  }
  if (target) native.joinFields(fields, count, target, this.joinDuplicateHeaders);
};

IncomingMessage.prototype._addHeaderLine = function _addHeaderLine(field, value, target) {
  native.joinFields([field, value], 2, target, this.joinDuplicateHeaders);
};

IncomingMessage.prototype._addHeaderLineDistinct = function _addHeaderLineDistinct(field, value, target) {
  const name = field.toLowerCase();
  if (target[name]) target[name].push(value);
  else target[name] = [value];
};

/** Reads the rest into the void. */
IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  this.removeAllListeners('data'); // what is buffered concerns them no more
  this.resume();
};

/** Nothing more comes. Where nobody listens yet, nobody needs to be told. */
IncomingMessage.prototype._end = function _end() {
  const state = this._readableState;
  if (this._eventsCount > 0 || state.length > 0 || state.decoder) {
    this.push(null);
  } else {
    state.reading = false;
    state.ended = true;
  }
};

/** Nobody will read it: lets it end. Where nobody listens, at once. */
IncomingMessage.prototype._forget = function _forget() {
  const state = this._readableState;
  if (!this.complete || !state.ended || this._eventsCount > 0 || state.length > 0) {
    this._dump();
    return;
  }
  this._dumped = true;
  this._consuming = true;
  state.flowing = true;
  state.endEmitted = true;
  state.destroyed = true;
  state.closed = true;
  state.closeEmitted = true;
};

// Last: each property that a prototype gets after its first object makes V4 walk all its internal classes.
template = new Template(new IncomingMessage());

module.exports = { IncomingMessage, readStart, readStop };
