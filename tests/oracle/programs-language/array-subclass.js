// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
class Stack extends Array {
  peek() { return this[this.length - 1]; }
  static get [Symbol.species]() { return this === Plain ? Array : this; }
}
class Plain extends Stack {}
const stack = Stack.from([1, 2, 3]);
for (const made of [stack.map((x) => x * 2), stack.filter((x) => x > 1), stack.slice(1), stack.concat([4]), stack.splice(0, 1)]) {
  console.log(made instanceof Stack, made.length, made.peek(), made.constructor.name);
}
console.log(stack, Stack.of(7).peek(), new Stack(3).length);
const plain = Plain.of(1, 2);
console.log(plain.map((x) => x) instanceof Plain, plain.map((x) => x) instanceof Array, Array.isArray(plain));
