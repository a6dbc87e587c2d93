// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const { setTimeout: wait, setImmediate: soon, setInterval: every, scheduler } = require('timers/promises');
(async () => {
  console.log(await wait(1, 'a'), await wait(), await soon('b'), await scheduler.wait(1), await scheduler['yield']());
  for (const call of [() => wait('x'), () => wait(1, 1, 5), () => wait(1, 1, { signal: 5 }), () => wait(1, 1, { ref: 1 }), () => soon(1, { signal: {} }), () => wait(1, 1, { signal: AbortSignal.abort('why') })]) {
    await call().then(console.log, (error) => console.log(error.name, error.code, error.message, error.cause));
  }
  const controller = new AbortController();
  const pending = wait(50, 'late', { signal: controller.signal }).catch((error) => error.name);
  const immediate = soon('x', { signal: controller.signal }).catch((error) => error.message);
  controller.abort();
  console.log(await pending, await immediate);
  let count = 0;
  for await (const value of every(1, 'tick')) { console.log(value, ++count); if (count === 3) break; }
  const stop = new AbortController();
  try { for await (const value of every(1, ++count, { signal: stop.signal })) { console.log(value); stop.abort(); } } catch (error) { console.log(error.name); }
  const iterator = every(1); console.log(await iterator.next(), await iterator.return(5), await iterator.next(), Object.prototype.toString.call(iterator));
  await every('x').next().catch((error) => console.log(error.code));
  const order = [];
  await Promise.all([wait(1).then(() => order.push('t')), soon().then(() => order.push('i')), new Promise((resolve) => { setImmediate(resolve); }).then(() => order.push('I'))]);
  console.log(order.filter((x) => x !== 't'), order.length);
  wait(100000, 'never', { ref: false });
})();
