// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A thousand immediates an iteration.
const count = Number(process.argv[2]);
let done = 0;
function round() {
  for (let i = 0; i < 999; ++i) setImmediate(() => { ++done; });
  setImmediate(() => (++done < count ? round() : console.log(done)));
}
round();
