// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const util = require('util');
const f = util.format;
console.log(f(), f(''), f('a'), f('a', 'b'), f(1, 'a', { b: 1 }));
console.log(f('%s', 'x'), f('%s %s', 'x'), f('%s', 'x', 'y', { z: 1 }), f('%%', 1), f('%', 1), f('100%'), f('%%s%s', 'a'));
console.log(f('%d %d %d %d', 42, '42', 'x', -0), f('%i %i', 42.9, '13px'), f('%f %f', '1.50', 'x'));
console.log(f('%j %j', { a: [1] }, 'text'), f('%o', { a: [1, { b: {} }] }), f('%O', { a: { b: { c: { d: {} } } } }));
console.log(f('%s', null), f('%s', undefined), f('%s', Symbol('s')), f('%s', { a: 1 }), f('%s', [1, [2, [3]]]));
console.log(f('%s', -0), f('%s', 12345678901234567890), f('%s', new Date(0)), f('%s', { toString() { return 'own'; } }));
class Named { toString() { return 'named!'; } }
console.log(f('%s', new Named()), f('%s', Object.create(null)), f('%s', new (class extends Named {})()));
console.log(f('%c styled', 'color: red'), f('%x', 1), f('a%', 'b'), f('%s%', 'a'), f('%s', new Error('boom').message));
const circular = {}; circular.me = circular;
console.log(f('%j', circular));
console.log(f('%s %s', 'a', 'b', 'c', 4, { d: 5 }), f({ a: 1 }, 'b', '%s'), f('%o', function name() {}));
console.log(util.formatWithOptions({ compact: false }, 'v %O', { a: 1 }), util.formatWithOptions({ colors: true }, '%s %O', 5, 5));
console.log('%s is %d years and %i, %f, %j %o %O %%', 'Bob', 42, 42.5, 1.5, { a: 1 }, [1], { b: 2 }, 'extra');
console.log('a\nb', 1, '\n'); console.log(); console.log(''); console.log(undefined, null, -0, 0); console.log(-0); console.log(Symbol('x')); console.log([]); console.log('%s');
console.info('info'); console.debug('debug %d', 1); console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); console.dirxml({ a: 1 }, [2]);
console.group('G1'); console.log('in g1\nsecond line'); console.group(); console.log({ a: 1, b: ['x'.repeat(30), 'y'.repeat(40)] }); console.groupEnd(); console.log('back'); console.groupEnd(); console.groupEnd(); console.log('out');
console.groupCollapsed('collapsed'); console.log(1); console.groupEnd();
console.count(); console.count(); console.count('x'); console.countReset(); console.count(); console.count(undefined); console.count(null);
console.table([[1, 2], [3, 4]]); console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]); console.table([1, 'two', { three: 3 }]); console.table(new Map([['a', 1], ['b', { c: 2 }]])); console.table(new Set([1, 'x']));
console.table([{ a: 1, b: 2 }, { a: 3, b: 4 }], ['b']); console.table({ r1: { c: 1 }, r2: { c: 2 } }); console.table('text'); console.table([]); console.table([['日本', 1]]); console.table([{ a: { b: 1 } }, { a: [1, 2, 3, 4] }]);
console.table([{ 10: 'x', 2: 'y', a: 'z' }]);
console.assert(true, 'not shown'); console.log(typeof console.Console, console instanceof console.Console, Object.prototype.toString.call(console));
const written = [];
const { Console } = console;
const own = new Console({ ignoreErrors: false, stdout: { write: (text) => written.push(`o:${text}`) }, stderr: { write: (text) => written.push(`e:${text}`) } });
own.log('a', { b: 1 }); own.error('bad %s', 'thing'); own.group('g'); own.warn('w\nx'); own.groupEnd(); own.assert(false); own.assert(false, 'msg %s', 'x'); own.assert(false, { o: 1 }); own.table([1]);
console.log(written);
const wide = new Console({ ignoreErrors: false, stdout: { write: (text) => written.push(text) }, groupIndentation: 4, inspectOptions: { compact: false } });
wide.group('x'); wide.log({ a: 1 }); console.log(written.slice(-2));
for (const make of [() => new Console({}), () => new Console({ stdout: {} }), () => new Console({ stdout: process.stdout, colorMode: 'x' }), () => new Console({ stdout: process.stdout, groupIndentation: -1 }), () => console.table([], 'x')]) {
  try { make(); console.log('no error'); } catch (error) { console.log(error.name, error.code, error.message); }
}
