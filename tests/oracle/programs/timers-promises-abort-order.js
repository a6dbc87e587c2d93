// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How many jobs an aborted (or finished) promise of timers/promises takes to reach its handler.
const timersPromises = require('timers/promises');
const { EventEmitter, once } = require('events');

const controller = new AbortController();
const { signal } = controller;
const show = (name) => (result) => console.log(name, result instanceof Error ? result.name : result);
const countJobs = async (title) => {
  console.log(title);
  for (let job = 1; job <= 8; ++job) {
    await null;
    console.log('job', job);
  }
};
timersPromises.setTimeout(1000, 'timeout', { signal }).then(show('timeout'), show('timeout'));
timersPromises.setImmediate('immediate', { signal: new AbortController().signal }).then(show('immediate'));
once(new EventEmitter(), 'never', { signal }).catch(show('once'));
setImmediate(countJobs, 'after the immediate');
setTimeout(() => {
  controller.abort();
  countJobs('after the abort');
}, 5);
