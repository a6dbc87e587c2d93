// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// For the wall clock: works at a steady pace, about half a million recorded events a second (at detail "statements"), for as many seconds.
const seconds = Number(process.argv[2] || 8);
const worksEachSecond = 29500;
let begun = 0;
let ended = 0;
async function work() {
  await null;
  ++ended;
}
const start = performance.now();
function pace() {
  const passed = (performance.now() - start) / 1000;
  const due = passed * worksEachSecond;
  for (let burst = 0; begun < due && burst < 2000; ++burst) {
    ++begun;
    work();
  }
  if (passed < seconds) setTimeout(pace, 1);
  else console.log(ended);
}
pace();
