// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const keys = Array.from({ length: 100 }, (_, id) => ({ id }));
const weak = new WeakMap(keys.map((key) => [key, key.id * 2]));
console.log(keys.every((key) => weak.get(key) === key.id * 2), weak.get({}), weak.has(keys[5]), weak.delete(keys[5]), weak.has(keys[5]), weak.delete({}), weak);
const set = new WeakSet([keys[0]]);
console.log(set.has(keys[0]), set.has({}), set.add(keys[1]) === set, Object.prototype.toString.call(set));
for (const bad of [() => weak.set(1, 2), () => set.add('x'), () => new WeakMap([[1, 2]]), () => weak.set(null, 1)]) {
  try { bad(); } catch (error) { console.log(error.name + ': ' + error.message); }
}
const target = { alive: true };
const reference = new WeakRef(target);
console.log(reference.deref() === target, Object.prototype.toString.call(reference), WeakRef.length, reference.deref().alive);
const registry = new FinalizationRegistry(() => console.log('never at exit'));
console.log(registry.register(target, 'held', target), registry.unregister(target), registry.unregister({}), Object.prototype.toString.call(registry));
for (const bad of [() => new WeakRef(1), () => WeakRef(target), () => new FinalizationRegistry(), () => registry.register(1), () => registry.register(target, target)]) {
  try { bad(); } catch (error) { console.log(error.name); }
}
