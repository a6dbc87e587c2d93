// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// ServerResponse: what a server answers.

const { http: native } = require('../../core/binding');
const { validateObject } = require('../../core/validators');
const { chunkExpression } = require('../_http_common');
const { OutgoingMessage } = require('../_http_outgoing');
const { kOutHeaders, tell } = require('./http');
const { codes } = require('./http-errors');
const STATUS_CODES = require('./http-status-codes');

function ServerResponse(req, options) {
  OutgoingMessage.call(this, options);
  if (req.method === 'HEAD') this._hasBody = false;
  this.req = req;
  this.sendDate = true;
  this._sent100 = false;
  this._expect_continue = false;
  if (req.httpVersionMajor < 1 || req.httpVersionMinor < 1) {
    this.useChunkedEncodingByDefault = chunkExpression.test(req.headers.te);
    this.shouldKeepAlive = false;
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

const { prototype } = ServerResponse;
prototype.statusCode = 200;
prototype.statusMessage = undefined;

function emitClose(response) {
  if (response._closed) return;
  response.destroyed = true;
  response._closed = true;
  tell(response, 'close');
}

function onSocketClose() {
  // Another listener may have taken the response off before.
  if (this._httpMessage) emitClose(this._httpMessage);
}

prototype.assignSocket = function assignSocket(socket) {
  if (socket._httpMessage) throw new codes.ERR_HTTP_SOCKET_ASSIGNED();
  socket._httpMessage = this;
  socket.on('close', onSocketClose);
  this.socket = socket;
  tell(this, 'socket', socket);
  this._flush();
};

prototype.detachSocket = function detachSocket(socket) {
  socket.removeListener('close', onSocketClose);
  socket._httpMessage = null;
  this.socket = null;
};

prototype.writeContinue = function writeContinue(callback) {
  this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'ascii', callback);
  this._sent100 = true;
};

prototype.writeProcessing = function writeProcessing(callback) {
  this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'ascii', callback);
};

const linkExpression = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;

function linkValue(links) {
  const words = 'must be an array or string of format "</styles.css>; rel=preload; as=style"';
  if (typeof links !== 'string' && !Array.isArray(links)) throw new codes.ERR_INVALID_ARG_VALUE('hints', links, words);
  const list = Array.isArray(links) ? links : [links];
  for (const link of list) {
    if (link === undefined || !linkExpression.test(link)) throw new codes.ERR_INVALID_ARG_VALUE('hints', link, words);
  }
  return list.join(', ');
}

prototype.writeEarlyHints = function writeEarlyHints(hints, callback) {
  validateObject(hints, 'hints');
  if (hints.link === null || hints.link === undefined) return;
  const link = linkValue(hints.link);
  if (link.length === 0) return;
  let head = `HTTP/1.1 103 Early Hints\r\nLink: ${link}\r\n`;
  for (const name of Object.keys(hints)) {
    if (name !== 'link') head += `${name}: ${hints[name]}\r\n`;
  }
  this._writeRaw(`${head}\r\n`, 'ascii', callback);
};

prototype._implicitHeader = function _implicitHeader() {
  this.writeHead(this.statusCode);
};

/** Fields of writeHead beside those of setHeader: they are set, too. */
function setGivenFields(response, fields) {
  if (Array.isArray(fields)) {
    if (fields.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', fields);
    for (let index = 0; index < fields.length; index += 2) {
      if (fields[index]) response.setHeader(fields[index], fields[index + 1]);
    }
  } else if (fields) {
    for (const name of Object.keys(fields)) {
      if (name) response.setHeader(name, fields[name]);
    }
  }
}

/** writeHead(statusCode[, statusMessage][, fields]) */
prototype.writeHead = function writeHead(statusCode, reason, fields) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
  const status = statusCode | 0;
  if (status < 100 || status > 999) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(statusCode);
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    if (!this.statusMessage) this.statusMessage = STATUS_CODES[status] || 'unknown';
    if (fields === undefined || fields === null) fields = reason;
  }
  this.statusCode = status;
  if (this[kOutHeaders]) {
    setGivenFields(this, fields);
    fields = this[kOutHeaders];
  }
  if (!native.isFieldValue(this.statusMessage)) throw new codes.ERR_INVALID_CHAR('statusMessage');
  if (status === 204 || status === 304 || status < 200) this._hasBody = false;
  // The body may come all the same, and would be taken for another request.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this._storeHeader(`HTTP/1.1 ${status} ${this.statusMessage}\r\n`, fields);
  return this;
};
prototype.writeHeader = prototype.writeHead;

module.exports = { ServerResponse, emitClose, onSocketClose };
