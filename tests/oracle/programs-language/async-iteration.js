// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const source = { async *[Symbol.asyncIterator]() { yield 1; yield Promise.resolve(2); yield 3; } };
(async () => {
  for await (const value of source) console.log(value);
  for await (const value of [Promise.resolve('a'), 'b']) console.log(value);
  async function* numbers() { try { yield 1; yield 2; } finally { console.log('finalized'); } }
  for await (const value of numbers()) { console.log(value); break; }
  const generator = numbers();
  console.log(await generator.next(), await generator.return('x'), await generator.next(), Object.prototype.toString.call(generator), Symbol.asyncIterator in generator);
  try { for await (const value of 5) console.log(value); } catch (error) { console.log(error.name); }
  async function* delegating() { const result = yield* numbers(); yield result; yield* [7, 8]; }
  const collected = [];
  for await (const value of delegating()) collected.push(value);
  console.log(collected);
})();
console.log('sync end');
