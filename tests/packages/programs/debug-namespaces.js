// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: debug
// does: Enables namespaces by pattern, formats, extends, and logs to a function of the program.
const debug = require('debug');

const lines = [];
debug.log = (...given) => lines.push(require('util').format(...given).replace(/\+\d+ms/, '+ms').replace(/^\S+Z/, '<time>'));
debug.enable('app:*,-app:quiet,db');
const app = debug('app:server');
const quiet = debug('app:quiet');
app('listening on %d, %s, %j', 80, 'x', { a: 1 });
quiet('never seen');
debug('db')('query %o', { nested: { list: [1, 2] } });
app.extend('child')('from the child');
debug.formatters.h = (value) => value.toString('hex');
app('bytes %h', Buffer.from('hi'));
app(new Error('an error').message);
console.log(lines, app.enabled, quiet.enabled, debug.enabled('app:x'));
console.log(debug.disable(), app.enabled);
app('not any more');
console.log(lines.length, debug.coerce(new Error('x')).startsWith('Error: x'), debug.humanize(90000));
debug.enable('only');
const own = debug('only');
own.log = (text) => console.log('own log', text.includes('hello'));
own('hello');
