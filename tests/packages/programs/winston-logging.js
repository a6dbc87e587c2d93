// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: winston
// does: Logs with formats, levels, transports, children, exceptions and profiling to streams, files and its own transport.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { Writable } = require('stream');
const winston = require('winston');
const Transport = require('winston-transport');

const { combine, colorize, errors, json, label, printf, simple, splat, uncolorize } = winston.format;
const lines = [];
const stream = new Writable({ write(chunk, encoding, callback) { lines.push(chunk.toString().trim()); callback(); } });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'winston-'));
class Memory extends Transport {
    entries = [];
    log(info, callback) { this.entries.push(info[Symbol.for('message')]); setImmediate(() => this.emit('logged', info)); callback(); }
}
const memory = new Memory({ level: 'error' });
const logger = winston.createLogger({
    level: 'debug',
    defaultMeta: { service: 'test' },
    format: combine(errors({ stack: false }), splat(), json()),
    transports: [new winston.transports.Stream({ stream }), memory, new winston.transports.File({ filename: path.join(folder, 'log.txt'), format: combine(label({ label: 'file' }), printf((info) => `[${info.label}] ${info.level}: ${info.message}`)) })],
});
logger.info('hello %s', 'world', { extra: 1 });
logger.log('warn', 'a warning', { nested: { a: [1] } });
logger.log({ level: 'debug', message: 'as an object' });
logger.silly('not seen');
logger.error(new Error('an error'));
logger.child({ request: 7 }).info('from a child');
const secret = winston.format((info) => info.private ? false : { ...info, message: info.message.toUpperCase() });
logger.add(new winston.transports.Console({ format: combine(secret(), colorize(), simple()) }));
logger.info('to the console', { n: 1 });
logger.info('hidden', { private: true });
console.log(logger.isDebugEnabled(), logger.isLevelEnabled('silly'), logger.levels, logger.transports.length);
const custom = winston.createLogger({ levels: { bad: 0, good: 1 }, level: 'good', transports: [new winston.transports.Stream({ stream, format: combine(colorize({ colors: { good: 'green' } }), uncolorize(), simple()) })] });
custom.good('custom levels');
logger.end();
logger.on('finish', () => setTimeout(() => {
    console.log(lines.join('\n'));
    console.log(memory.entries);
    console.log(fs.readFileSync(path.join(folder, 'log.txt'), 'utf8'));
    fs.rmSync(folder, { recursive: true });
}, 100));
