// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// How a stream is constructed. Node 20 goes on in the tick in which _construct's callback is heard; the package readable-stream,
// which follows an earlier one, a tick later, so that a write in between overtook what was written before.

const { codes } = require('../../core/errors');
const lifetime = require('readable-stream/lib/internal/streams/destroy');

const constructed = Symbol('kConstruct');

/** The event by which a stream that was destroyed meanwhile learns that it is constructed. */
function findDestroyEvent() {
  let name;
  const probe = { _writableState: { constructed: false }, once(event) { name = event; } };
  lifetime.destroy.call(probe, null);
  return name;
}
const destroyEvent = findDestroyEvent();

const sidesOf = (stream) => [stream._readableState, stream._writableState].filter(Boolean);

function finish(stream, error) {
  const sides = sidesOf(stream);
  for (const side of sides) side.constructed = true;
  if (sides[sides.length - 1].destroyed) stream.emit(destroyEvent, error);
  else if (error) lifetime.errorOrDestroy(stream, error, true);
  else stream.emit(constructed);
}

function start(stream) {
  let isCalled = false;
  const hear = (error) => {
    if (isCalled) {
      lifetime.errorOrDestroy(stream, error === null || error === undefined ? new codes.ERR_MULTIPLE_CALLBACK() : error);
      return;
    }
    isCalled = true;
    finish(stream, error);
  };
  try {
    stream._construct((error) => process.nextTick(hear, error));
  } catch (error) {
    process.nextTick(hear, error);
  }
}

/** Calls the stream's _construct in the next tick, if it has one, and `callback` when that is through. */
function construct(stream, callback) {
  if (typeof stream._construct !== 'function') return;
  for (const side of sidesOf(stream)) side.constructed = false;
  stream.once(constructed, callback);
  if (stream.listenerCount(constructed) > 1) return; // the other side of a duplex has started it
  process.nextTick(start, stream);
}

lifetime.construct = construct;
