// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A rejection is told in the async context its promise was made in, and is told even if it is handled while its turn comes.
const { AsyncLocalStorage } = require('async_hooks');

const storage = new AsyncLocalStorage();
const batch = [];
process.on('unhandledRejection', (reason) => {
  console.log('unhandled', reason, storage.getStore());
  if (reason === 'first') batch[1].catch(() => console.log('handled while its turn comes'));
});
process.on('rejectionHandled', (promise) => console.log('handled late', batch.indexOf(promise)));

storage.run('created here', () => {
  Promise.reject('at once');
  new Promise((resolve, reject) => setImmediate(reject, 'by an immediate'));
  (async () => { await null; throw 'by an async function'; })();
  Promise.resolve().then(() => { throw 'by a reaction'; });
});
let rejectElsewhere;
storage.run('created here', () => new Promise((resolve, reject) => { rejectElsewhere = reject; }));
storage.run('rejected here', () => rejectElsewhere('made there, rejected elsewhere'));
setTimeout(() => batch.push(...['first', 'second', 'third'].map((reason) => Promise.reject(reason))), 100);
setTimeout(() => batch[0].catch(() => {}), 200);
