// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// One connection of a server: from the bytes of its socket to requests, and their responses in turn back to it.

const { http: { beginRequest, endRequest } } = require('../../core/binding');
const { Buffer } = require('../buffer');
const { continueExpression, freeParser, isLenient, parsers, prepareError } = require('../_http_common');
const { kConnection, kUniqueHeaders } = require('../_http_outgoing');
const { debug, kNeedDrain, nop, tell } = require('./http');
const { codes, ConnectionResetError } = require('./http-errors');
const { emitClose, onSocketClose, ServerResponse } = require('./http-response');
const { kTimeout } = require('./stream-base');
const STATUS_CODES = require('./http-status-codes');
const diagnostics = require('../diagnostics_channel');
const { DirectSocket } = require('./http-direct-socket');

const requestStartChannel = diagnostics.channel('http.server.request.start');
const responseFinishChannel = diagnostics.channel('http.server.response.finish');

const kServerResponse = Symbol('ServerResponse');
const kConnections = Symbol('http.server.connections');
/** What a connection that waits gets beyond the time that the response promised, ms, so that the client's next request still comes in. */
const keepAliveGrace = 1000;
/** Longer bodies go through the socket's buffer, which knows when it is full. */
const mostAtOnce = 16384;
const hasHost = 1; // marks of the parser
const hasExpect = 2;

const refusal = (status) => Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`, 'latin1');
const refusals = {
  HPE_HEADER_OVERFLOW: refusal(431),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: refusal(413),
  ERR_HTTP_REQUEST_TIMEOUT: refusal(408),
};
const badRequest = refusal(400);

function socketOnError(error) {
  this.removeListener('error', socketOnError); // of those that follow nobody hears
  if (this.listenerCount('error', nop) === 0) this.on('error', nop);
  if (this.server.emit('clientError', error, this)) return;
  // Not into the middle of a response.
  if (this.writable && (!this._httpMessage || !this._httpMessage._headerSent)) this.write(refusals[error.code] || badRequest);
  this.destroy(error);
}

function socketOnTimeout() {
  const req = this.parser && this.parser.incoming;
  const res = this._httpMessage;
  const requestHears = req && !req.complete && req.emit('timeout', this);
  const responseHears = res && res.emit('timeout', this);
  const serverHears = this.server.emit('timeout', this);
  if (!requestHears && !responseHears && !serverHears) this.destroy();
}

function clearIncoming(given) {
  const req = given || this;
  const parser = req.socket && req.socket.parser;
  if (!parser || parser.incoming !== req) return;
  if (req.readableEnded) parser.incoming = null;
  else req.on('end', clearIncoming);
}

function socketSetEncoding() {
  throw new codes.ERR_HTTP_SOCKET_ENCODING();
}

class Connection {
  constructor(server, socket) {
    this.server = server;
    this.socket = socket;
    this.parser = parsers.alloc();
    this.incoming = []; // requests that are not answered yet
    this.recorded = []; // their numbers in the recording
    this.outgoing = []; // responses that wait for their turn
    this.outgoingBytes = 0; // kept by them
    this.requests = 0;
    this.hasKeepAliveTimeout = false;
    this.keepAliveTimer = null;
    this.tellsOfClose = false;
    this.isWaiting = false; // for another request, by keepAliveTimer
    this.onData = (bytes) => this.receive(bytes);
    this.onEnd = () => this.receiveEnd();
    this.onClose = () => this.close();
    this.onDrain = () => this.drain();
    this.countPending = (change) => {
      this.outgoingBytes += change;
      this.drain();
    };
    this.listen();
    this.direct = DirectSocket.of(socket, (bytes) => this.receive(bytes, true));
  }

  listen() {
    const { server, socket, parser } = this;
    socket.server = server;
    if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout);
    socket.on('timeout', socketOnTimeout);
    const lenient = server.insecureHTTPParser === undefined ? isLenient() : server.insecureHTTPParser;
    parser.initialize(true, server.maxHeaderSize || 0, lenient);
    if (server[kConnections]) server[kConnections].add(parser);
    parser.socket = socket;
    socket.parser = parser;
    if (typeof server.maxHeadersCount === 'number') parser.maxHeaderPairs = server.maxHeadersCount << 1;
    socket.on('data', this.onData);
    socket.on('error', socketOnError);
    socket.on('end', this.onEnd);
    socket.on('close', this.onClose);
    socket.on('drain', this.onDrain);
    parser.onIncoming = (req, keepAlive, marks) => this.begin(req, keepAlive, marks);
    socket.setEncoding = socketSetEncoding;
    socket._paused = false;
  }

  receive(bytes, isCallback) {
    const { parser, socket } = this;
    const result = parser.run(bytes, isCallback);
    if (typeof result !== 'number') {
      prepareError(result, parser, bytes);
      if (debug.isOn) debug('parse error', result);
      socketOnError.call(socket, result);
    } else if (parser.incoming && parser.incoming.upgrade) {
      this.handOver(parser.incoming, bytes.slice(result, bytes.length));
    } else if (parser.incoming && parser.incoming.method === 'PRI') {
      socket.destroy(); // HTTP/2
    }
    if (socket._paused && socket.parser) socket.parser.pause(); // a request that came in paused the socket
    if (this.isWaiting) this.keepAliveTimer.refresh(); // only a part of one has come
  }

  /** The connection goes on in another protocol, if somebody knows it. */
  handOver(req, head) {
    const { parser, server, socket } = this;
    socket.removeListener('data', this.onData);
    socket.removeListener('end', this.onEnd);
    socket.removeListener('close', this.onClose);
    socket.removeListener('drain', this.onDrain);
    socket.removeListener('error', socketOnError);
    socket.removeListener('timeout', socketOnTimeout);
    if (this.direct !== null) this.direct.release();
    parser.finish();
    freeParser(parser, req, socket);
    clearTimeout(this.keepAliveTimer);
    const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
    if (event === 'upgrade' || server.listenerCount(event) > 0) {
      socket.readableFlowing = null;
      server.emit(event, req, socket, head);
    } else {
      socket.destroy();
    }
  }

  receiveEnd() {
    const { outgoing, server, socket } = this;
    const error = this.parser.finish();
    if (error !== undefined) socketOnError.call(socket, error);
    else if (!server.httpAllowHalfOpen) socket.end();
    else if (outgoing.length > 0) outgoing[outgoing.length - 1]._last = true;
    else if (socket._httpMessage) socket._httpMessage._last = true;
    else socket.end();
  }

  close() {
    clearTimeout(this.keepAliveTimer);
    freeParser(this.socket.parser, null, this.socket);
    while (this.recorded.length > 0) endRequest(this.recorded.shift(), 0);
    while (this.incoming.length > 0) this.incoming.shift().destroy(new ConnectionResetError('aborted'));
  }

  drain() {
    const { socket } = this;
    if (socket._paused && this.outgoingBytes <= socket.writableHighWaterMark) {
      socket._paused = false;
      if (socket.parser) socket.parser.resume();
      socket.resume();
    }
    const message = socket._httpMessage;
    if (message && !message.finished && message[kNeedDrain]) {
      message[kNeedDrain] = false;
      message.emit('drain');
    }
  }

  /** Whoever does not read the responses may not send one request after the other. */
  pauseIfFull() {
    const { socket } = this;
    if (socket._paused) return;
    const state = socket._writableState;
    if (!state.needDrain && this.outgoingBytes < socket.writableHighWaterMark) return;
    socket._paused = true; // the parser follows when it is through with these bytes
    socket.pause();
  }

  /** The head of a request is there. Tells the parser what follows: 0 what the fields say, 2 another protocol. */
  begin(req, keepAlive, marks) {
    const { server, socket } = this;
    this.isWaiting = false;
    if (this.hasKeepAliveTimeout) {
      socket.setTimeout(server.timeout || 0);
      this.hasKeepAliveTimeout = false;
    }
    if (req.upgrade) {
      req.upgrade = req.method === 'CONNECT' || server.listenerCount('upgrade') > 0;
      if (req.upgrade) return 2;
    }
    this.incoming.push(req);
    this.recorded.push(beginRequest(req.method, req.url));
    this.pauseIfFull();
    const res = this.makeResponse(req, keepAlive);
    if (requestStartChannel.hasSubscribers) requestStartChannel.publish({ request: req, response: res, socket, server });
    if (socket._httpMessage) this.outgoing.push(res);
    else this.assign(res);
    if (req.httpVersionMajor === 1 && req.httpVersionMinor === 1 && this.answers(req, res, marks)) return 0;
    server.emit('request', req, res);
    return 0;
  }

  makeResponse(req, keepAlive) {
    const { server, socket } = this;
    const res = new server[kServerResponse](req, {
      highWaterMark: socket.writableHighWaterMark,
      rejectNonStandardBodyWrites: server.rejectNonStandardBodyWrites,
    });
    res._keepAliveTimeout = server.keepAliveTimeout;
    res._maxRequestsPerSocket = server.maxRequestsPerSocket;
    res._onPendingData = this.countPending;
    res.shouldKeepAlive = keepAlive;
    res[kUniqueHeaders] = server[kUniqueHeaders];
    res[kConnection] = this;
    return res;
  }

  /** Requests of HTTP/1.1 that get an answer, or a word before it, from here. */
  answers(req, res, marks) {
    const { server } = this;
    if (server.requireHostHeader && (marks & hasHost) === 0) {
      res.writeHead(400, ['Connection', 'close']);
      res.end();
      return true;
    }
    const most = server.maxRequestsPerSocket;
    if (typeof most === 'number' && most > 0) {
      this.requests++;
      res.maxRequestsOnConnectionReached = most <= this.requests;
      if (most < this.requests) {
        server.emit('dropRequest', req, this.socket);
        res.writeHead(503);
        res.end();
        return true;
      }
    }
    if ((marks & hasExpect) === 0) return false;
    this.expect(req, res);
    return true;
  }

  expect(req, res) {
    const { server } = this;
    if (continueExpression.test(req.headers.expect)) {
      res._expect_continue = true;
      if (server.listenerCount('checkContinue') > 0) {
        server.emit('checkContinue', req, res);
      } else {
        res.writeContinue();
        server.emit('request', req, res);
      }
    } else if (server.listenerCount('checkExpectation') > 0) {
      server.emit('checkExpectation', req, res);
    } else {
      res.writeHead(417);
      res.end();
    }
  }

  /** As assignSocket(), for a socket whose end is heard of here. */
  assign(res) {
    const { socket } = this;
    if (res.assignSocket !== ServerResponse.prototype.assignSocket) {
      res.assignSocket(socket);
      return;
    }
    if (!this.tellsOfClose) {
      this.tellsOfClose = true;
      socket.on('close', onSocketClose);
    }
    socket._httpMessage = res;
    res.socket = socket;
    tell(res, 'socket', socket);
    res._flush();
  }

  /** The response was handed over: the next one has its turn, or the connection waits, or ends. */
  endResponse(res) {
    const { outgoing, server, socket } = this;
    const { req } = res;
    if (responseFinishChannel.hasSubscribers) responseFinishChannel.publish({ request: req, response: res, socket, server });
    this.incoming.shift();
    endRequest(this.recorded.shift(), res.statusCode);
    // Nobody reads the rest of the request.
    if (!req._consuming && !req._readableState.resumeScheduled) req._forget();
    if (res.socket !== null) res.detachSocket(socket);
    clearIncoming(req);
    process.nextTick(emitClose, res);
    if (res._last) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    } else if (outgoing.length > 0) {
      this.assign(outgoing.shift());
    } else if (server.keepAliveTimeout && typeof socket.setTimeout === 'function') {
      this.waitForRequest(server.keepAliveTimeout + keepAliveGrace);
    }
  }

  /** Ends the connection if no request comes for so many ms. */
  waitForRequest(msecs) {
    const { server, socket } = this;
    if (server.timeout || socket[kTimeout]) { // it takes the place of another timeout
      socket.setTimeout(msecs);
      this.hasKeepAliveTimeout = true;
      return;
    }
    // One timer for all the waiting: it is not cleared when a request comes, but then means nothing.
    this.isWaiting = true;
    if (this.keepAliveTimer !== null && this.keepAliveTimer._idleTimeout === msecs) {
      this.keepAliveTimer.refresh();
      return;
    }
    clearTimeout(this.keepAliveTimer);
    this.keepAliveTimer = setTimeout(() => {
      if (this.isWaiting) socket.emit('timeout');
    }, msecs).unref();
  }

  /** Writes a response that is one text, or its bytes, without going through the socket's own buffer and then calls finish(message); false if it has to. */
  writeWhole(message, body, encoding, finish) {
    if (this.direct === null || this.socket._httpMessage !== message || message._headerSent || body.length > mostAtOnce ||
        (typeof body === 'string' && encoding && encoding !== 'utf8' && encoding !== 'latin1')) return false;
    return this.direct.write(message, body, encoding, finish);
  }
}

function connectionListener(socket) {
  const connection = new Connection(this, socket);
  if (debug.isOn) debug('SERVER new http connection', connection.requests);
}

/** Ends the connections whose requests take too long. */
function checkConnections(server) {
  if (server.headersTimeout === 0 && server.requestTimeout === 0) return;
  for (const { socket } of server[kConnections].expired(server.headersTimeout, server.requestTimeout)) {
    if (socket) socketOnError.call(socket, new codes.ERR_HTTP_REQUEST_TIMEOUT());
  }
}

module.exports = { checkConnections, connectionListener, kConnections, kServerResponse };
