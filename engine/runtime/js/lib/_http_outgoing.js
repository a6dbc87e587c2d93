// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// A message that is sent: a response at the server, a request at the client.

const { delete: deleteProperty, http: native } = require('../core/binding');
const { validateString } = require('../core/validators');
const { Buffer } = require('./buffer');
const { debug, kNeedDrain, kOutHeaders, nop, tell } = require('./internal/http');
const { codes } = require('./internal/http-errors');
const { Template } = require('./internal/http-shapes');
const { HeadWriter, parseUniqueHeadersOption, plainHead, validateHeaderName, validateHeaderValue, kUniqueHeaders } = require('./internal/http-fields');
const { Stream, getDefaultHighWaterMark } = require('./stream');

/** The connection of a server that hears of the end of a response before its listeners. */
const kConnection = Symbol('kConnection');
const kCorked = Symbol('corked');
const kBytesWritten = Symbol('kBytesWritten');
const kErrored = Symbol('errored');
const kHighWaterMark = Symbol('kHighWaterMark');
const kRejectNonStandardBodyWrites = Symbol('kRejectNonStandardBodyWrites');

let template;

function OutgoingMessage(options) {
  if (template !== undefined && template.copyTo(this)) this.outputData = [];
  else putFields(this);
  if (!options) return;
  const { highWaterMark } = options;
  if (highWaterMark !== undefined && highWaterMark !== null) this[kHighWaterMark] = highWaterMark;
  if (options.rejectNonStandardBodyWrites) this[kRejectNonStandardBodyWrites] = true;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

function putFields(message) {
  Stream.call(message);
  // What waits for the socket, or for its turn on it, and about how many bytes that is.
  message.outputData = [];
  message.outputSize = 0;
  message.writable = true;
  message.destroyed = false;
  message._last = false;
  message.chunkedEncoding = false;
  message.shouldKeepAlive = true;
  message.maxRequestsOnConnectionReached = false;
  message._defaultKeepAlive = true;
  message.useChunkedEncodingByDefault = true;
  message.sendDate = false;
  message._removedConnection = false;
  message._removedContLen = false;
  message._removedTE = false;
  message.strictContentLength = false;
  message[kBytesWritten] = 0;
  message._contentLength = null;
  message._hasBody = true;
  message._trailer = '';
  message[kNeedDrain] = false;
  message.finished = false;
  message._headerSent = false;
  message[kCorked] = 0;
  message._closed = false;
  message.socket = null;
  message._header = null;
  message[kOutHeaders] = null;
  message._keepAliveTimeout = 0;
  message._onPendingData = nop;
  message[kErrored] = null;
  message[kHighWaterMark] = getDefaultHighWaterMark(false);
  message[kRejectNonStandardBodyWrites] = false;
  message[kConnection] = undefined;
}

const { prototype } = OutgoingMessage;

function defineGetter(name, get, attributes) {
  Object.defineProperty(prototype, name, Object.assign({ get }, attributes));
}

defineGetter('errored', function() { return this[kErrored]; });
defineGetter('closed', function() { return this._closed; });
defineGetter('writableFinished', function() {
  return this.finished && this.outputSize === 0 && (!this.socket || this.socket.writableLength === 0);
});
defineGetter('writableObjectMode', () => false);
defineGetter('writableLength', function() { return this.outputSize + (this.socket ? this.socket.writableLength : 0); });
defineGetter('writableHighWaterMark', function() { return this.socket ? this.socket.writableHighWaterMark : this[kHighWaterMark]; });
defineGetter('writableCorked', function() { return (this.socket ? this.socket.writableCorked : 0) + this[kCorked]; });
defineGetter('headersSent', function() { return Boolean(this._header); }, { configurable: true, enumerable: true });
defineGetter('writableEnded', function() { return this.finished; });
defineGetter('writableNeedDrain', function() { return !this.destroyed && !this.finished && this[kNeedDrain]; });
Object.defineProperty(prototype, 'connection', {
  get() { return this.socket; },
  set(socket) { this.socket = socket; },
});

// ------------------------------------------------------------------------------------------------------------------- fields

function refuseIfSent(message, verb) {
  if (message._header) throw new codes.ERR_HTTP_HEADERS_SENT(verb);
}

prototype._renderHeaders = function _renderHeaders() {
  refuseIfSent(this, 'render');
  const fields = this[kOutHeaders];
  const rendered = {};
  for (const key in fields) rendered[fields[key][0]] = fields[key][1];
  return rendered;
};

prototype.setHeader = function setHeader(name, value) {
  refuseIfSent(this, 'set');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  let fields = this[kOutHeaders];
  if (fields === null) fields = this[kOutHeaders] = Object.create(null);
  fields[name.toLowerCase()] = [name, value];
  return this;
};

prototype.setHeaders = function setHeaders(headers) {
  refuseIfSent(this, 'set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
  }
  // Cookies cannot be joined to one field: all are set at once.
  const cookies = [];
  for (const [name, value] of headers) {
    if (name !== 'set-cookie') this.setHeader(name, value);
    else if (Array.isArray(value)) cookies.push(...value);
    else cookies.push(value);
  }
  if (cookies.length > 0) this.setHeader('set-cookie', cookies);
  return this;
};

prototype.appendHeader = function appendHeader(name, value) {
  refuseIfSent(this, 'append');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  const fields = this[kOutHeaders];
  const entry = fields === null ? undefined : fields[name.toLowerCase()];
  if (!entry) return this.setHeader(name, value);
  if (!Array.isArray(entry[1])) entry[1] = [entry[1]];
  if (Array.isArray(value)) entry[1].push(...value);
  else entry[1].push(value);
  return this;
};

prototype.getHeader = function getHeader(name) {
  validateString(name, 'name');
  const fields = this[kOutHeaders];
  if (fields === null) return undefined;
  const entry = fields[name.toLowerCase()];
  return entry && entry[1];
};

prototype.getHeaderNames = function getHeaderNames() {
  return this[kOutHeaders] === null ? [] : Object.keys(this[kOutHeaders]);
};

prototype.getRawHeaderNames = function getRawHeaderNames() {
  return this[kOutHeaders] === null ? [] : Object.values(this[kOutHeaders]).map((entry) => entry[0]);
};

prototype.getHeaders = function getHeaders() {
  const copy = Object.create(null);
  const fields = this[kOutHeaders];
  for (const key in fields) copy[key] = fields[key][1];
  return copy;
};

prototype.hasHeader = function hasHeader(name) {
  validateString(name, 'name');
  return this[kOutHeaders] !== null && Boolean(this[kOutHeaders][name.toLowerCase()]);
};

prototype.removeHeader = function removeHeader(name) {
  validateString(name, 'name');
  refuseIfSent(this, 'remove');
  const key = name.toLowerCase();
  // What Node would add by itself stays out, too.
  if (key === 'connection') this._removedConnection = true;
  else if (key === 'content-length') this._removedContLen = true;
  else if (key === 'transfer-encoding') this._removedTE = true;
  else if (key === 'date') this.sendDate = false;
  if (this[kOutHeaders] !== null) deleteProperty(this[kOutHeaders], key, true);
};

prototype._implicitHeader = function _implicitHeader() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

/** Makes the head: `firstLine`, then `fields` (an object, a list of pairs or a flat one, or the message's own), then what is missing. */
prototype._storeHeader = function _storeHeader(firstLine, fields) {
  if (!fields) {
    const head = plainHead(this, firstLine);
    if (head !== undefined) {
      this._header = head;
      this._headerSent = false;
      return;
    }
  }
  const writer = new HeadWriter(this, firstLine);
  if (fields) {
    if (fields === this[kOutHeaders]) writer.addOwn(fields);
    else writer.addGiven(fields);
  }
  writer.addConnection();
  writer.addBodyLength();
  // Without chunks nothing can come after the body.
  if (this.chunkedEncoding !== true && writer.hasTrailer) throw new codes.ERR_HTTP_TRAILER_INVALID();
  this._header = `${writer.text}\r\n`;
  this._headerSent = false;
  // The head waits for the first piece of the body, unless the other side is to answer it first.
  if (writer.hasExpect) this._send('');
};

prototype.addTrailers = function addTrailers(trailers) {
  this._trailer = '';
  const isList = Array.isArray(trailers);
  for (const key of Object.keys(trailers)) {
    const name = isList ? trailers[key][0] : key;
    let value = isList ? trailers[key][1] : trailers[key];
    validateHeaderName(name, 'Trailer name');
    const isUnique = this[kUniqueHeaders] && this[kUniqueHeaders].has(name.toLowerCase());
    const isSeveral = Array.isArray(value) && value.length > 1 && !isUnique;
    if (Array.isArray(value) && !isSeveral) value = value.join('; ');
    for (const item of isSeveral ? value : [value]) {
      if (!native.isFieldValue(item)) throw new codes.ERR_INVALID_CHAR('trailer content', name);
      this._trailer += `${name}: ${item}\r\n`;
    }
  }
};

// ------------------------------------------------------------------------------------------------------------------ sending

prototype.cork = function cork() {
  if (this.socket) this.socket.cork();
  else this[kCorked]++;
};

prototype.uncork = function uncork() {
  if (this.socket) this.socket.uncork();
  else if (this[kCorked]) this[kCorked]--;
};

prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  if (this.socket) this.socket.setTimeout(msecs);
  else this.once('socket', (socket) => socket.setTimeout(msecs));
  return this;
};

prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this.socket) this.socket.destroy(error);
  else this.once('socket', (socket) => socket.destroy(error));
  return this;
};

/** Sends `data`, with the head in front of the first piece. */
prototype._send = function _send(data, encoding, callback, byteLength) {
  if (!this._headerSent && this._header !== null) {
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
      data = this._header + data;
    } else {
      const header = this._header;
      this.outputData.unshift({ data: header, encoding: 'latin1', callback: null });
      this.outputSize += header.length;
      this._onPendingData(header.length);
    }
    this._headerSent = true;
  }
  return this._writeRaw(data, encoding, callback, byteLength);
};

/** Writes to the socket, or keeps what is to be written until there is one and this message has its turn. */
prototype._writeRaw = function _writeRaw(data, encoding, callback) {
  const { socket } = this;
  if (socket && socket.destroyed) return false; // 'close' comes
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length > 0) this._flushOutput(socket);
    return socket.write(data, encoding, callback);
  }
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  this._onPendingData(data.length);
  return this.outputSize < this[kHighWaterMark];
};

prototype.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const goesOn = writeChunk(this, chunk, encoding, callback);
  if (!goesOn) this[kNeedDrain] = true;
  return goesOn;
};

function emitError(message, error, callback) {
  callback(error);
  if (typeof message.emit === 'function' && !message.destroyed) message.emit('error', error);
}

function reportError(message, error, callback) {
  if (!message.destroyed) process.nextTick(emitError, message, error, callback);
}

function isLengthChecked(message) {
  return message.strictContentLength && message._contentLength !== null && message._contentLength !== undefined && message._hasBody &&
    !message._removedContLen && !message.chunkedEncoding && !message.hasHeader('transfer-encoding');
}

function byteLengthOf(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
}

function countChecked(message, length, isLast) {
  const total = message[kBytesWritten] + length;
  if (isLengthChecked(message) && (isLast ? total !== message._contentLength : total > message._contentLength)) {
    throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(total, message._contentLength);
  }
  message[kBytesWritten] = total;
}

function uncorkSocket(socket) {
  socket.uncork();
}

const lineEnd = Buffer.from('\r\n');

function sendChunked(message, chunk, encoding, callback) {
  const length = byteLengthOf(chunk, encoding);
  message._send(length.toString(16), 'latin1', null);
  message._send(lineEnd, null, null);
  message._send(chunk, encoding, null, length);
  return message._send(lineEnd, null, callback);
}

function checkChunk(chunk) {
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
}

/** Tells of a write that comes too late. */
function refuseWrite(message, callback) {
  if (message.destroyed) {
    process.nextTick(callback, message.finished ? new codes.ERR_STREAM_WRITE_AFTER_END() : new codes.ERR_STREAM_DESTROYED('write'));
  } else {
    reportError(message, new codes.ERR_STREAM_WRITE_AFTER_END(), callback);
  }
}

function refuseBody(message) {
  if (message[kRejectNonStandardBodyWrites]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
  if (debug.isOn) debug('This type of response MUST NOT have a body. Ignoring write() calls.');
}

function writeChunk(message, chunk, encoding, given) {
  const callback = typeof given === 'function' ? given : nop;
  checkChunk(chunk);
  if (message.finished || message.destroyed) {
    refuseWrite(message, callback);
    return false;
  }
  if (message.strictContentLength) countChecked(message, byteLengthOf(chunk, encoding), false);
  if (!message._header) message._implicitHeader();
  if (!message._hasBody) {
    refuseBody(message);
    process.nextTick(callback);
    return true;
  }
  if (message.socket && !message.socket.writableCorked) {
    message.socket.cork();
    process.nextTick(uncorkSocket, message.socket);
  }
  if (message.chunkedEncoding && chunk.length !== 0) return sendChunked(message, chunk, encoding, callback);
  return message._send(chunk, encoding, callback);
}

/** Writes the last piece of the body. True: all is sent, and onFinish will be called; false: the end must still be sent. */
function writeLastChunk(message, chunk, encoding) {
  checkChunk(chunk);
  if (message.destroyed) {
    refuseWrite(message, nop);
    return false;
  }
  if (message.strictContentLength) countChecked(message, byteLengthOf(chunk, encoding), true);
  if (!message._header) {
    message._contentLength = byteLengthOf(chunk, encoding);
    message._implicitHeader();
  }
  if (!message._hasBody) {
    refuseBody(message);
    return false;
  }
  const connection = message[kConnection];
  if (connection !== undefined && !message.chunkedEncoding && message.outputData.length === 0 &&
      connection.writeWhole(message, chunk, encoding, onFinish)) return true;
  if (message.socket) message.socket.cork();
  if (message.chunkedEncoding && chunk.length !== 0) sendChunked(message, chunk, encoding, nop);
  else if (!message.chunkedEncoding) message._send(chunk, encoding, nop);
  return false;
}

function onFinish(message) {
  if (message.socket && message.socket._hadError) return;
  if (message[kConnection] !== undefined) message[kConnection].endResponse(message);
  tell(message, 'finish');
}

/** Calls of end() after the first. */
function endAgain(message, chunk, callback) {
  if (chunk) {
    reportError(message, new codes.ERR_STREAM_WRITE_AFTER_END(), typeof callback === 'function' ? callback : nop);
  } else if (typeof callback === 'function') {
    if (message.writableFinished) callback(new codes.ERR_STREAM_ALREADY_FINISHED('end'));
    else message.on('finish', callback);
  }
}

/** What ends the message on the wire; onFinish is called when it is sent. */
function sendEnd(message, hadChunk) {
  const finish = onFinish.bind(undefined, message);
  if (message._hasBody && message.chunkedEncoding) message._send(`0\r\n${message._trailer}\r\n`, 'latin1', finish);
  else if (!message._headerSent || message.writableLength || hadChunk) message._send('', 'latin1', finish);
  else process.nextTick(finish);
}

prototype.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (this.finished) {
    endAgain(this, chunk, callback);
    return this;
  }
  if (typeof callback === 'function') this.once('finish', callback);
  let isSent = false;
  if (chunk) {
    isSent = writeLastChunk(this, chunk, encoding);
  } else if (!this._header) {
    this._contentLength = 0;
    this._implicitHeader();
  }
  if (this.strictContentLength && isLengthChecked(this) && this[kBytesWritten] !== this._contentLength) {
    throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(this[kBytesWritten], this._contentLength);
  }
  if (!isSent) sendEnd(this, Boolean(chunk));
  if (this.socket && this.socket._writableState.corked > 0) {
    this.socket._writableState.corked = 1; // however often it was corked
    this.socket.uncork();
  }
  this[kCorked] = 0;
  this.finished = true;
  if (this.outputData.length === 0 && this.socket && this.socket._httpMessage === this) this._finish();
  return this;
};

/** Everything was handed to the socket, which may still have to send it. */
prototype._finish = function _finish() {
  tell(this, 'prefinish');
};

/** Sends what waited for the socket. */
prototype._flush = function _flush() {
  const { socket } = this;
  if (!socket || !socket.writable) return;
  const goesOn = this._flushOutput(socket);
  if (this.finished) {
    this._finish();
  } else if (goesOn && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

prototype._flushOutput = function _flushOutput(socket) {
  for (; this[kCorked] > 0; this[kCorked]--) socket.cork();
  const { outputData } = this;
  if (outputData.length === 0) return undefined;
  socket.cork();
  let goesOn;
  for (const entry of outputData) {
    const { data } = entry;
    entry.data = null;
    goesOn = socket.write(data, entry.encoding, entry.callback);
  }
  socket.uncork();
  this.outputData = [];
  this._onPendingData(-this.outputSize);
  this.outputSize = 0;
  return goesOn;
};

prototype.flushHeaders = function flushHeaders() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

prototype.pipe = function pipe() {
  this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE()); // it cannot be read
};

prototype[Symbol.for('nodejs.rejection')] = function(error) {
  this.destroy(error);
};

require('./internal/http-deprecated').define(OutgoingMessage);

// Last: each property that a prototype gets after its first object makes V4 walk all its internal classes.
template = new Template(new OutgoingMessage());

module.exports = {
  kConnection,
  kHighWaterMark,
  kUniqueHeaders,
  parseUniqueHeadersOption,
  validateHeaderName,
  validateHeaderValue,
  OutgoingMessage,
};
