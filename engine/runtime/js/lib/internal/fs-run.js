// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Runs prepared operations in Node's three forms: at once, with a callback, as a promise.

const binding = require('../../core/binding');
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

class FSReqPromise {}

/** Throws, or gives what an operation that failed gives all the same. */
function rescued(request, error) {
  const outcome = request.rescue === undefined ? { ok: false } : request.rescue(error);
  if (outcome.ok) return outcome.value;
  throw outcome.error === undefined ? toError(error) : outcome.error;
}

function runSync(name, request) {
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

function submit(name, request, resource, done, person) {
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
  binding.fs.submit(request.operation || name, request.args, answer, person, resource, resource instanceof FSReqPromise);
}

function runPromise(name, request, signal) {
  return new Promise((resolve, reject) => {
    submit(name, request, new FSReqPromise(), abortable((error, value) => {
      if (error) reject(error);
      else resolve(value);
    }, signal));
  });
}

module.exports = { abortable, checkSignal, runAsync, runPromise, runSync };
