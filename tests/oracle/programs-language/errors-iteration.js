// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const number = 5;
const object = {};
let nothing;
const tries = [
  () => { for (const x of number) console.log(x); },
  () => { for (const x of object) console.log(x); },
  () => { for (const x of nothing) console.log(x); },
  () => [...number],
  () => [...nothing],
  () => Math.max(...number),
  () => { const [a] = object; return a; },
  () => { const [a] = nothing; return a; },
  () => { const { a } = nothing; return a; },
  () => { const { a } = null; return a; },
  () => new Map([1]),
  () => new Set(5),
  () => Object.fromEntries(3),
];
for (const attempt of tries) {
  try { console.log(attempt()); } catch (error) { console.log(error.name + ': ' + error.message); }
}
