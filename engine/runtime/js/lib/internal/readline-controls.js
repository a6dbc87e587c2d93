// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Control sequences that move the cursor and clear parts of a terminal (ECMA-48), written to a stream.

const { codes, define } = require('../../core/errors');
const { validateFunction } = require('../../core/validators');

define('ERR_INVALID_CURSOR_POS', 'Cannot set cursor row without setting its column', TypeError);

const introducer = '\u001b[';

/** Writes the sequence; the callback comes as it does for a write. */
function control(stream, sequence, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream === null || stream === undefined || sequence === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(sequence, callback);
}

function positionSequence(x, y) {
  if (Number.isNaN(x)) throw new codes.ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new codes.ERR_INVALID_ARG_VALUE('y', y);
  if (typeof x !== 'number' && typeof y !== 'number') return '';
  if (typeof x !== 'number') throw new codes.ERR_INVALID_CURSOR_POS();
  return typeof y === 'number' ? `${introducer}${y + 1};${x + 1}H` : `${introducer}${x + 1}G`;
}

function moveSequence(dx, dy) {
  const part = (count, forwards, backwards) => (count > 0 ? `${introducer}${count}${forwards}` : count < 0 ? `${introducer}${-count}${backwards}` : '');
  return part(dx, 'C', 'D') + part(dy, 'B', 'A');
}

const lineSequence = (direction) => `${introducer}${direction < 0 ? 1 : direction > 0 ? 0 : 2}K`;
const belowSequence = `${introducer}0J`;

function cursorTo(stream, x, y, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  const done = typeof y === 'function' ? y : callback;
  return control(stream, positionSequence(x, typeof y === 'function' ? undefined : y), done);
}

module.exports = {
  belowSequence,
  clearLine(stream, direction, callback) { return control(stream, lineSequence(direction), callback); },
  clearScreenDown(stream, callback) { return control(stream, belowSequence, callback); },
  cursorTo,
  lineSequence,
  moveCursor(stream, dx, dy, callback) { return control(stream, moveSequence(dx, dy), callback); },
  moveSequence,
  positionSequence,
};
