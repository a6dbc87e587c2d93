// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: through2
// does: Transforms text and objects in pipelines, flushes, passes errors on.
const { Readable, pipeline } = require('stream');
const { default: through2 } = require('through2');

const upper = through2((chunk, encoding, callback) => callback(null, chunk.toString().toUpperCase()));
const exclaim = through2(function (chunk, encoding, callback) { this.push(chunk); callback(); }, function (callback) { this.push('!'); callback(); });
upper.pipe(exclaim).setEncoding('utf8').on('data', (text) => console.log('text', text)).on('end', objects);
upper.write('hello ');
upper.end('world');

function objects() {
    const double = through2.obj(function (n, encoding, callback) { if (n % 2) this.push({ n, double: n * 2 }); setTimeout(callback, 2); });
    const all = [];
    double.on('data', (it) => all.push(it)).on('end', () => { console.log(all); broken(); });
    Readable.from([1, 2, 3, 4, 5]).pipe(double);
}

function broken() {
    const fails = through2.obj((n, encoding, callback) => callback(n > 1 ? new Error(`bad ${n}`) : null, n));
    pipeline(Readable.from([1, 2, 3]), fails, through2.obj(), (error) => {
        console.log(error.message, fails.destroyed);
        const Counter = through2.ctor({ objectMode: true }, function (it, encoding, callback) { this.count = (this.count || 0) + 1; callback(null, it); });
        const counter = new Counter();
        counter.on('data', () => {}).on('close', () => console.log('count', counter.count));
        counter.write('a');
        counter.end('b');
    });
}
