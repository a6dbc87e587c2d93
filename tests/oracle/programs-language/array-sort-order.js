// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const people = Array.from({ length: 40 }, (_, i) => ({ name: `p${i}`, age: (i * 7) % 5 }));
console.log(people.sort((a, b) => a.age - b.age).map((p) => p.name).join());
const calls = [];
[5, 2, 8, 1, 9, 3].sort((a, b) => { calls.push(`${a}:${b}`); return a - b; });
console.log(calls.join(' '));
const more = [];
Array.from({ length: 30 }, (_, i) => (i * 17) % 31).sort((a, b) => { more.push(`${a}:${b}`); return a - b; });
console.log(more.length, more.slice(0, 20).join(' '), more.slice(-20).join(' '));
console.log([3, undefined, 1, , 2].sort(), [10, 9, 1, 'b', 'a', true, null].sort(), ['B', 'a', 'C'].sort(), [1, 2, 3].sort(() => 0));
const big = Array.from({ length: 1000 }, (_, i) => [(i * 7919) % 10, i]).sort((x, y) => x[0] - y[0]);
console.log(big.every((item, i) => i === 0 || big[i - 1][0] < item[0] || (big[i - 1][0] === item[0] && big[i - 1][1] < item[1])));
try { [1, 2].sort(null); } catch (error) { console.log(error.message); }
console.log([2, 1].sort(undefined), [2, 1, 3].sort((a, b) => a < b));
const object = { length: 3, 0: 'c', 1: 'a' };
console.log(Array.prototype.sort.call(object));
