// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Errors that nobody caught and rejections that nobody handled, by Node 20's rules (lib/internal/process/{execution,promises}.js).

const binding = require('./binding');
const lib = require('./lib');
const process = require('./process');
const stdio = require('./stdio');
const { emitProcessEvent } = require('./process-events');
const { stackWithEmission, wasEmitted } = require('./emitted-errors');
const { isBuiltIn } = require('../polyfills/stack-frames');

const { handleUncaught } = process[Symbol.for('loopscope.process')];

const isErrorLike = (value) => typeof value === 'object' && value !== null && Object.prototype.hasOwnProperty.call(value, 'stack');

const inspect = (value, options) => lib.require('util').inspect(value, options);

/** As Node prints what ended the process: its own way of being shown does not count. */
function inspectError(error) {
  return inspect(error, { customInspect: false, depth: Math.max(lib.require('util').inspect.defaultOptions.depth, 5) });
}

/** The place line above an uncaught error: "file:line", the source line, a caret. */
function sourceExcerpt(error) {
  const frames = binding.errorFrames(error);
  return excerptAt(frames && frames[0]);
}

function excerptAt(place) {
  if (!place || !place.line) return '';
  const line = binding.sourceLine(place.file, place.line);
  if (!line) return '';
  const indentation = line.slice(0, Math.max(0, place.column - 1)).replace(/[^\t]/g, ' ');
  return `${place.file}:${place.line}\n${line}\n${indentation}^\n`;
}

const withBlankLine = (excerpt) => (excerpt === '' ? '' : `${excerpt}\n`);

/** Prints what Node does for an error that ends the process. `cause`: as of process events. */
function report(error, cause) {
  binding.asInternal('report of the error', cause, () => writeReport(error, cause));
}

function writeReport(error, cause) {
  const { head, shown, hint } = isErrorLike(error) || binding.isError(error) ? partsOfError(error, cause !== true) : partsOfValue(error);
  binding.recordError(shown === '' ? String(error) : shown, cause);
  stdio.writeRaw('stderr', `${head}${shown}\n${hint}\nNode.js ${process.version}\n`);
}

function partsOfError(error, fromPromise) {
  if (error.loopscopeReport !== undefined) {
    // It ends with the message, and names the place as the compiler found it.
    const shown = /[^\n]*$/.exec(error.loopscopeReport)[0];
    return { head: error.loopscopeReport.slice(0, -shown.length), shown, hint: '' };
  }
  const head = headOfError(error, fromPromise);
  if (wasEmitted(error)) error.stack = stackWithEmission(error);
  return { head, shown: inspectError(error), hint: '' };
}

function headOfError(error, fromPromise) {
  if (fromPromise && error.code === 'ERR_UNHANDLED_REJECTION') {
    return 'node:internal/process/promises:389\n      new UnhandledPromiseRejection(reason);\n      ^\n\n';
  }
  // What is no error of V8's has its place above it without a line between.
  if (!binding.isError(error)) return `\n${excerptAt(binding.lastStatement(true))}`;
  const heads = require('./node-heads');
  if (wasEmitted(error)) return heads.emitted;
  if (binding.jsonFailure !== undefined && binding.jsonFailure.error === error) return heads.headOfJson(binding.jsonFailure);
  // The statement that ran last before it came here tells where it was thrown.
  const last = fromPromise ? undefined : binding.lastStatement(true);
  if (last !== undefined && /^throw\b/.test(last.text)) return withBlankLine(excerptAt(last));
  const frames = binding.stackOf(error) || [];
  const person = frames.findIndex(({ isRuntime }) => !isRuntime);
  if (fromPromise && (person < 0 || frames[person].isAsync)) return heads.headOfRejection(error);
  if (error.code === 'ERR_MODULE_NOT_FOUND') return heads.headOfOwnError(error, '');
  const owner = frames[(person < 0 ? frames.length : person) - 1];
  const own = owner === undefined || isBuiltIn(owner, frames[person]) ? undefined : heads.headOfOwnError(error, ownName(owner));
  return own === undefined ? withBlankLine(sourceExcerpt(error)) : own;
}

const ownName = ({ function: called }) => (typeof called === 'function' ? called.name : '');

/** No error object, so no stack: the place is where the task had got to. */
function partsOfValue(value) {
  const head = `\n${excerptAt(binding.lastStatement(true))}`;
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') return { head, shown: inspect(value), hint: '' };
  return {
    head,
    shown: typeof value === 'symbol' ? '' : String(value), // Node has no words for a symbol
    hint: '(Use `node --trace-uncaught ...` to show where the exception was thrown)\n',
  };
}

/** A handler of uncaught errors threw itself. Called by C++. */
function onFailedHandler(error) {
  report(error, true);
}

/** In a worker nothing is printed: the error becomes an event of the Worker. */
function failWorker(error, cause) {
  const shown = isErrorLike(error) ? String(error.stack) : String(error);
  binding.asInternal('report of the error', cause, () => binding.recordError(shown, cause));
  if (error !== null && typeof error === 'object' && error.loopscopeReport !== undefined) delete error.loopscopeReport;
  lib.require('internal/worker-thread').tellError(error);
}

/** An error reached the loop. Called by C++. */
function onUncaught(error, fromPromise) {
  if (binding.isError(error)) binding.translate(error);
  const cause = fromPromise ? reportedPromise : true;
  const handled = handleUncaught(error, fromPromise ? 'unhandledRejection' : 'uncaughtException', cause);
  if (handled) {
    // Node sees to the remaining ticks soon: an immediate that does nothing opens a callback scope.
    setImmediate(() => {});
    return;
  }
  if (!binding.loops.isWorker) report(error, cause);
  let code = 1;
  try {
    if (!process._exiting) {
      process.exitCode = 1;
      process._exiting = true;
      emitProcessEvent(cause, 'exit', 1);
    }
    code = process.exitCode === undefined || process.exitCode === null ? 1 : Number(process.exitCode);
  } catch (failure) {
    code = 7;
  }
  if (binding.loops.isWorker) failWorker(error, cause);
  binding.fail(code, typeof error === 'object' && error !== null && error.loopscopeReport !== undefined);
}

// ------------------------------------------------------------------------------------------------------------- rejections

const tracked = new WeakMap(); // promise that the program was told of -> its entry of pending
let pending = new Map(); // promise -> { reason, uid, context, domain }
let handledLate = [];
let lastUid = 0;
let reportedPromise; // whose rejection is told to the program just now

/** HostPromiseRejectionTracker. Called by C++; `context` is the async context in which the promise was made. */
function trackRejection(isHandledNow, promise, reason, context) {
  if (!isHandledNow) {
    pending.set(promise, { reason, uid: ++lastUid, context, domain: process.domain });
    binding.setHasRejections();
    return;
  }
  if (pending.delete(promise)) return;
  const info = tracked.get(promise);
  if (info === undefined) return;
  tracked.delete(promise);
  handledLate.push({ promise, uid: info.uid });
  binding.setHasRejections();
}

class PromiseRejectionHandledWarning extends Error {}

/** A value as V8 names it without running any of the program's code. */
function nameWithoutSideEffects(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'function') return Function.prototype.toString.call(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (value.toString === Object.prototype.toString && typeof value.constructor === 'function') return binding.describeObject(value);
  return Object.prototype.toString.call(value);
}

const framesOfUnhandled = `    at throwUnhandledRejectionsMode (node:internal/process/promises:389:7)
    at processPromiseRejections (node:internal/process/promises:470:17)
    at process.processTicksAndRejections (node:internal/process/task_queues:96:32)`;

function unhandledError(reason) {
  const shown = nameWithoutSideEffects(reason);
  const error = new Error(`This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${shown}".`);
  Object.defineProperty(error, 'name', { value: 'UnhandledPromiseRejection', writable: true, configurable: true, enumerable: false });
  error.code = 'ERR_UNHANDLED_REJECTION';
  error.stack = `UnhandledPromiseRejection: ${error.message}\n${framesOfUnhandled}`;
  return error;
}

/** Tells the domain in which the promise was rejected, or the process; as the promise's own operation if it has a number. */
function emitUnhandled(promise, { reason, context, domain }) {
  const [id, trigger] = binding.promiseAsyncIds(promise);
  if (id !== 0) binding.enterAsyncScope(id, trigger, promise);
  binding.setAsyncContext(context);
  try {
    if (!domain) return emitProcessEvent(promise, 'unhandledRejection', reason, promise);
    return binding.asProcessEvent('unhandledRejection', domain.listeners('error')[0], promise, () => domain.emit('error', reason));
  } finally {
    binding.setAsyncContext(undefined);
    if (id !== 0) binding.enterAsyncScope(0, 0, undefined);
  }
}

/** Looks at what was rejected and is still not handled, at the end of a drain. True if anything may have been queued. */
function processRejections() {
  let mayHaveQueued = handledLate.length > 0;
  while (handledLate.length > 0) {
    const { promise, uid } = handledLate.shift();
    binding.rejectionHandled(promise);
    if (!emitProcessEvent(promise, 'rejectionHandled', promise)) {
      const warning = new PromiseRejectionHandledWarning(`Promise rejection was handled asynchronously (rejection id: ${uid})`);
      warning.name = 'PromiseRejectionHandledWarning';
      warning.id = uid;
      process.emitWarning(warning);
    }
  }
  // What is handled while its turn comes is told all the same, as in Node.
  const batch = pending;
  pending = new Map();
  for (const [promise, info] of batch) {
    tracked.set(promise, info);
    reportedPromise = promise;
    binding.rejectionUnhandled(promise);
    if (!emitUnhandled(promise, info)) {
      binding.reportUncaught(isErrorLike(info.reason) || binding.isError(info.reason) ? info.reason : unhandledError(info.reason), true);
    }
    mayHaveQueued = true;
  }
  return mayHaveQueued || pending.size > 0;
}

module.exports = { onUncaught, trackRejection, processRejections, onFailedHandler };
