// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const tries = [
  () => new Array(-1), () => new Array(1.5), () => { [].length = -1; },
  () => (1).toFixed(101), () => (1).toFixed(-1), () => (1).toPrecision(0), () => (1).toPrecision(101),
  () => (1).toString(1), () => (1).toString(37), () => (1).toExponential(101), () => new Date(NaN).toISOString(), () => new Uint8Array(-1), () => new Uint8Array(2).set([1, 2, 3]),
  () => new DataView(new ArrayBuffer(1)).getInt16(0), () => decodeURIComponent('%'), () => encodeURIComponent('\ud800'), () => 'x'.repeat(-1),
];
for (const attempt of tries) {
  try { console.log(attempt()); } catch (error) { console.log(error.name + ': ' + error.message); }
}
function forever() { return forever() + 1; }
try { forever(); } catch (error) { console.log(error.name + ': ' + error.message, error instanceof RangeError); }
