// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Memory that threads share, and how they wait for each other with Atomics.

const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');

if (isMainThread) {
  const shared = new SharedArrayBuffer(64);
  const cells = new Int32Array(shared);
  const count = 3;
  let left = count;
  for (let i = 0; i < count; ++i) {
    const worker = new Worker(__filename, { workerData: { cells, index: i } });
    worker.on('exit', () => {
      if (--left > 0) return;
      console.log(cells[0], cells[1], Array.from(cells.slice(4, 4 + count)));
    });
  }
  // Nobody goes on before all are there.
  while (Atomics.load(cells, 1) < count) Atomics.wait(cells, 1, Atomics.load(cells, 1), 50);
  Atomics.store(cells, 2, 1);
  Atomics.notify(cells, 2);
  console.log(Atomics.wait(cells, 15, 1), Atomics.wait(cells, 15, 0, 5), Atomics.notify(cells, 15));
  for (const wrong of [() => Atomics.wait(new Int32Array(4), 0, 0, 0), () => Atomics.wait(cells, 99, 0, 0)]) {
    try {
      wrong();
    } catch (error) {
      console.log(error.name, error.message);
    }
  }
} else {
  const { cells, index } = workerData;
  Atomics.add(cells, 1, 1);
  Atomics.notify(cells, 1);
  Atomics.wait(cells, 2, 0);
  for (let i = 0; i < 1000; ++i) Atomics.add(cells, 0, 1);
  cells[4 + index] = index * 10;
}
