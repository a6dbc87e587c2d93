// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What V4 gets wrong by itself: templates of objects, raw escapes, new Function, members named yield, several patterns among parameters.
const show = (f) => { try { return f(); } catch (e) { return `${e.name}: ${e.message}`; } };
const o = { toString() { return 'text'; }, valueOf() { return 'value'; } }; console.log(`${o}`, '' + o, `a${[1, 2]}b${{}}`, show(() => `${Symbol('s')}`), `${new Date(0)}`.length > 10, `${null} ${undefined}`);
console.log(show(() => new Function('a', 'b', 'return a ** b')(2, 5)), show(() => new Function('return {...{a:1}}')()), new Function('a', 'return a').toString(), new Function().name, show(() => new Function('return 2n ** 3n')()), show(() => Function('...a', 'return a.length')(1, 2, 3)), show(() => new Function('return typeof require + typeof module')()), typeof new Function('return async () => 1')()(), show(() => new Function('return (')), (new Function('a', 'b', '')).length, new Function() instanceof Function);
function tag(s, ...v) { return [s.raw.join('|'), s.map(String).join('|'), v, Object.isFrozen(s)]; }
console.log(tag`a\unicode ${1} \xerxes \n`, tag`${1}${2}`);
(async () => { const q = { yield() { return 4; }, get x() { return 1; }, async yield2() { } }; class Z { yield() { return 9; } static async *yield() { } } console.log(q.yield(), new Z().yield(), q.yield.name, Z.yield.name); })();
class A { set yield(v) { this.q = v; } get yield() { return this.q; } } const a = new A(); a.yield = 3; console.log(a.yield);
const f = async ({ a }, { b, c }, ...d) => [a, b, c, d]; f({ a: 1 }, { b: 2, c: 3 }, 4).then(console.log); (async function({ a }, { b, c }, d = a) { console.log(a, b, c, d, arguments.length); })({ a: 1 }, { b: 2 });
console.log(((a, { b }, [c], d = b) => [a, b, c, d])(1, { b: 2 }, [3]), (function({ a }, { b }, c) { return [a, b, c]; }).length, (({ a }, { b }, c = 1) => 0).length);
