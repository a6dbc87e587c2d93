// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const map = new Map([[NaN, 'nan'], [0, 'zero'], ['0', 'text'], [{}, 'object']]);
console.log(map.get(NaN), map.get(-0), map.get('0'), map.get({}), map.size, [...map.keys()], map.delete(NaN), map.delete(NaN), map.has(NaN), map);
const removing = new Map([[1, 'a'], [2, 'b'], [3, 'c']]);
const seen = [];
for (const [key] of removing) { seen.push(key); removing.delete(key); if (key < 3) removing.set(key + 10, ''); }
console.log(seen, removing.size);
const set = new Set([1, 2, 3]);
const order = [];
set.forEach((value) => { order.push(value); if (value === 1) { set.delete(2); set.add(9); } });
console.log(order, set, [...set.entries()], new Set('hello').size, [...new Set([3, 1, 3])]);
const iterator = map.entries();
map.clear();
console.log(iterator.next(), map.size, Object.prototype.toString.call(iterator), new Map(null).size, map.set(1, 2) === map, set.add(1) === set);
const large = new Map(Array.from({ length: 5000 }, (_, i) => [`key${i}`, i]));
for (let i = 0; i < 5000; i += 2) large.delete(`key${i}`);
console.log(large.size, large.get('key4999'), large.get('key0'), [...large].slice(0, 2), Math.max(...large.values()));
class Counter extends Map { add(key) { return this.set(key, (this.get(key) || 0) + 1); } }
console.log(new Counter().add('a').add('a').add('b'), new Counter([['x', 1]]).add('x').get('x'));
const failures = [
  () => new Map([1]),
  () => new Map(5),
  () => Map.prototype.get.call({}, 1),
  () => Set.prototype.add.call(new Map(), 1),
  () => new Set().forEach(1),
  () => Map(),
];
for (const bad of failures) {
  try { bad(); } catch (error) { console.log(error.name + ': ' + error.message); }
}
