// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Carries out what fetch asks for, with http: undici's own way to the network needs WebAssembly. Its interface is undici's `Dispatcher`.

const http = require('../http');
const { Buffer } = require('../buffer');

/** How long undici keeps a connection that waits, ms. */
const keepAliveTimeout = 4000;

const bytesOf = (fields) => fields.map((text) => Buffer.from(text, 'latin1'));

/** Fields in undici's order: Host and Connection before the others, the body's length after them. */
function fieldsOf(url, { body, headers, upgrade }) {
  const fields = ['host', url.host, 'connection', upgrade ? 'upgrade' : 'keep-alive'];
  if (upgrade) fields.push('upgrade', upgrade);
  let length;
  for (const name of Object.keys(headers)) {
    if (name === 'content-length') length = headers[name];
    else for (const value of [].concat(headers[name])) fields.push(name, value);
  }
  if (length !== undefined) fields.push('content-length', length);
  else if (body) fields.push('transfer-encoding', 'chunked');
  return fields;
}

/** One request between its handler, undici's, and http. */
class Exchange {
  constructor(agent, options, handler) {
    this.handler = handler;
    this.isOver = false;
    const url = new URL(`${options.origin}`.replace(/\/$/, '') + options.path);
    if (url.protocol !== 'http:') {
      this.fail(new Error(`not supported by Loopscope: fetch of ${url.protocol}`));
      return;
    }
    this.request = http.request({
      agent,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || 80,
      method: options.method,
      path: options.path,
      headers: fieldsOf(url, options),
    });
    this.listen();
    this.sendBody(options.body);
  }

  listen() {
    const { handler, request } = this;
    request.on('socket', (socket) => {
      const begin = () => handler.onConnect((reason) => this.abort(reason));
      if (socket.connecting) socket.once('connect', begin);
      else begin();
    });
    request.on('error', (error) => this.fail(error));
    request.on('information', ({ statusCode, statusMessage, rawHeaders }) =>
      handler.onHeaders(statusCode, bytesOf(rawHeaders), () => {}, statusMessage));
    request.on('upgrade', (response, socket) => {
      this.isOver = true;
      handler.onUpgrade(response.statusCode, bytesOf(response.rawHeaders), socket);
    });
    request.on('response', (response) => this.receive(response));
  }

  receive(response) {
    const { handler } = this;
    if (handler.onResponseStarted) handler.onResponseStarted();
    response.on('error', (error) => this.fail(error));
    const goesOn = handler.onHeaders(response.statusCode, bytesOf(response.rawHeaders), () => response.resume(), response.statusMessage);
    response.on('data', (bytes) => {
      if (!this.isOver && handler.onData(bytes) === false) response.pause();
    });
    if (goesOn === false) response.pause();
    response.on('end', () => {
      if (this.isOver) return;
      this.isOver = true;
      handler.onComplete(bytesOf(response.rawTrailers));
    });
  }

  async sendBody(body) {
    const { request } = this;
    if (!body) {
      request.end();
      return;
    }
    try {
      for await (const piece of body) {
        if (this.isOver) return;
        if (!request.write(piece)) await new Promise((resolve) => request.once('drain', resolve).once('close', resolve));
      }
      request.end();
    } catch (error) {
      this.abort(error);
    }
  }

  abort(reason) {
    if (this.isOver) return;
    this.request.destroy();
    this.fail(reason === undefined || reason === null ? new Dispatcher.errors.RequestAbortedError() : reason);
  }

  fail(error) {
    if (this.isOver) return;
    this.isOver = true;
    const isCut = error.code === 'ECONNRESET' && error.syscall === undefined; // http's word for it
    this.handler.onError(isCut ? new Dispatcher.errors.SocketError('other side closed') : error);
  }
}

class Dispatcher {
  constructor() {
    this.agent = new http.Agent({ keepAlive: true, timeout: keepAliveTimeout });
  }

  dispatch(options, handler) {
    new Exchange(this.agent, options, handler);
    return true;
  }

  close() {
    this.agent.destroy();
    return Promise.resolve();
  }

  destroy() {
    return this.close();
  }
}

module.exports = { Dispatcher };
