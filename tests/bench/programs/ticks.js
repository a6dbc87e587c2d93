// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const count = Number(process.argv[2]);
let done = 0;
(function step() {
  if (++done < count) process.nextTick(step);
  else console.log(done);
})();
