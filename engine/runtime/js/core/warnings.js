// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// process.emitWarning, and what is printed for a warning.

const stdio = require('./stdio');
const { codes } = require('./errors');
const { validateString } = require('./validators');

let helpShown = false;

function createWarning(message, type, code, detail) {
  const warning = new Error(message);
  warning.name = String(type || 'Warning');
  if (code !== undefined) warning.code = code;
  if (detail !== undefined) warning.detail = detail;
  return warning;
}

function emitWarning(warning, type, code) {
  if (process.noDeprecation && type === 'DeprecationWarning') return;
  let warningType = type;
  let warningCode = code;
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    warningCode = type.code;
    if (typeof type.detail === 'string') ({ detail } = type);
    warningType = type.type || 'Warning';
  } else if (typeof type === 'function') {
    warningCode = undefined;
    warningType = 'Warning';
  }
  if (warningType !== undefined) validateString(warningType, 'type');
  if (typeof warningCode === 'function') warningCode = undefined;
  else if (warningCode !== undefined) validateString(warningCode, 'code');
  let error = warning;
  if (typeof warning === 'string') error = createWarning(warning, warningType, warningCode, detail);
  else if (!(warning instanceof Error)) throw new codes.ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  if (error.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      process.nextTick(() => {
        throw error;
      });
      return;
    }
  }
  process.nextTick((value) => require('./process-events').emitProcessEvent(undefined, 'warning', value), error);
}

/** Prints a warning as Node does; the process's own listener of 'warning'. */
function onWarning(warning) {
  if (!(warning instanceof Error)) return;
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation) return;
  const traced = process.traceProcessWarnings || (isDeprecation && process.traceDeprecation);
  let message = `(${process.release.name}:${process.pid}) `;
  if (warning.code) message += `[${warning.code}] `;
  if (traced && warning.stack) message += warning.stack;
  else message += typeof warning.toString === 'function' ? `${warning.toString()}` : Error.prototype.toString.call(warning);
  if (typeof warning.detail === 'string') message += `\n${warning.detail}`;
  if (!traced && !helpShown) {
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    const program = (process.argv0 || 'node').replace(/^.*[\\/]/, '').replace(/\.exe$/, '');
    message += `\n(Use \`${program} ${flag} ...\` to show where the warning was created)`;
    helpShown = true;
  }
  stdio.writeLine('stderr', message);
}

module.exports = { emitWarning, onWarning };
