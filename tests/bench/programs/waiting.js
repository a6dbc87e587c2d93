// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Hard on whoever shows a moment: every callback leaves a timer and a promise behind that wait to the end, so that millions do.
const rounds = Number(process.argv[2] || 1e9);
const never = () => {};
const hour = 3_600_000;
const keep = [];

async function wait(promise) {
  await promise;
}

let number = 0;
function more() {
  for (let burst = 0; burst < 100 && number < rounds; ++burst) {
    setTimeout(never, hour + (++number % 1000));
    keep.push(wait(new Promise(never)));
  }
  if (number < rounds) setImmediate(more);
}
more();
