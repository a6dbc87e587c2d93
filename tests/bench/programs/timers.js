// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Ten thousand timers of one duration at a time.
const count = Number(process.argv[2]);
let done = 0;
function round() {
  for (let i = 0; i < 9999; ++i) setTimeout(() => { ++done; }, 1);
  setTimeout(() => (++done < count ? round() : console.log(done)), 1);
}
round();
