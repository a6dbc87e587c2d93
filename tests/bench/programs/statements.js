// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Ten statements a round; programs/expressions.js does the same with one.
const rounds = Number(process.argv[2]) / 10;
let a = 0;
for (let i = 0; i < rounds; ++i) {
  a = a + 1;
  a = a + 2;
  a = a + 3;
  a = a + 4;
  a = a + 5;
  a = a - 5;
  a = a - 4;
  a = a - 3;
  a = a - 2;
  a = a - 1;
}
console.log(a, rounds);
