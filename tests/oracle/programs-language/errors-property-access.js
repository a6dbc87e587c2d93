// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const nothing = null;
let missing;
const holder = { inner: {} };
const tries = [
  () => nothing.name,
  () => missing.name,
  () => holder.inner.deep.deeper,
  () => nothing[0],
  () => missing['two words'],
  () => missing.call(),
  () => nothing.method(1),
  () => { nothing.x = 1; },
  () => { missing.y = 2; },
  () => { missing[3] = 1; },
];
for (const attempt of tries) {
  try { attempt(); } catch (error) { console.log(error.name + ': ' + error.message); }
}
