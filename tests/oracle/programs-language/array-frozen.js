// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const frozen = Object.freeze([1, 2]);
for (const action of [() => frozen.push(3), () => frozen.pop(), () => frozen.unshift(0), () => { frozen.length = 0; }]) {
  try { console.log('no error', action()); } catch (error) { console.log(error.name); }
}
console.log(frozen, frozen.concat(3), frozen.map((x) => x + 1), Object.isFrozen(frozen));
