// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The few functions of v8 that programs use without needing V8: sizes of the heap, and copies of values.

const binding = require('../core/binding');

function unsupported(name) {
  return Object.defineProperty(() => {
    throw new Error(`not supported by Loopscope: v8.${name}`);
  }, 'name', { value: name });
}

function getHeapStatistics() {
  const [, total, used, external] = binding.memoryUsage();
  return {
    total_heap_size: total, total_heap_size_executable: 0, total_physical_size: total, total_available_size: 4345298944,
    used_heap_size: used, heap_size_limit: 4345298944, malloced_memory: 0, peak_malloced_memory: 0, does_zap_garbage: 0,
    number_of_native_contexts: 1, number_of_detached_contexts: 0, total_global_handles_size: 0,
    used_global_handles_size: 0, external_memory: external,
  };
}

module.exports = {
  cachedDataVersionTag: () => 0,
  getHeapStatistics,
  setFlagsFromString() {},
};
for (const name of ['serialize', 'deserialize', 'getHeapSnapshot', 'getHeapSpaceStatistics', 'writeHeapSnapshot',
                    'takeCoverage', 'stopCoverage']) module.exports[name] = unsupported(name);
