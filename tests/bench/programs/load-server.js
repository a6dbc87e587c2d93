// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// A server for clients from outside. Prints its port, as tests/clients/server.js does.
const server = require('http').createServer({ keepAliveTimeout: 600000 }, (request, response) => response.end('hello world'));
server.listen(0, '127.0.0.1', 4096, () => console.log(JSON.stringify({ plain: server.address().port })));
