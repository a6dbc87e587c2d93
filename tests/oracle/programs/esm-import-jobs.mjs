// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How many promise jobs an import() takes, in each state that a module can be in, and what its second argument may be.
import './modules/awaits.mjs';

async function count(title, start) {
  let jobs = 0;
  let goesOn = true;
  (async () => { while (goesOn) { await null; ++jobs; } })();
  const end = (outcome) => () => { goesOn = false; console.log(title, outcome, jobs); };
  await start().then(end('fulfilled'), end('rejected'));
  await new Promise((resolve) => setTimeout(resolve, 5));
}

await count('an async function', async () => {});
await count('evaluated as a dependency', () => import('./modules/awaits.mjs'));
await count('core module', () => import('node:path'));
await count('core module again', () => import('node:path'));
await count('throwing CommonJS', () => import('./modules/throws.cjs'));
await count('throwing CommonJS again', () => import('./modules/throws.cjs'));
await count('missing', () => import('./modules/missing.mjs'));
await import('./modules/awaits-and-throws.mjs').catch((error) => console.log(error.message));
await count('failed', () => import('./modules/awaits-and-throws.mjs'));
await count('no specifier', () => import({ toString() { throw new Error('no text'); } }));

for (const options of [3, null, { with: 3 }, { with: null }, { with: { type: 3 } }, { with: { type: 'css' } }, { with: { type: 'json' } }]) {
  await import('./modules/awaits.mjs', options).then(() => console.log('imported'), (error) => console.log(error.name, error.code, error.message.replace(/file:.*\//, '')));
}

// A module that asks for itself while it is evaluated, and waits for it.
import('./esm-import-jobs.mjs').then(() => console.log('this module is evaluated'));
console.log('last statement');
