// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What node:test prints when its output is no terminal: TAP version 13, as Node's own reporter writes it.

const { inspect } = require('./inspect');

const indentation = (nesting) => '    '.repeat(nesting);

/** What TAP would read as its own signs, and line ends, are escaped. */
function escape(text) {
  return String(text).replace(/\\/g, '\\\\').replace(/#/g, '\\#').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')
    .replace(/\v/g, '\\v').replace(/\f/g, '\\f').replace(/[\b]/g, '\\b');
}

function directive(word, reason) {
  return ` # ${word}${typeof reason === 'string' && reason.length > 0 ? ` ${escape(reason)}` : ''}`;
}

/** One entry of YAML; text of several lines as a block. */
function yaml(indent, name, value) {
  if (value === undefined) return '';
  const head = `${indent}  ${name}:`;
  if (typeof value !== 'string') {
    if (typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof RegExp)) return yamlObject(indent, name, value);
    return `${head} ${inspect(value).split('\n').join(`\n${indent}    `)}\n`;
  }
  if (!value.includes('\n')) return `${head} ${inspect(value)}\n`;
  return `${head} |-\n${value.split('\n').map((line) => `${indent}    ${line}\n`).join('')}`;
}

function yamlObject(indent, name, value) {
  const entries = Object.keys(value).map((key) => yaml(`${indent}  `, key, value[key])).join('');
  return entries === '' ? '' : `${indent}  ${name}:\n${entries}`;
}

/** The frames of a stack, without their "at". */
function framesOf(error) {
  if (typeof error.stack !== 'string') return undefined;
  const frames = error.stack.split('\n').map((line) => /^ {4}at (.*)$/.exec(line)).filter(Boolean).map((match) => match[1]);
  return frames.length > 0 ? frames.join('\n') : undefined;
}

// The error of these stands in front of the test's own failure.
const unwrapped = new Set(['testCodeFailure', 'uncaughtException', 'unhandledRejection', 'hookFailed']);

function errorEntries(indent, failure) {
  const inner = unwrapped.has(failure.failureType) ? failure.cause : failure;
  const isError = typeof inner === 'object' && inner !== null && 'message' in inner;
  let text = yaml(indent, 'failureType', failure.failureType);
  text += yaml(indent, 'error', isError ? String(inner.message) : typeof inner === 'string' ? inner : inspect(inner));
  text += yaml(indent, 'code', (isError && inner.code) || failure.code);
  if (!isError) return text;
  if (inner.name && inner.name !== 'Error') text += yaml(indent, 'name', inner.name);
  if (inner.code === 'ERR_ASSERTION') {
    text += yaml(indent, 'expected', inner.expected) + yaml(indent, 'actual', inner.actual) + yaml(indent, 'operator', inner.operator);
  }
  return text + yaml(indent, 'stack', framesOf(inner));
}

class TapReporter {
  constructor(write) {
    this.write = write;
    write('TAP version 13\n');
  }

  start(nesting, name) {
    this.write(`${indentation(nesting)}# Subtest: ${escape(name)}\n`);
  }

  result({ nesting, number, name, passed, skip, todo, duration, isSuite, error, location }) {
    const indent = indentation(nesting);
    let line = `${indent}${passed ? 'ok' : 'not ok'} ${number} - ${escape(name)}`;
    if (skip !== undefined) line += directive('SKIP', skip);
    else if (todo !== undefined) line += directive('TODO', todo);
    let text = `${line}\n${indent}  ---\n${yaml(indent, 'duration_ms', duration)}`;
    if (isSuite) text += yaml(indent, 'type', 'suite');
    if (!passed) text += yaml(indent, 'location', location) + errorEntries(indent, error);
    this.write(`${text}${indent}  ...\n`);
  }

  plan(nesting, count) {
    this.write(`${indentation(nesting)}1..${count}\n`);
  }

  diagnostic(nesting, message) {
    this.write(`${indentation(nesting)}# ${escape(message)}\n`);
  }
}

module.exports = { TapReporter };
