// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The frames of Node's own code in a stack: which of them stand for our functions, and which are below the callbacks that our loop calls. Their places
// are those of the Node.js that process.version names.

const commonjs = require('./commonjs');
const { EventEmitter } = require('./events');
const { frameBelow, frameInstead } = require('../polyfills/stack-frames');

const requireFrames = ['Module.require (node:internal/modules/cjs/loader:1289:19)', 'require (node:internal/modules/helpers:182:18)'];
const timerFrames = ['listOnTimeout (node:internal/timers:581:17)', 'process.processTimers (node:internal/timers:519:7)'];

// By TaskKind (engine/recording/Event.h).
const belowTask = {
  2: timerFrames,
  3: timerFrames,
  4: ['process.processImmediate (node:internal/timers:483:21)'],
  5: ['process.processTicksAndRejections (node:internal/process/task_queues:77:11)'],
  6: [
    'node:internal/process/task_queues:140:7',
    'AsyncResource.runInAsyncScope (node:async_hooks:206:9)',
    'AsyncResource.runMicrotask (node:internal/process/task_queues:137:8)',
  ],
};

// Jobs, of which ticks may have been drained before.
const jobs = { 6: 'microtask', 7: 'reaction', 8: 'await', 9: 'thenable' };
const drain = 'process.processTicksAndRejections (node:internal/process/task_queues:95:5)';

function functionsLikeNode(runMain) {
  const { Module, run } = commonjs;
  return new Map([
    [run, ['Module._compile (node:internal/modules/cjs/loader:1521:14)']],
    [Module._extensions['.js'], ['Module._extensions..js (node:internal/modules/cjs/loader:1623:10)']],
    [Module.prototype.load, ['Module.load (node:internal/modules/cjs/loader:1266:32)']],
    [Module._load, ['Module._load (node:internal/modules/cjs/loader:1091:12)']],
    [runMain, ['Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:164:12)', 'node:internal/main/run_main_module:28:49']],
    [setTimeout, ['setTimeout (node:timers:140:3)']],
    [setInterval, ['setInterval (node:timers:210:3)']],
    [setImmediate, ['setImmediate (node:timers:283:3)']],
    [queueMicrotask, ['queueMicrotask (node:internal/process/task_queues:150:3)']],
    [process.nextTick, ['process.nextTick (node:internal/process/task_queues:104:3)']],
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
      const caller = frames[index + 1];
      if (!frame.isRuntime) {
        const below = frameBelow(frame, caller, frames.slice(index + 1).find(({ isRuntime }) => !isRuntime));
        shown.push(frame);
        if (below !== undefined) shown.push(below);
        return;
      }
      const counterpart = known.get(frame.function);
      if (counterpart === undefined) {
        const builtIn = frameInstead(frame, caller);
        if (builtIn !== undefined) shown.push(builtIn);
        else if (caller !== undefined && !caller.isRuntime && Array.isArray(known.get(caller.called))) add(known.get(caller.called));
        return;
      }
      if (!Array.isArray(counterpart)) {
        shown.push(Object.assign(frame, counterpart));
        return;
      }
      add(counterpart);
      const outer = frames.slice(index + 1).find(({ function: called }) => called !== undefined && (called === runMain || !known.has(called)));
      if (frame.function === commonjs.Module._load && outer !== undefined && outer.function !== runMain) add(requireFrames);
    });
    const below = (belowTask[frames.task] || []).concat(frames.isDrain && frames.task in jobs ? [drain] : []);
    const firstAsync = shown.findIndex(({ isAsync }) => isAsync);
    shown.splice(firstAsync < 0 ? shown.length : firstAsync, 0, ...below.map((text) => ({ text })));
    return shown;
  };
}

module.exports = { makeTranslator };
