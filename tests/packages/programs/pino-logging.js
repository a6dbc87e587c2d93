// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: pino
// does: Logs with levels, children, serializers, redaction, errors and a destination of its own.
const pino = require('pino');
const { Writable } = require('stream');

const lines = [];
const destination = new Writable({ write(chunk, encoding, callback) { lines.push(...chunk.toString().trim().split('\n')); callback(); } });
const logger = pino({ base: { app: 'test' }, timestamp: false, level: 'debug', redact: ['password', 'user.token', 'list[*].secret'], customLevels: { loud: 35 }, serializers: { req: (req) => `${req.method} ${req.url}`, err: pino.stdSerializers.err }, formatters: { level: (label) => ({ level: label }) }, mixin: () => ({ mixed: true }), messageKey: 'message' }, destination);
logger.info('hello %s, %d, %j, %o', 'world', 42, { a: 1 }, { b: [1] });
logger.trace('not seen');
logger.debug({ password: 'p', user: { token: 't', name: 'n' }, list: [{ secret: 1, open: 2 }] }, 'redacted');
logger.loud('custom level');
const child = logger.child({ module: 'child' }, { level: 'warn', serializers: { secret: () => '***' } });
child.info('not seen');
child.warn({ req: { method: 'GET', url: '/' }, secret: 1 }, 'from the child');
const error = Object.assign(new TypeError('wrong'), { code: 'E_WRONG' });
logger.error(error, 'failed');
logger.error({ err: error });
logger.fatal({ big: 10n > 5n, date: new Date(0), undefined, nested: { deep: { er: [null, NaN, Infinity] } }, text: 'quotes " and \u0001 control' });
console.log(lines.map((line) => { const it = JSON.parse(line); if (it.err) it.err.stack = it.err.stack.split('\n')[0]; return JSON.stringify(it); }).join('\n'));
console.log(logger.level, logger.isLevelEnabled('trace'), child.bindings(), logger.levels.values);
const seen = [];
logger.on('level-change', (label, value, before) => seen.push(label, value, before));
logger.level = 'silent';
logger.fatal('never');
console.log(seen, lines.length);
const transport = pino({ timestamp: false, base: null }, pino.multistream([{ stream: { write: (line) => process.stdout.write(`info+ ${line}`) } }, { level: 'error', stream: { write: (line) => process.stdout.write(`error+ ${line}`) } }]));
transport.info('to one');
transport.error('to both');
pino({ timestamp: false, base: null }, pino.destination({ dest: 1, sync: true })).info('to standard output');
