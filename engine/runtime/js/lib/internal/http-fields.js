// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The fields of a message's head: what may be in them, and how they are written.

const { http: native } = require('../../core/binding');
const { Buffer } = require('../buffer');
const { utcDate } = require('./http');
const { codes } = require('./http-errors');

const kUniqueHeaders = Symbol('kUniqueHeaders');
const closeExpression = /(?:^|\W)close(?:$|\W)/i;
const chunkedExpression = /(?:^|\W)chunked(?:$|\W)/i;

/** Fields that say something about the rest of the message. */
const telling = Object.create(null);
for (const key of ['connection', 'transfer-encoding', 'content-length', 'date', 'expect', 'trailer', 'keep-alive']) telling[key] = true;

function validateHeaderName(name, label) {
  if (typeof name !== 'string' || !native.isToken(name)) throw new codes.ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
}

function validateHeaderValue(name, value) {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (!native.isFieldValue(value)) throw new codes.ERR_INVALID_CHAR('header content', name);
}

function parseUniqueHeadersOption(names) {
  return Array.isArray(names) ? new Set(names.map((name) => name.toLowerCase())) : null;
}

function isContentDisposition(name) {
  return name.length === 19 && name.toLowerCase() === 'content-disposition';
}

/** Writes the head of `message` and notes what the fields say about the rest of it. */
class HeadWriter {
  constructor(message, firstLine) {
    this.message = message;
    this.text = firstLine;
    this.hasConnection = false;
    this.hasLength = false;
    this.hasTransferEncoding = false;
    this.hasDate = false;
    this.hasExpect = false;
    this.hasTrailer = false;
  }

  /** Fields of setHeader, which has looked at them. */
  addOwn(fields) {
    for (const key in fields) {
      const entry = fields[key];
      const value = entry[1];
      if (typeof value === 'object' || key === 'content-disposition') {
        this.add(entry[0], value, false);
      } else {
        this.text += `${entry[0]}: ${value}\r\n`;
        if (telling[key] === true) this.note(key, value);
      }
    }
  }

  addGiven(fields) {
    if (!Array.isArray(fields)) {
      for (const name of Object.keys(fields)) this.add(name, fields[name], true);
    } else if (fields.length > 0 && Array.isArray(fields[0])) {
      for (const [name, value] of fields) this.add(name, value, true);
    } else {
      if (fields.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', fields);
      for (let index = 0; index < fields.length; index += 2) this.add(fields[index], fields[index + 1], true);
    }
  }

  add(name, value, isUnchecked) {
    if (isUnchecked) validateHeaderName(name);
    const { message } = this;
    // RFC 6266, 4.3: as Latin-1
    if (message._contentLength && isContentDisposition(name)) {
      if (Array.isArray(value)) value.forEach((item, index) => { value[index] = Buffer.from(item, 'latin1'); });
      else value = Buffer.from(value, 'latin1');
    }
    if (!Array.isArray(value)) {
      this.write(name, value, isUnchecked);
      return;
    }
    const isOneField = (value.length > 1 && name.toLowerCase() === 'cookie') ||
      (message[kUniqueHeaders] && message[kUniqueHeaders].has(name.toLowerCase()));
    if (isOneField) this.write(name, value.join('; '), isUnchecked);
    else for (const item of value) this.write(name, item, isUnchecked);
  }

  write(name, value, isUnchecked) {
    if (isUnchecked) validateHeaderValue(name, value);
    this.text += `${name}: ${value}\r\n`;
    if (name.length < 4 || name.length > 17) return;
    const key = name.toLowerCase();
    if (telling[key] === true) this.note(key, value);
  }

  note(name, value) {
    const { message } = this;
    switch (name) {
      case 'connection':
        this.hasConnection = true;
        message._removedConnection = false;
        if (closeExpression.test(value)) message._last = true;
        else message.shouldKeepAlive = true;
        break;
      case 'transfer-encoding':
        this.hasTransferEncoding = true;
        message._removedTE = false;
        if (chunkedExpression.test(value)) message.chunkedEncoding = true;
        break;
      case 'content-length':
        this.hasLength = true;
        message._contentLength = Number(value);
        message._removedContLen = false;
        break;
      case 'date':
        this.hasDate = true;
        break;
      case 'expect':
        this.hasExpect = true;
        break;
      case 'trailer':
        this.hasTrailer = true;
        break;
      case 'keep-alive':
        message._defaultKeepAlive = false;
        break;
      default:
    }
  }

  /** Date, Connection and Keep-Alive. */
  addConnection() {
    const { message } = this;
    if (message.sendDate && !this.hasDate) this.text += `Date: ${utcDate()}\r\n`;
    // These have no body and so no chunks either; what a proxy might make of them is cut off with the connection.
    if (message.chunkedEncoding && (message.statusCode === 204 || message.statusCode === 304)) {
      message.chunkedEncoding = false;
      message.shouldKeepAlive = false;
    }
    if (message._removedConnection) {
      message._last = !message.shouldKeepAlive;
      return;
    }
    if (this.hasConnection) return;
    const keepsAlive = message.shouldKeepAlive && (this.hasLength || message.useChunkedEncodingByDefault || message.agent);
    if (!keepsAlive) {
      message._last = true;
      this.text += 'Connection: close\r\n';
    } else if (message.maxRequestsOnConnectionReached) {
      this.text += 'Connection: close\r\n';
    } else {
      this.text += 'Connection: keep-alive\r\n';
      if (message._keepAliveTimeout && message._defaultKeepAlive) {
        const most = message._maxRequestsPerSocket;
        this.text += `Keep-Alive: timeout=${Math.floor(message._keepAliveTimeout / 1000)}${~~most > 0 ? `, max=${most}` : ''}\r\n`;
      }
    }
  }

  /** How the other side knows where the body ends. */
  addBodyLength() {
    const { message } = this;
    if (this.hasLength || this.hasTransferEncoding) return;
    if (!message._hasBody) {
      message.chunkedEncoding = false;
    } else if (!message.useChunkedEncodingByDefault) {
      message._last = true;
    } else if (!this.hasTrailer && !message._removedContLen && typeof message._contentLength === 'number') {
      this.text += `Content-Length: ${message._contentLength}\r\n`;
    } else if (!message._removedTE) {
      this.text += 'Transfer-Encoding: chunked\r\n';
      message.chunkedEncoding = true;
    } else {
      message._last = true; // it ends with the connection
    }
  }
}

/** The head of a response without fields of its own, where nothing was set that is not as ever; undefined if HeadWriter has to look. */
function plainHead(message, firstLine) {
  const { _contentLength: length, _keepAliveTimeout: timeout } = message;
  if (!message.sendDate || !message.shouldKeepAlive || !message.useChunkedEncodingByDefault || !message._hasBody || typeof length !== 'number' ||
      !timeout || message._maxRequestsPerSocket > 0 || message.maxRequestsOnConnectionReached || message.chunkedEncoding ||
      message._removedConnection || message._removedContLen || !message._defaultKeepAlive) return undefined;
  return `${firstLine}Date: ${utcDate()}${keepAliveText(timeout)}${length}\r\n\r\n`;
}

let keptTimeout;
let keptText;

function keepAliveText(timeout) {
  if (keptTimeout !== timeout) {
    keptTimeout = timeout;
    keptText = `\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(timeout / 1000)}\r\nContent-Length: `;
  }
  return keptText;
}

module.exports = { HeadWriter, kUniqueHeaders, parseUniqueHeadersOption, plainHead, validateHeaderName, validateHeaderValue };
