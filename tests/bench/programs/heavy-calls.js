// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// CPU-heavy, and nothing but calls: Fibonacci numbers in rounds of 21891 calls, a callback each.
'use strict';
function fibonacci(n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}
let left = Number(process.argv[2]);
let sum = 0;
setImmediate(function round() {
  sum += fibonacci(20);
  if (--left > 0) setImmediate(round);
  else console.log(sum);
});
