// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The way to the bundle of fetch (js/fetch), which is loaded here.

const binding = require('../../core/binding');
const lib = require('../../core/lib');

function answer(path) {
  if (path.startsWith('node:')) return lib.require(path.slice(5));
  if (path === './dispatcher/agent') return require('./fetch-dispatcher').Dispatcher;
  if (path === '../core/lowering') return require('../../core/lowering');
  throw new Error(`The bundle of fetch asks for ${path}`);
}

const module_ = { exports: {} };
binding.loadLibrary('fetch')(module_, answer);
const { FormData, Headers, Request, Response, errors, fetchResource } = module_.exports;
require('./fetch-dispatcher').Dispatcher.errors = errors;

/** As Node wraps it: an error's stack begins where fetch was called. */
async function fetch(input, init = undefined) {
  return fetchResource(input, init).catch((error) => {
    if (error && typeof error === 'object') Error.captureStackTrace(error);
    throw error;
  });
}

module.exports = { FormData, Headers, Request, Response, fetch };
