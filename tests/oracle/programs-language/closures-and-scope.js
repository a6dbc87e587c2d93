// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const functions = [];
for (let i = 0; i < 3; i++) functions.push(() => i);
var shared = [];
for (var j = 0; j < 3; j++) shared.push(() => j);
console.log(functions.map((f) => f()), shared.map((f) => f()), typeof hoisted, hoisted(), typeof later);
function hoisted() { return 'hoisted'; }
var later = 1;
{ function blockFunction() { return 'block'; } let scoped = 1; const also = 2; console.log(scoped + also); }
console.log(blockFunction(), typeof scoped);
const counter = (() => { let count = 0; return { up: () => ++count, get count() { return count; } }; })();
counter.up();
counter.up();
console.log(counter.count, (function fact(n) { return n <= 1 ? 1 : n * fact(n - 1); })(5), (() => { try { return 'try'; } finally { console.log('finally'); } })());
const result = (() => { try { throw new Error('x'); } catch { return 'caught'; } finally { console.log('after'); } })();
console.log(result, (() => { for (;;) { try { break; } finally { console.log('left'); } } return 'end'; })());
function defaults(a, b = a * 2, c = () => a + b) { a = 100; return [a, b, c()]; }
console.log(defaults(1), defaults(1, 5), defaults.length);
if (true) { var leaked = 'leaked'; }
console.log(leaked, this === module.exports, (function() { return typeof this; })(), (() => this === module.exports)());
