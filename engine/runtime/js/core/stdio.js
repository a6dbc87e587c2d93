// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The three standard streams. They are made when a program first asks for them; until then, and as long as
// nobody has replaced their write functions, console writes straight to the engine.

const binding = require('./binding');
const lib = require('./lib');

const streams = { stdin: undefined, stdout: undefined, stderr: undefined };
const redirected = { stdout: undefined, stderr: undefined }; // of a process on simulated I/O: what goes to the one that started it
const originalWrites = { stdout: undefined, stderr: undefined };

function get(name) {
  if (streams[name] === undefined) {
    const made = lib.require('internal/stdio-streams').create(name);
    streams[name] = made;
    if (name !== 'stdin') originalWrites[name] = made.write;
  }
  return streams[name];
}

/** Whether text may go straight to the engine: no stream exists yet, or it is as it was made. */
function isUntouched(name) {
  if (binding.loops.isWorker) return false; // the main thread writes it
  const stream = streams[name];
  return stream === undefined || (stream.write === originalWrites[name] && !stream.destroyed &&
    !stream.writableEnded && stream.writableCorked === 0);
}

function writeLine(name, text) {
  if (isUntouched(name) && (name === 'stdout' ? binding.writeStdout(`${text}\n`) : binding.writeStderr(`${text}\n`)) === 0) return;
  get(name).write(`${text}\n`); // or it takes nothing: the stream tells of that
}

/** Text or bytes past what the script made of process.stdout, to where the output of this process goes. */
function writeRaw(name, data) {
  if (redirected[name] !== undefined) redirected[name].write(data);
  else if (typeof data !== 'string') binding[name === 'stdout' ? 'writeStdoutBytes' : 'writeStderrBytes'](data);
  else if (name === 'stdout') binding.writeStdout(data);
  else binding.writeStderr(data);
}

const colors = { stdout: undefined, stderr: undefined };

/** Whether a stream's default is colours: a terminal that was not asked to do without. */
function hasColors(name) {
  if (colors[name] === undefined) {
    const { NO_COLOR, NODE_DISABLE_COLORS, FORCE_COLOR, TERM } = binding.env;
    if (FORCE_COLOR !== undefined) colors[name] = FORCE_COLOR !== '0';
    else colors[name] = NO_COLOR === undefined && NODE_DISABLE_COLORS === undefined && TERM !== 'dumb' &&
      binding.isatty(name === 'stdout' ? 1 : 2);
  }
  return colors[name];
}

module.exports = {
  get,
  hasColors,
  isUntouched,
  /** This process's stream of the name, which goes to the process that started it. */
  redirect(name, stream) {
    streams[name] = stream;
    originalWrites[name] = undefined;
    if (name !== 'stdin') redirected[name] = stream;
  },
  writeLine,
  writeRaw,
};
