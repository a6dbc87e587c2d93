// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const server = net.createServer();
server.listen(0, '127.0.0.1', () => { console.log(process.getActiveResourcesInfo().filter((n) => /TCP/.test(n))); server.unref(); console.log('unref', process.getActiveResourcesInfo().filter((n) => /TCP/.test(n))); });
process.on('exit', () => console.log('exit while listening', server.listening));
