// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log(JSON.stringify({ a: undefined, b: () => 1, c: Symbol(), d: NaN, e: new Date(0), f: [undefined, () => 1], g: null }), JSON.stringify(undefined), JSON.stringify('\u2028\ud800\u0007"'), JSON.stringify({ toJSON: (key) => `k${key}` }));
console.log(JSON.stringify({ a: [1, { b: 2 }], c: {} , d: [] }, null, 2), JSON.stringify([1, [2]], null, '--'), JSON.stringify({ a: 1, b: 2, c: { a: 3, d: 4 } }, ['a', 'c']), JSON.stringify({ a: 1, b: 'x' }, (key, value) => (typeof value === 'number' ? value * 2 : value)));
console.log(JSON.stringify(Object('s')), JSON.stringify([new Number(1), new Boolean(false)]), JSON.stringify(new Map([[1, 2]])), JSON.stringify({ [Symbol('s')]: 1 }), JSON.stringify('a'.repeat(3), null, 20));
const circle = { name: 'c' };
circle.self = circle;
try { JSON.stringify(circle); } catch (error) { console.log(error.message); }
const long = { a: { b: { c: { d: [0] } } } };
long.a.b.c.d.push(long.a);
try { JSON.stringify(long); } catch (error) { console.log(error.message); }
class Node { constructor() { this.children = [{ parent: this }]; } }
try { JSON.stringify([new Node()]); } catch (error) { console.log(error.message); }
