// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const object = { value: 5, inner: {}, list: [1] };
const notFunction = 7;
const tries = [
  () => object.nothing(),
  () => object.value(),
  () => object.inner.missing(1, 2),
  () => object.list[0](),
  () => object['a-b'](),
  () => notFunction(),
  () => Math.nope(),
  () => 'text'.nope(),
  () => object.inner.a.b(),
  () => [].nope(),
  () => [1, 2].map(3),
  () => [1].forEach(),
  () => JSON.parse('{}').run(),
  () => new notFunction(),
  () => new object.value(),
  () => new Math.max(),
  () => new (() => 1)(),
];
for (const attempt of tries) {
  try { console.log(attempt()); } catch (error) { console.log(error.name + ': ' + error.message); }
}
