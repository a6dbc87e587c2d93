// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const tag = (value) => Object.prototype.toString.call(value);
console.log([null, undefined, 1, 'a', true, Symbol(), [], {}, () => 1, function* () {}, new Date(0), /a/, new Error('x'), new Map(), new Set(), new WeakMap(), Promise.resolve(), Math, JSON, Reflect, new Proxy({}, {}), new Proxy([], {}), new Proxy(() => 1, {}), new Uint8Array(1), new ArrayBuffer(1), (function() { return arguments; })(), globalThis].map(tag).join());
console.log(tag({ [Symbol.toStringTag]: 'Mine' }), `${new (class { get [Symbol.toStringTag]() { return 'Own'; } })()}`, tag((function* () {})()), tag(new Map().keys()), tag([][Symbol.iterator]()), tag('a'.matchAll(/a/g)));
console.log(tag(async () => {}), tag(async function* () {}), tag((async function* () {})()));
