// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// CPU-heavy as a web application's code is: lists of objects sorted, filtered, grouped, and turned into JSON and back; a callback a round.
'use strict';
class Item {
  constructor(number) {
    this.number = number;
    this.key = (number * 7919) % 1009;
    this.name = 'item ' + number;
  }
  isWanted() { return this.key % 3 !== 0; }
}
function group(items) {
  const groups = new Map();
  for (const item of items) {
    if (!groups.has(item.key % 10)) groups.set(item.key % 10, []);
    groups.get(item.key % 10).push(item);
  }
  return groups;
}
function answer(count) {
  const items = [];
  for (let i = 0; i < count; ++i) items.push(new Item(i));
  const sorted = items.filter((item) => item.isWanted()).sort((a, b) => a.key - b.key);
  const text = JSON.stringify([...group(sorted)].map(([key, list]) => ({ key, list })));
  return JSON.parse(text).reduce((sum, { list }) => sum + list.length, 0);
}
let left = Number(process.argv[2]);
let sum = 0;
setImmediate(function round() {
  sum += answer(1000);
  if (--left > 0) setImmediate(round);
  else console.log(sum);
});
