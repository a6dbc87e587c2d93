// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// How util.inspect shows an error: its stack, with the class name made visible, and shared frames of the cause left out.

const { types } = require('./types');

function isError(value) {
  return types.isNativeError(value) || value instanceof Error;
}

function stackOf(error) {
  return error.stack ? String(error.stack) : Error.prototype.toString.call(error);
}

/** The longest run (over 3 lines) of `a` that is in `b` too. */
function identicalSequenceRange(a, b) {
  for (let i = 0; i < a.length - 3; ++i) {
    const position = b.indexOf(a[i]);
    if (position === -1) continue;
    const rest = b.length - position;
    if (rest <= 3) continue;
    const max = Math.min(a.length - i, rest);
    let len = 1;
    while (max > len && a[i + len] === b[position + len]) ++len;
    if (len > 3) return { len, offset: i };
  }
  return { len: 0, offset: 0 };
}

function stackFrames(context, error, stack) {
  const frames = stack.split('\n');
  let cause;
  try {
    cause = error.cause;
  } catch (thrown) {
    return frames;
  }
  if (cause === undefined || cause === null || !isError(cause)) return frames;
  const causeStack = stackOf(cause);
  const start = causeStack.indexOf('\n    at');
  if (start === -1) return frames;
  const { len, offset } = identicalSequenceRange(frames, causeStack.slice(start + 1).split('\n'));
  if (len > 0) {
    const text = `    ... ${len - 2} lines matching cause stack trace ...`;
    frames.splice(offset + 1, len - 2, context.stylize(text, 'undefined'));
  }
  return frames;
}

/** Shows the real class where the stack names another one, as for subclasses without a name of their own. */
function improveStack(stack, constructor, name, prefixOf) {
  let length = name.length;
  const looksRegular = name.endsWith('Error') && stack.startsWith(name) &&
    (stack.length === length || stack[length] === ':' || stack[length] === '\n');
  if (constructor !== null && !looksRegular) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n {4}at)/.exec(stack) || /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = (start && start[1]) || '';
    length = fallback.length;
    fallback = fallback || 'Error';
  }
  const prefix = prefixOf(fallback).slice(0, -1);
  if (name === prefix) return stack;
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
}

function hideRepeatedKeys(context, keys, error, stack) {
  if (context.showHidden || keys.length === 0) return;
  for (const name of ['name', 'message', 'stack']) {
    const index = keys.indexOf(name);
    if (index !== -1 && stack.includes(error[name])) keys.splice(index, 1);
  }
}

function markNodeModules(context, line) {
  let result = '';
  let last = 0;
  let from = 0;
  for (;;) {
    const position = line.indexOf('node_modules', from);
    if (position === -1) break;
    const before = line[position - 1];
    const after = line[position + 12];
    if ((after !== '/' && after !== '\\') || (before !== '/' && before !== '\\')) {
      from = position + 1;
      continue;
    }
    const start = position + 13;
    let end = line.indexOf(before, start);
    if (line[start] === '@') end = line.indexOf(before, end + 1);
    result += line.slice(last, start) + context.stylize(line.slice(start, end), 'module');
    last = end;
    from = end;
  }
  return last === 0 ? line : result + line.slice(last);
}

function markDirectory(context, line, directory) {
  let position = line.indexOf(directory);
  if (position === -1) return line;
  let length = directory.length;
  if (line.slice(position - 7, position) === 'file://') {
    length += 7;
    position -= 7;
  }
  const start = line[position - 1] === '(' ? position - 1 : position;
  const closes = start !== position && line.endsWith(')');
  const end = position + length + 1;
  const marked = line.slice(0, start) + context.stylize(line.slice(start, end), 'undefined');
  return closes ? marked + line.slice(end, -1) + context.stylize(')', 'undefined') : marked + line.slice(end);
}

function colorFrames(context, frames) {
  let directory;
  try {
    directory = process.cwd();
  } catch (error) {
    directory = undefined;
  }
  return frames.map((frame) => {
    if (/^ {4}at (?:[^/\\(]+ \(|)node:(.+):\d+:\d+\)?$/.test(frame)) return context.stylize(frame, 'undefined');
    const line = markNodeModules(context, frame);
    return directory === undefined ? line : markDirectory(context, line, directory);
  });
}

function formatError(context, error, constructor, keys, prefixOf) {
  const name = error.name !== undefined && error.name !== null ? String(error.name) : 'Error';
  let stack = stackOf(error);
  hideRepeatedKeys(context, keys, error, stack);
  if ('cause' in error && !keys.includes('cause')) keys.push('cause');
  if (Array.isArray(error.errors) && !keys.includes('errors')) keys.push('errors');
  stack = improveStack(stack, constructor, name, prefixOf);
  let position = (error.message && stack.indexOf(error.message)) || -1;
  if (position !== -1) position += error.message.length;
  const start = stack.indexOf('\n    at', position);
  if (start === -1) {
    stack = `[${stack}]`;
  } else {
    const frames = stackFrames(context, error, stack.slice(start + 1));
    stack = `${stack.slice(0, start)}\n${(context.colors ? colorFrames(context, frames) : frames).join('\n')}`;
  }
  if (context.indentationLvl !== 0) stack = stack.replace(/\n/g, `\n${' '.repeat(context.indentationLvl)}`);
  return stack;
}

module.exports = { formatError, identicalSequenceRange, isError };
