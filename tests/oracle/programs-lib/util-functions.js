// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const util = require('util');
const attempt = (label, body) => { try { console.log(label, body()); } catch (error) { console.log(label, error.name, error.code, error.message); } };

const twice = util.promisify((value, callback) => callback(value < 0 ? new Error('negative') : null, value * 2, 'extra'));
const custom = () => {}; custom[util.promisify.custom] = () => Promise.resolve('custom');
function withThis(callback) { callback(null, this.tag); }
console.log(util.promisify(custom)() instanceof Promise, util.promisify(twice) !== twice, twice.name, util.promisify(setTimeout).name);
attempt('promisify', () => util.promisify(5)); attempt('custom', () => { const f = () => {}; f[util.promisify.custom] = 5; return util.promisify(f); });
const back = util.callbackify(async (value) => { if (value === null) throw null; if (value < 0) throw new Error('neg'); return value + 1; });
console.log(back.length, util.callbackify(async function named(a, b) {}).name); attempt('callbackify', () => util.callbackify('x')); attempt('callback', () => back(1));
(async () => {
  console.log(await twice(2), await twice(-1).catch((error) => error.message), await util.promisify(withThis).call({ tag: 't' }), await util.promisify(custom)());
  await new Promise((resolve) => { back(1, (error, value) => { console.log(error, value); resolve(); }); });
  await new Promise((resolve) => { back(-1, (error) => { console.log(error.message); resolve(); }); });
  await new Promise((resolve) => { back(null, (error) => { console.log(error.code, error.message, error.reason); resolve(); }); });
  console.log(await util.promisify(setTimeout)(1, 'later'), await util.promisify(setImmediate)('soon'));
  const controller = new AbortController(); const waiting = util.aborted(controller.signal, {}); controller.abort(); await waiting; console.log('aborted');
})();

function Parent() {} Parent.prototype.hi = function() { return 'hi'; }; function Child() {} util.inherits(Child, Parent);
console.log(new Child().hi(), Child.super_ === Parent, new Child() instanceof Parent); attempt('inherits', () => util.inherits(Child, null)); attempt('inherits', () => util.inherits(null, Parent)); attempt('inherits', () => util.inherits(Child, {}));
process.on('warning', (warning) => console.log('warning', warning.name, warning.code, warning.message));
const old = util.deprecate((a) => a + 1, 'old() is old', 'DEP9'); console.log(old(1), old(2)); const old2 = util.deprecate(function F() { this.x = 1; }, 'F is old'); console.log(new old2().x); attempt('deprecate', () => util.deprecate(() => {}, 'm', 5));
console.log(util.debuglog('x').enabled, typeof util.debuglog('y'), util.isArray([]), util.isDeepStrictEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), util.isDeepStrictEqual([1], ['1']));
console.log(util.stripVTControlCharacters('\u001b[31mred\u001b[0m'), util.toUSVString('a\ud800b\ud83d\ude00'), util.getSystemErrorName(-2), util.getSystemErrorMap().get(-13)); attempt('errno', () => util.getSystemErrorName(5)); attempt('strip', () => util.stripVTControlCharacters(5));
console.log(JSON.stringify(util.styleText('red', 'x', { validateStream: false })), JSON.stringify(util.styleText(['bold', 'underline'], 'x', { validateStream: false }))); attempt('style', () => util.styleText('nocolor', 'x'));
console.log(util._extend({ a: 1 }, { b: 2 }), util.isError(new Error()), util.isPrimitive(null), util.isObject({}), util.isRegExp(/x/), util.inspect.custom, util.promisify.custom);

console.log('--- types');
const { types } = util;
const samples = { date: new Date(), regexp: /x/, map: new Map(), set: new Set(), weakmap: new WeakMap(), weakset: new WeakSet(), promise: Promise.resolve(), proxy: new Proxy({}, {}), error: new TypeError(), args: (function() { return arguments; })(), buffer: new ArrayBuffer(1), view: new DataView(new ArrayBuffer(1)), u8: new Uint8Array(1), f64: new Float64Array(1), boxedN: Object(1), boxedS: Object('s'), boxedB: Object(true), boxedY: Object(Symbol('s')), gen: (function* () {})(), genf: function* () {}, async: async () => {}, mapIterator: new Map().keys(), setIterator: new Set().values(), plain: {}, array: [], fn: () => {} };
for (const name of Object.keys(types)) if (!/Key$|External|BigInt/.test(name)) console.log(name, Object.keys(samples).filter((key) => types[name](samples[key])).join());

console.log('--- parseArgs');
const options = { verbose: { type: 'boolean', short: 'v' }, out: { type: 'string', short: 'o', default: 'a.out' }, many: { type: 'string', multiple: true, short: 'm' }, no: { type: 'boolean' } };
for (const args of [[], ['-v', '--out', 'x', 'pos'], ['-vo', 'y'], ['-oz', '--many=1', '-m', '2'], ['--', '-v'], ['--verbose=1'], ['--out'], ['--unknown'], ['-x'], ['--out', '-v'], ['--no-verbose']]) {
  attempt(JSON.stringify(args), () => util.parseArgs({ args, options, allowPositionals: true }));
}
attempt('strict', () => util.parseArgs({ args: ['pos'], options })); attempt('loose', () => util.parseArgs({ args: ['--x=1', '--y', 'z'], strict: false })); attempt('negative', () => util.parseArgs({ args: ['--no-verbose'], options, allowNegative: true })); attempt('tokens', () => util.parseArgs({ args: ['-vv', '--out=1', 'p', '--', 'q'], options, tokens: true, allowPositionals: true }).tokens);
attempt('type', () => util.parseArgs({ options: { a: { type: 'number' } } })); attempt('short', () => util.parseArgs({ options: { a: { type: 'string', short: 'ab' } } })); attempt('default', () => util.parseArgs({ options: { a: { type: 'string', default: 1 } } })); attempt('args', () => util.parseArgs({ args: 'x' }));

console.log('--- text');
console.log(new TextEncoder(), new TextDecoder(), new TextEncoder().encode('aé€😀\ud800'), new TextEncoder().encodeInto('é€😀', new Uint8Array(6)));
const decode = (bytes, encoding, settings) => JSON.stringify(new TextDecoder(encoding, settings).decode(new Uint8Array(bytes)));
console.log(decode([0xef, 0xbb, 0xbf, 0x61]), decode([0xef, 0xbb, 0xbf, 0x61], 'utf-8', { ignoreBOM: true }), decode([0x61, 0xff, 0xe2, 0x82, 0x62]), decode([0xf0, 0x9f, 0x98]), decode([0xed, 0xa0, 0x80]), decode([0xc0, 0x80]), decode([0xf4, 0x90, 0x80, 0x80]));
console.log(decode([0x61, 0, 0x3d, 0xd8, 0, 0xde], 'utf-16le'), decode([0x61, 0, 0x3d, 0xd8], 'utf-16le'), decode([0x80, 0xe9], 'latin1'), new TextDecoder(' UTF8 ').encoding, new TextDecoder('ascii').encoding);
attempt('fatal', () => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff]))); attempt('label', () => new TextDecoder('klingon')); attempt('input', () => new TextDecoder().decode(5)); attempt('this', () => TextEncoder.prototype.encode.call({}, 'x'));
const streaming = new TextDecoder(); console.log([[0xf0, 0x9f], [0x98, 0x80, 0xc3], [0xa9]].map((part, i) => streaming.decode(new Uint8Array(part), { stream: i < 2 })).join('|'), new TextDecoder().decode(new Uint8Array([104, 105]).buffer));
