// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What the socket of a ClientRequest tells: from its bytes to the response, and how both end.

const { freeParser, isLenient, parsers, prepareError } = require('../_http_common');
const diagnostics = require('../diagnostics_channel');
const { finished } = require('../stream');
const { kNeedDrain } = require('./http');
const { ConnectionResetError } = require('./http-errors');

const errorChannel = diagnostics.channel('http.client.request.error');
const responseFinishChannel = diagnostics.channel('http.client.response.finish');

const kError = Symbol('kError');

function emitErrorEvent(request, error) {
  if (errorChannel.hasSubscribers) errorChannel.publish({ request, error });
  request.emit('error', error);
}

function endParser(parser, req, socket) {
  if (!parser) return;
  parser.finish();
  freeParser(parser, req, socket);
}

// ------------------------------------------------------------------------------------------------------- listeners of the socket

function socketOnDrain() {
  const message = this._httpMessage;
  if (message && !message.finished && message[kNeedDrain]) {
    message[kNeedDrain] = false;
    message.emit('drain');
  }
}

function socketOnClose() {
  const req = this._httpMessage;
  const { parser } = this; // listeners may free it
  const { res } = req;
  req.destroyed = true;
  if (res) {
    if (!res.complete) res.destroy(new ConnectionResetError('aborted'));
    req._closed = true;
    req.emit('close');
    if (!res.aborted && res.readable) res.push(null);
  } else {
    if (!req.socket._hadError) {
      req.socket._hadError = true;
      emitErrorEvent(req, new ConnectionResetError('socket hang up'));
    }
    req._closed = true;
    req.emit('close');
  }
  if (req.outputData) req.outputData.length = 0; // nobody will write it
  endParser(parser, req, this);
}

function socketOnError(error) {
  const req = this._httpMessage;
  if (req) {
    req.socket._hadError = true; // it is told once
    emitErrorEvent(req, error);
  }
  endParser(this.parser, req, this);
  this.removeListener('data', socketOnData);
  this.removeListener('end', socketOnEnd);
  this.destroy();
}

function socketOnEnd() {
  const req = this._httpMessage;
  const { parser } = this;
  if (!req.res && !req.socket._hadError) {
    req.socket._hadError = true;
    emitErrorEvent(req, new ConnectionResetError('socket hang up'));
  }
  endParser(parser, req, this);
  this.destroy();
}

/** 100 to 199 but for 101: the response proper is still to come. */
function isInformational(status) {
  return status >= 100 && status < 200 && status !== 101;
}

function socketOnData(bytes) {
  const req = this._httpMessage;
  const { parser } = this;
  const result = parser.run(bytes);
  if (typeof result !== 'number') {
    prepareError(result, parser, bytes);
    freeParser(parser, req, this);
    this.removeListener('data', socketOnData);
    this.removeListener('end', socketOnEnd);
    this.destroy();
    req.socket._hadError = true;
    emitErrorEvent(req, result);
  } else if (parser.incoming && parser.incoming.upgrade) {
    handOver(this, req, parser.incoming, bytes.slice(result, bytes.length));
  } else if (parser.incoming && parser.incoming.complete && !isInformational(parser.incoming.statusCode)) {
    this.removeListener('data', socketOnData);
    this.removeListener('end', socketOnEnd);
    this.removeListener('drain', socketOnDrain);
    freeParser(parser, req, this);
  }
}

/** The connection goes on in another protocol, if somebody listens for it. */
function handOver(socket, req, res, head) {
  req.res = res;
  socket.removeListener('data', socketOnData);
  socket.removeListener('end', socketOnEnd);
  socket.removeListener('drain', socketOnDrain);
  if (req.timeoutCb) socket.removeListener('timeout', req.timeoutCb);
  socket.removeListener('timeout', responseOnTimeout);
  endParser(socket.parser, req, socket);
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (req.listenerCount(event) === 0) {
    socket.destroy();
    return;
  }
  req.upgradeOrConnect = true;
  socket.emit('agentRemove');
  socket.removeListener('close', socketOnClose);
  socket.removeListener('error', socketOnError);
  socket._httpMessage = null;
  socket.readableFlowing = null;
  req.emit(event, res, socket, head);
  req.destroyed = true;
  req._closed = true;
  req.emit('close');
}

// ------------------------------------------------------------------------------------------------------------------- response

function emitInformation(req, res) {
  req.res = null; // it is not the response
  if (res.statusCode === 100) req.emit('continue');
  const { statusCode, statusMessage, httpVersion, httpVersionMajor, httpVersionMinor, headers, rawHeaders } = res;
  req.emit('information', { statusCode, statusMessage, httpVersion, httpVersionMajor, httpVersionMinor, headers, rawHeaders });
}

/** The head of a response is there. Tells the parser what follows: 0 what the fields say, 1 no body, 2 another protocol. */
function parserOnIncoming(res, shouldKeepAlive) {
  const { socket } = this;
  const req = socket._httpMessage;
  if (req.res) {
    socket.destroy(); // a second response
    return 0;
  }
  req.res = res;
  if (res.upgrade) return 2;
  if (req.method === 'CONNECT') {
    res.upgrade = true;
    return 2;
  }
  if (isInformational(res.statusCode)) {
    emitInformation(req, res);
    return 1;
  }
  if (req.shouldKeepAlive && !shouldKeepAlive && !req.upgradeOrConnect) req.shouldKeepAlive = false;
  if (responseFinishChannel.hasSubscribers) responseFinishChannel.publish({ request: req, response: res });
  res.req = req;
  // Before the program's own: the socket is taken back in any case.
  res.on('end', responseOnEnd);
  req.on('finish', requestOnFinish);
  socket.on('timeout', responseOnTimeout);
  if (req.aborted || !req.emit('response', res)) res._dump(); // nobody can read it
  if (req.method === 'HEAD') return 1;
  if (res.statusCode === 304) {
    res.complete = true;
    return 1;
  }
  return 0;
}

function emitFree(req) {
  req._closed = true;
  req.emit('close');
  if (req.socket) req.socket.emit('free');
}

/** Request and response are through: the socket is for another request, after the listeners of 'end'. */
function keepSocket(req) {
  const { socket } = req;
  if (req.timeoutCb) {
    socket.setTimeout(0, req.timeoutCb);
    req.timeoutCb = null;
  }
  socket.removeListener('close', socketOnClose);
  socket.removeListener('error', socketOnError);
  socket.removeListener('data', socketOnData);
  socket.removeListener('end', socketOnEnd);
  process.nextTick(emitFree, req);
  req.destroyed = true;
  if (req.res) req.res.socket = null; // whoever destroys it must not hit the next request
}

function responseOnEnd() {
  const { req } = this;
  const { socket } = req;
  if (socket) {
    if (req.timeoutCb) socket.removeListener('timeout', emitRequestTimeout);
    socket.removeListener('timeout', responseOnTimeout);
  }
  req._ended = true;
  if (!req.shouldKeepAlive) {
    if (!socket.writable) return;
    if (typeof socket.destroySoon === 'function') socket.destroySoon();
    else socket.end();
  } else if (req.writableFinished && !this.aborted) {
    keepSocket(req);
  }
}

/** The response may be there before the request is sent. */
function requestOnFinish() {
  if (this.shouldKeepAlive && this._ended) keepSocket(this);
}

// ------------------------------------------------------------------------------------------------------------------- timeouts

function responseOnTimeout() {
  const req = this._httpMessage;
  if (req && req.res) req.res.emit('timeout');
}

function emitRequestTimeout() {
  const req = this._httpMessage;
  if (req) req.emit('timeout');
}

function listenSocketTimeout(req) {
  if (req.timeoutCb) return;
  req.timeoutCb = emitRequestTimeout; // taken off when the request ends
  if (req.socket) req.socket.once('timeout', emitRequestTimeout);
  else req.on('socket', (socket) => socket.once('timeout', emitRequestTimeout));
}

// ------------------------------------------------------------------------------------------------------------------- beginning

function attach(req, socket) {
  const parser = parsers.alloc();
  req.socket = socket;
  const lenient = req.insecureHTTPParser === undefined ? isLenient() : req.insecureHTTPParser;
  parser.initialize(false, req.maxHeaderSize || 0, lenient);
  parser.socket = socket;
  parser.outgoing = req;
  req.parser = parser;
  socket.parser = parser;
  socket._httpMessage = req;
  if (typeof req.maxHeadersCount === 'number') parser.maxHeaderPairs = req.maxHeadersCount << 1;
  parser.joinDuplicateHeaders = req.joinDuplicateHeaders;
  parser.onIncoming = parserOnIncoming;
  socket.on('error', socketOnError);
  socket.on('data', socketOnData);
  socket.on('end', socketOnEnd);
  socket.on('close', socketOnClose);
  socket.on('drain', socketOnDrain);
  if (req.timeout !== undefined || (req.agent && req.agent.options && req.agent.options.timeout)) listenSocketTimeout(req);
  req.emit('socket', socket);
}

function endRefused(req, given) {
  const error = given || (req.aborted ? undefined : new ConnectionResetError('socket hang up'));
  if (error) emitErrorEvent(req, error);
  req._closed = true;
  req.emit('close');
}

/** The request was destroyed, or has no socket because of `error`. */
function refuse(req, socket, error) {
  req.destroyed = true;
  if (socket && (error || !req.agent || socket.destroyed)) {
    finished(socket.destroy(error || req[kError]), (failure) => {
      const isPremature = failure && failure.code === 'ERR_STREAM_PREMATURE_CLOSE';
      endRefused(req, (isPremature ? null : failure) || error);
    });
    return;
  }
  if (socket) socket.emit('free');
  endRefused(req, error || req[kError]);
}

module.exports = { attach, emitErrorEvent, kError, listenSocketTimeout, refuse };
