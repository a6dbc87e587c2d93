// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
function* count(limit) { try { for (let i = 0; i < limit; i++) { const sent = yield i; if (sent) console.log('got', sent); } return 'done'; } finally { console.log('cleanup'); } }
const generator = count(3);
console.log(generator.next(), generator.next('hello'), generator.return('early'), generator.next());
console.log([...count(2)], Array.from(count(1)), Object.prototype.toString.call(generator), generator[Symbol.iterator]() === generator);
function* delegating() { const result = yield* count(1); yield result; yield* [10, 20]; yield* 'ab'; }
console.log([...delegating()]);
const thrower = count(5);
thrower.next();
try { thrower.throw(new Error('into')); } catch (error) { console.log(error.message); }
for (const value of count(5)) { if (value === 1) break; }
const [first, ...others] = (function* () { yield 1; yield 2; yield 3; })();
console.log(first, others, Math.max(...count(4)));
const fibonacci = { *[Symbol.iterator]() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } } };
const taken = [];
for (const number of fibonacci) { if (number > 50) break; taken.push(number); }
console.log(taken);
try { generator.next.call(1); } catch (error) { console.log(error.name); }
