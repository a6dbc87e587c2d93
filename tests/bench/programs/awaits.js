// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const count = Number(process.argv[2]);
(async () => {
  let done = 0;
  while (done < count) {
    await null;
    ++done;
  }
  console.log(done);
})();
