// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Runs prepared operations in Node's three forms: at once, with a callback, as a promise.

const binding = require('../../core/binding');
const stdio = require('../../core/stdio');
const { AbortError } = require('../../core/errors');
const { validateAbortSignal } = require('../../core/validators');
const { toError } = require('./fs-operations');

const withSignal = new Set(['readFile', 'writeFile', 'appendFile']);

/** The abort signal among the options of the operation, if it takes one; throws if that is aborted already. */
function checkSignal(name, args) {
  const options = args[args.length - 1];
  const signal = options === undefined || options === null ? undefined : options.signal;
  if (!withSignal.has(name) || signal === undefined || ArrayBuffer.isView(options)) return undefined;
  validateAbortSignal(signal, 'options.signal');
  if (signal.aborted) throw abortError(signal);
  return signal;
}

function abortError(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

/** The operation's callback, which gets an error if the signal was aborted meanwhile. */
function abortable(done, signal) {
  if (signal === undefined) return done;
  return (...results) => (signal.aborted ? done(abortError(signal)) : done(...results));
}

// What stands for a request in async_hooks.
class FSReqCallback {
  constructor(oncomplete) {
    this.oncomplete = oncomplete;
  }
}

// Where in Node.js (that of process.version) functions of fs/promises wait.
const inside = (place) => `node:internal/fs/promises:${place}`;
const opening = `open (${inside('637:25')}`;
const placesOfPromises = {
  open: [`Object.${opening}`],
  readFile: [opening, `Object.readFile (${inside('1249:14')}`],
  writeFile: [opening, `Object.writeFile (${inside('1219:14')}`],
  appendFile: [opening, `writeFile (${inside('1219:14')}`],
  truncate: [opening, `Object.truncate (${inside('790:14')}`],
};
for (const [name, place] of Object.entries({
  access: '604:10', copyFile: '621:10', rename: '780:10', rmdir: '822:10', mkdir: '856:10', readdir: '950:18', readlink: '968:10',
  symlink: '997:10', lstat: '1022:18', stat: '1033:18', link: '1056:10', unlink: '1067:10', chmod: '1089:10', chown: '1132:10',
  utimes: '1141:10', realpath: '1176:10', mkdtemp: '1189:10',
})) placesOfPromises[name] = [`Object.${name} (${inside(place)}`];

class FSReqPromise {}

/** Throws, or gives what an operation that failed gives all the same. */
function rescued(request, error) {
  const outcome = request.rescue === undefined ? { ok: false } : request.rescue(error);
  if (outcome.ok) return outcome.value;
  throw outcome.error === undefined ? toError(error) : outcome.error;
}

const writes = new Set(['write', 'writeFile', 'appendFile']);

/**
 * What is written to standard output or error goes the way of process.stdout, behind what waits there, into the recording too. The engine
 * is left with writing nothing, which takes its time as ever.
 */
function redirected(name, request) {
  const [fd, data] = request.args;
  if ((fd !== 1 && fd !== 2) || !writes.has(request.operation || name)) return request;
  stdio.writeRaw(fd === 1 ? 'stdout' : 'stderr', data);
  return { ...request, operation: 'write', args: [fd, '', -1], map: () => request.map(Buffer.byteLength(data)) };
}

function runSync(name, given) {
  const request = redirected(name, given);
  let result;
  try {
    result = binding.fs.sync(request.operation || name, request.args);
  } catch (error) {
    return rescued(request, error);
  }
  return request.map(result);
}

/**
 * done(error) or done(null, value); a request without result calls done(null).
 * person: the function that asked for it, whose name and place the waiting callback carries.
 */
function runAsync(name, request, done, person = done) {
  submit(name, request, new FSReqCallback(done), done, person);
}

function submit(name, given, resource, done, person) {
  const request = redirected(name, given);
  const answer = (error, result) => {
    let value;
    if (error) {
      try {
        value = rescued(request, error);
      } catch (final) {
        done(final);
        return;
      }
    } else {
      value = request.map(result);
    }
    if (value === undefined) done(null);
    else done(null, value);
  };
  binding.fs.submit(request.operation || name, request.args, answer, person, resource, resource instanceof FSReqPromise ? 'FSREQPROMISE' : 'FSREQCALLBACK');
}

function runPromise(name, request, signal) {
  const promise = new Promise((resolve, reject) => {
    submit(name, request, new FSReqPromise(), abortable((error, value) => {
      if (error) reject(withAsyncStack(error, promise, name));
      else resolve(value);
    }, signal));
  });
  return promise;
}

/** Gives an error the stack it has in Node, where async functions of its own and of the program wait for what failed. */
function withAsyncStack(error, promise, name) {
  const places = placesOfPromises[name];
  if (places === undefined || error.syscall === undefined) return error;
  const header = `${error.name}: ${error.message}`;
  binding.setPromiseOfJob(promise);
  binding.noteCapture(error, withAsyncStack.call, Error.stackTraceLimit);
  binding.setPromiseOfJob(undefined);
  const { stack } = error;
  const waiting = stack.startsWith(header) ? stack.slice(header.length) : '';
  error.stack = `${header}${places.map((place) => `\n    at async ${place})`).join('')}${waiting}`;
  return error;
}

module.exports = { abortable, checkSignal, runAsync, runPromise, runSync };
