// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What client and server share: the parser and what it tells an IncomingMessage.

const { http: native } = require('../core/binding');
const { IncomingMessage, readStart, readStop } = require('./_http_incoming');

/** The methods that llhttp knows. */
const methods = [
  'DELETE', 'GET', 'HEAD', 'POST', 'PUT', 'CONNECT', 'OPTIONS', 'TRACE', 'COPY', 'LOCK', 'MKCOL', 'MOVE', 'PROPFIND', 'PROPPATCH', 'SEARCH',
  'UNLOCK', 'BIND', 'REBIND', 'UNBIND', 'ACL', 'REPORT', 'MKACTIVITY', 'CHECKOUT', 'MERGE', 'M-SEARCH', 'NOTIFY', 'SUBSCRIBE', 'UNSUBSCRIBE',
  'PATCH', 'PURGE', 'MKCALENDAR', 'LINK', 'UNLINK', 'SOURCE', 'QUERY',
];

const kIncomingMessage = Symbol('IncomingMessage');
const defaultMaxHeaderPairs = 2000;
// Node's parser hands over longer lists of fields in pieces of 32 and takes no further one once there are enough.
const pieceOfFields = 64;

function limitFields(parser, fields) {
  const limit = parser.maxHeaderPairs;
  if (limit > 0 && fields.length > pieceOfFields) {
    const most = Math.ceil(limit / pieceOfFields) * pieceOfFields;
    if (fields.length > most) fields.length = most;
  }
  return fields;
}

function parserOnHead(versionMajor, versionMinor, fields, method, url, statusCode, statusMessage, upgrade, shouldKeepAlive, marks) {
  const { socket } = this;
  const server = socket ? socket.server : undefined;
  const Message = (server && server[kIncomingMessage]) || IncomingMessage;
  const incoming = this.incoming = new Message(socket);
  incoming.httpVersionMajor = versionMajor;
  incoming.httpVersionMinor = versionMinor;
  incoming.httpVersion = versionMajor === 1 ? (versionMinor === 1 ? '1.1' : '1.0') : `${versionMajor}.${versionMinor}`;
  incoming.joinDuplicateHeaders = (server && server.joinDuplicateHeaders) || this.joinDuplicateHeaders;
  incoming.url = url === undefined ? '' : url;
  incoming.upgrade = upgrade;
  let count = fields.length;
  if (count > pieceOfFields) count = limitFields(this, fields).length;
  if (this.maxHeaderPairs > 0 && count > this.maxHeaderPairs) count = this.maxHeaderPairs;
  incoming._addHeaderLines(fields, count);
  if (method !== undefined) {
    incoming.method = method;
  } else {
    incoming.statusCode = statusCode;
    incoming.statusMessage = statusMessage;
  }
  return this.onIncoming(incoming, shouldKeepAlive, marks);
}

function parserOnBody(begin, end) {
  const stream = this.incoming;
  if (stream === null || stream._dumped) return;
  if (!stream.push(this.packet.subarray(begin, end))) readStop(this.socket);
}

function parserOnMessageComplete(trailers) {
  const stream = this.incoming;
  if (stream !== null) {
    stream.complete = true;
    if (trailers !== undefined) {
      limitFields(this, trailers);
      stream._addHeaderLines(trailers, trailers.length);
    }
    stream._end();
  }
  readStart(this.socket);
}

/** llhttp behind an object; one message after the other of one connection. */
function HTTPParser() {
  const parser = native.makeParser(HTTPParser.prototype, parserOnHead, parserOnBody, parserOnMessageComplete);
  cleanParser(parser);
  return parser;
}
native.installParserMethods(HTTPParser.prototype);
HTTPParser.REQUEST = 1;
HTTPParser.RESPONSE = 2;

function cleanParser(parser) {
  parser.socket = null;
  parser.incoming = null;
  parser.outgoing = null;
  parser.packet = null;
  parser.waiting = null;
  parser.maxHeaderPairs = defaultMaxHeaderPairs;
  parser.onIncoming = null;
  parser.joinDuplicateHeaders = null;
  parser.connections = undefined;
}

/** Runs the parser over `bytes`: how many of them it took, or an Error. `isCallback`: nothing else happens in this callback of a handle. Bytes that come while it is at work have their turn afterwards. */
HTTPParser.prototype.run = function(bytes, isCallback) {
  if (this.packet !== null) {
    if (this.waiting === null) this.waiting = [];
    this.waiting.push(bytes);
    return bytes.length;
  }
  try {
    let next = bytes;
    for (;;) {
      this.packet = next;
      const result = this.execute(next, isCallback);
      if (this.waiting === null || result !== next.length) return result;
      next = this.waiting.shift();
      if (this.waiting.length === 0) this.waiting = null;
    }
  } finally {
    this.packet = null;
    this.waiting = null;
  }
};

const parsers = {
  name: 'parsers',
  max: 1000,
  list: [],
  hasItems() {
    return this.list.length > 0;
  },
  alloc() {
    return this.list.length > 0 ? this.list.pop() : new HTTPParser();
  },
  free(parser) {
    if (this.list.length >= this.max || parser.isExecuting()) return false;
    this.list.push(parser);
    return true;
  },
};

/** Takes the parser out of what it was linked to and keeps it for another connection. */
function freeParser(parser, req, socket) {
  if (parser) {
    if (parser.connections !== undefined) parser.connections.remove(parser);
    cleanParser(parser);
    parsers.free(parser);
  }
  if (req) req.parser = null;
  if (socket) socket.parser = null;
}

function prepareError(error, parser, rawPacket) {
  error.rawPacket = rawPacket;
  if (typeof error.reason === 'string') error.message = `Parse Error: ${error.reason}`;
}

module.exports = {
  _checkInvalidHeaderChar: (value) => !native.isFieldValue(value),
  _checkIsHttpToken: native.isToken,
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  CRLF: '\r\n',
  freeParser,
  methods,
  parsers,
  kIncomingMessage,
  HTTPParser,
  isLenient: () => false,
  prepareError,
};
