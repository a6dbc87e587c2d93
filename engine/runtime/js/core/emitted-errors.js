// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Errors that were emitted as 'error' and that nobody listened for: where that was, for the report of them.

const emissions = new WeakMap(); // error -> { emitter, place }; the stack of `place` begins at the caller of emit
const fewestAlike = 4; // lines that two stacks share; fewer are written out twice

function noteEmission(error, emitter, emit) {
  const place = {};
  Error.captureStackTrace(place, emit);
  emissions.set(error, { emitter, place });
}

const wasEmitted = (error) => emissions.has(error);

const framesOf = (stack) => String(stack).split('\n').slice(1);

/** Leaves out what `lines` has in common with the other stack, but for the first and the last line of it. */
function shorten(lines, others) {
  for (let start = 0; start < lines.length; ++start) {
    const other = others.indexOf(lines[start]);
    if (other < 0) continue;
    let alike = 1;
    while (start + alike < lines.length && lines[start + alike] === others[other + alike]) ++alike;
    if (alike >= fewestAlike) {
      return [...lines.slice(0, start + 1), '    [... lines matching original stack trace ...]', ...lines.slice(start + alike - 1)];
    }
  }
  return lines;
}

/** The stack of an error that was emitted, with the place where it was. */
function stackWithEmission(error) {
  const { emitter, place } = emissions.get(error);
  const { constructor } = emitter;
  const name = typeof constructor === 'function' ? constructor.name : 'EventEmitter';
  const lines = shorten(framesOf(place.stack), framesOf(error.stack));
  return `${error.stack}\nEmitted 'error' event${name === 'EventEmitter' ? '' : ` on ${name} instance`} at:\n${lines.join('\n')}`;
}

module.exports = { noteEmission, stackWithEmission, wasEmitted };
