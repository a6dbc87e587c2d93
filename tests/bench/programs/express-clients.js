// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// CLIENTS clients, each with a connection of its own that it keeps, ask an express app, REQUESTS in all: express-clients.js CLIENTS REQUESTS.
// Between two requests a client thinks for a while. Express lies among the packages of tests/packages.

const http = require('http');
const path = require('path');
const { createRequire } = require('module');

const express = createRequire(path.join(__dirname, '../../packages/programs/x.js'))('express');
const clients = Number(process.argv[2]);
const requests = Number(process.argv[3]);

const app = express();
app.use(express.json());
app.get('/items/:id', (request, response) => {
  response.json({ id: request.params.id, name: `item ${request.params.id}`, tags: ['a', 'b'] });
});
app.post('/items', (request, response) => {
  response.status(201).json({ stored: request.body.name });
});

const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: clients });
let asked = 0;
let answered = 0;
let bytes = 0;

function ask(port, client) {
  if (asked === requests) return;
  const number = asked++;
  const posts = number % 10 === 9;
  const body = posts ? JSON.stringify({ name: `new ${number}` }) : '';
  const options = { agent, port, host: '127.0.0.1', method: posts ? 'POST' : 'GET', path: posts ? '/items' : `/items/${number % 1000}` };
  if (posts) options.headers = { 'Content-Type': 'application/json', 'Content-Length': body.length };
  const request = http.request(options, (response) => {
    if (response.statusCode !== (posts ? 201 : 200)) throw new Error(`status ${response.statusCode}`);
    response.on('data', (part) => { bytes += part.length; });
    response.on('end', () => {
      if (++answered === requests) finish();
      else setTimeout(ask, 50 + (client % 100), port, client);
    });
  });
  request.end(body);
}

function finish() {
  console.log(`${clients} clients, ${answered} requests answered, ${bytes} bytes`);
  agent.destroy();
  server.close();
}

const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  for (let client = 0; client < clients; ++client) setTimeout(ask, client / 10, port, client);
});
