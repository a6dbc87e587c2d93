// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The frames of Node's own code in a stack: which of them stand for our functions, and which are below the callbacks that our loop calls. Their places
// are those of the Node.js that process.version names.

const commonjs = require('./commonjs');
const { EventEmitter } = require('./events');

const requireFrames = ['Module.require (node:internal/modules/cjs/loader:1289:19)', 'require (node:internal/modules/helpers:182:18)'];
const timerFrames = ['listOnTimeout (node:internal/timers:581:17)', 'process.processTimers (node:internal/timers:519:7)'];

// By TaskKind (engine/recording/Event.h).
const belowTask = {
  2: timerFrames,
  3: timerFrames,
  4: ['process.processImmediate (node:internal/timers:483:21)'],
  5: ['process.processTicksAndRejections (node:internal/process/task_queues:77:11)'],
};

function functionsLikeNode(runMain) {
  const { Module, run } = commonjs;
  return new Map([
    [run, ['Module._compile (node:internal/modules/cjs/loader:1521:14)']],
    [Module._extensions['.js'], ['Module._extensions..js (node:internal/modules/cjs/loader:1623:10)']],
    [Module.prototype.load, ['Module.load (node:internal/modules/cjs/loader:1266:32)']],
    [Module._load, ['Module._load (node:internal/modules/cjs/loader:1091:12)']],
    [runMain, ['Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:164:12)', 'node:internal/main/run_main_module:28:49']],
    [EventEmitter.prototype.emit, { file: 'node:events', line: 524, column: 28, functionName: 'emit' }],
  ]);
}

/** Makes the function that turns the frames of a stack into those that Node would show. */
function makeTranslator(runMain) {
  const known = functionsLikeNode(runMain);
  return (frames) => {
    const shown = [];
    const add = (lines) => { for (const text of lines) shown.push({ text }); };
    frames.forEach((frame, index) => {
      if (!frame.isRuntime) {
        shown.push(frame);
        return;
      }
      const counterpart = known.get(frame.function);
      if (counterpart === undefined) return;
      if (!Array.isArray(counterpart)) {
        shown.push(Object.assign(frame, counterpart));
        return;
      }
      add(counterpart);
      const caller = frames.slice(index + 1).find(({ function: called }) => called !== undefined && (called === runMain || !known.has(called)));
      if (frame.function === commonjs.Module._load && caller !== undefined && caller.function !== runMain) add(requireFrames);
    });
    const isAsync = shown.length > 0 && shown[shown.length - 1].isAsync;
    if (!isAsync && belowTask[frames.task] !== undefined) add(belowTask[frames.task]);
    return shown;
  };
}

module.exports = { makeTranslator };
