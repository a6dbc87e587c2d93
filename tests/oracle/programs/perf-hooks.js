// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// perf_hooks: histograms, functions that are timed, and compression as a web stream.
'use strict';
const { PerformanceObserver, createHistogram, monitorEventLoopDelay, performance } = require('perf_hooks');

const histogram = createHistogram();
for (let i = 1; i < 3000; i += 7) histogram.record(i);
histogram.record(123456789n);
console.log(histogram, histogram.percentile(50), histogram.percentile(100), histogram.percentileBigInt(99), histogram.countBigInt, JSON.stringify(histogram));
const other = createHistogram({ lowest: 1, highest: 1000, figures: 2 });
other.record(5);
other.record(5000);
console.log(other.count, other.exceeds, other.max, other.stddev);
histogram.add(other);
console.log(histogram.count, histogram.min, histogram.max);
histogram.reset();
console.log(histogram);
for (const call of [() => histogram.record(0), () => histogram.record('1'), () => histogram.percentile(0), () => createHistogram({ figures: 9 }), () => histogram.add({}),
                    () => monitorEventLoopDelay({ resolution: 0 }), () => performance.timerify(5), () => performance.timerify(() => {}, { histogram: {} })]) {
  try {
    console.log(call());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(performance.eventLoopUtilization());

const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) console.log(entry.name, entry.entryType, entry.detail, entry[0], entry.duration >= 0);
  observer.disconnect();
});
observer.observe({ entryTypes: ['function'] });
const timed = performance.timerify(function add(a, b) { return a + b; }, { histogram });
console.log(timed(1, 2), timed.name, timed.length, histogram.count);

const delays = monitorEventLoopDelay({ resolution: 10 });
console.log(delays.enable(), delays.enable(), delays.count);
setTimeout(() => {
  console.log(delays.disable(), delays.disable(), delays.count > 2, delays.max > 0);
  const used = performance.eventLoopUtilization();
  console.log(used.utilization >= 0 && used.utilization <= 1, Object.keys(used));
  compress();
}, 200);

async function compress() {
  const packed = new CompressionStream('gzip');
  const writer = packed.writable.getWriter();
  writer.write(Buffer.from('compressed '));
  writer.write(Buffer.from('stream'));
  writer.close();
  const parts = [];
  for await (const chunk of packed.readable.pipeThrough(new DecompressionStream('gzip'))) parts.push(Buffer.from(chunk));
  console.log(Buffer.concat(parts).toString());
  try {
    new CompressionStream('zip');
  } catch (error) {
    console.log(error.code, error.message);
  }
}
