// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const attempt = (f) => { try { return f(); } catch (error) { return `${error}`; } };
console.log(attempt(() => { 'abc'.foo = 1; }), attempt(() => { (5).foo = 1; }), attempt(() => { true.x = 1; }), attempt(() => { Symbol('q').x = 1; }));
console.log(attempt(() => { 'abc'.length = 1; }), attempt(() => { const s = 5; s.x += 2; }), attempt(() => { undefined.x = 1; }), attempt(() => { null.x = 1; }));
Object.defineProperty(Number.prototype, 'setMe', { set(value) { console.log('setter', typeof this, value); }, configurable: true });
console.log(attempt(() => { (5).setMe = 3; }));
class Point { get x() { return 1; } }
const frozen = Object.freeze({ a: 1 });
console.log(attempt(() => { frozen.a = 2; }), attempt(() => { frozen.b = 2; }), attempt(() => { ({ get a() { return 1; } }).a = 2; }), attempt(() => { new Point().x = 2; }));
console.log(attempt(() => { Object.create(frozen).a = 2; }), attempt(() => { Object.freeze(new Point()).y = 2; }), attempt(() => { Object.freeze([]).y = 2; }));
console.log(Function('"abc".x = 1; return "sloppy"')());
