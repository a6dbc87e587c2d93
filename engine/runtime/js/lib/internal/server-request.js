// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// For which request of a server callbacks run. The async context, a map from storages to their stores (../async_hooks.js), goes with all
// that a handler starts; the number of the request is a property of it. ServerNatives.cpp looks at it whenever the context changes.

const binding = require('../../core/binding');
const { setContext } = require('./handles');

/** A context without stores; much cheaper than a Map, and there is one for each request. */
class RequestContext {
  constructor(number) {
    this.request = number;
  }

  get() {}
  [Symbol.iterator]() { return [][Symbol.iterator](); }
}

/** From now on all that is started is known as the request's; the stores stay as they are. Gives what binding.setAsyncContext() ends it with. */
function enterRequest(number) {
  const before = binding.getAsyncContext();
  if (before === undefined) {
    if (number !== 0) binding.setAsyncContext(new RequestContext(number));
    return before;
  }
  const context = new Map(before);
  context.request = number;
  binding.setAsyncContext(context);
  return before;
}

/** Until the response is over, what comes on the connection is the request's, too: its body. `before`: the context of the connection. */
function holdConnection({ headers, socket: { _handle: handle } }, res, before) {
  if (!handle || (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined)) return;
  setContext(handle, binding.getAsyncContext());
  res.once('close', () => { setContext(handle, before); });
}

/** The request for which JavaScript runs now; 0: none. */
function currentRequest() {
  const context = binding.getAsyncContext();
  return (context !== undefined && context.request) || 0;
}

module.exports = { currentRequest, enterRequest, holdConnection, leaveRequest: binding.setAsyncContext };
