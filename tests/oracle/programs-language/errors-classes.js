// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
class Base {}
class Derived extends Base { constructor(skip) { if (!skip) super(); } }
class Twice extends Base { constructor() { super(); super(); } }
const tries = [
  () => Base(),
  () => new Derived(true),
  () => new Twice(),
  () => { class Bad extends 5 {} return Bad; },
  () => Map(),
  () => Set(),
  () => WeakMap(),
  () => Promise(),
  () => Uint8Array(2),
  () => Symbol.prototype.toString.call(1),
  () => Object.defineProperty(1, 'a', {}),
  () => new Proxy(1, {}),
];
for (const attempt of tries) {
  try { console.log(attempt()); } catch (error) { console.log(error.name + ': ' + error.message); }
}
