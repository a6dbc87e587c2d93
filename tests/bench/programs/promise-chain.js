// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Chains of a hundred reactions each.
const count = Number(process.argv[2]);
let done = 0;
const add = () => { ++done; };
(function chain() {
  let last = Promise.resolve();
  for (let i = 0; i < 100; ++i) last = last.then(add);
  last.then(() => (done < count ? setImmediate(chain) : console.log(done)));
})();
