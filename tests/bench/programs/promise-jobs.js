// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One promise reaction after the other.
const count = Number(process.argv[2]);
let done = 0;
function step() {
  if (++done < count) Promise.resolve().then(step);
  else console.log(done);
}
step();
