// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// As many promises as asked for, about, in all the ways they come from each other; one job in ten never ends.
const count = Number(process.argv[2]);
const promisesAJob = 14;

async function load(number) {
  await null;
  if (number % 10 === 0) await new Promise(() => {});
  return Promise.resolve(number);
}

function job(number) {
  const chain = Promise.resolve(number).then((n) => n + 1).then((n) => n * 2).catch(() => 0).finally(() => {});
  return Promise.all([chain, load(number)]).then(([one, other]) => one + other);
}

for (let number = 1; number <= count / promisesAJob; ++number) job(number);
