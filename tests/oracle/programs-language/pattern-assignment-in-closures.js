// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Patterns that assign to variables of outer functions, which the function names nowhere else.
'use strict';

let first = 1;
let second = 2;
let rest;
(() => { [first, second] = [10, 20]; })();
console.log(first, second);
(function () { ({ first, second = 4, ...rest } = { first: 3, more: 5 }); return 1 + 1; })();
console.log(first, second, rest);
(() => { try { [first, [second], ...rest] = ['a', ['b'], 'c', 'd']; return String(0); } finally { void 0; } })();
console.log(first, second, rest);

function counters() {
  let low = 0;
  let high = 0;
  let key;
  const set = () => { [low, high] = [high + 1, low + 2]; };
  const walk = () => { for ([key, low] of [['x', 1], ['y', 2]]) ; for ({ length: high } in { four: 1 }) ; };
  const object = { set value(given) { ({ low, high } = given); } };
  return { set, walk, object, read: () => [low, high, key] };
}
const one = counters();
one.set();
one.set();
console.log(one.read());
one.walk();
console.log(one.read());
one.object.value = { low: 7, high: 8 };
console.log(one.read(), counters().read());

let name;
let unsafe;
(async () => {
  await null;
  [name, unsafe] = await Promise.all([1, 2]);
  for await ([name] of [['n']]) ;
  const late = () => { ({ name: unsafe } = { name: 'late' }); };
  late();
})().then(() => console.log(name, unsafe));
function* steps() { [first] = yield [second] = [9]; }
const walk = steps();
console.log(walk.next().value, second, walk.next(['sent']).done, first);
for (let i = 0; i < 2; ++i) { let own = i; const change = () => { [own] = [own + 5]; }; change(); console.log(own); }
console.log((([first] = [5]), first));
