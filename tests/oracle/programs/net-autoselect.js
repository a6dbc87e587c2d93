// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const lookup = (list) => (host, options, callback) => { console.log(host, options.all, options.hints); process.nextTick(callback, null, list); };
const server = net.createServer((s) => s.end());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const client = net.connect({ port, host: 'two.example', lookup: lookup([{ address: '127.0.0.2', family: 4 }, { address: '127.0.0.1', family: 4 }]) });
  for (const name of ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connectionAttemptTimeout'])
    client.on(name, (...a) => console.log(name, ...a.map((x) => (x === port ? 'PORT' : x instanceof Error ? x.code : x))));
  client.on('connect', () => console.log('connected', client.autoSelectFamilyAttemptedAddresses.map((a) => a.replace(port, 'PORT'))));
  client.resume();
  client.on('close', () => server.close(() => {
    const second = net.connect({ port, host: 'none.example', lookup: lookup([{ address: '127.0.0.2', family: 4 }, { address: '127.0.0.1', family: 4 }]) });
    second.on('error', (e) => console.log(e.name, e.code, e.message, e.errors.map((x) => x.message.replace(port, 'PORT'))));
    second.on('close', () => {
      for (const [bad, name] of [[[{ address: 'x', family: 4 }], 'ip'], [[{ address: '127.0.0.1', family: 5 }], 'family']])
        net.connect({ port, host: name, lookup: lookup(bad) }).on('error', (e) => console.log(name, e.code, e.message.replace(port, 'PORT')));
    });
  }));
});
