// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const { a, b: { c = 5, ...others } = {}, ...rest } = { a: 1, b: { d: 2, e: 3 }, f: 4, g: 5 };
console.log(a, c, others, rest);
const [x, , y = 9, ...tail] = [1, 2, undefined, 4, 5];
console.log(x, y, tail, { ...{ p: 1 }, q: 2, ...null, ...'hi', ...[7] }, [...'ab', ...new Set([1]), ...new Map([[1, 2]])]);
const swap = ([first, second]) => [second, first];
console.log(swap([1, 2]), (({ length }) => length)('abcd'), ((...args) => args)(1, ...[2, 3]), Math.max(...[1, 5, 3]));
let m = 1;
let n = 2;
[m, n] = [n, m];
({ m, value: n = 7 } = { m: 10 });
console.log(m, n);
function options({ size = 'big', position: { x: px = 0, y: py = 0 } = {} } = {}) { return [size, px, py]; }
console.log(options(), options({ size: 's', position: { y: 3 } }));
for (const [key, { deep = 'none' }] of Object.entries({ one: { deep: 1 }, two: {} })) console.log(key, deep);
const key = 'dynamic';
const { [key]: dynamic = 'default', [`${key}2`]: second } = { dynamic2: 2 };
console.log(dynamic, second, { ...[1, 2] }, Object.assign({}, 'ab', null, [9]));
