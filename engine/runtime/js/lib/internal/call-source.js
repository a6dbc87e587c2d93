// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The source text of the call that a program just made, for the message of assert.ok.

const binding = require('../../core/binding');

const longestCall = 64;

/** Index after the bracket that closes the one at `open`; -1 when the text ends before. */
function closingEnd(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; ++i) {
    const character = text[i];
    if (character === '"' || character === "'" || character === '`') {
      const end = stringEnd(text, i, character);
      if (end === -1) return -1;
      i = end;
    } else if (text.startsWith('//', i)) {
      i = text.indexOf('\n', i);
      if (i === -1) return -1;
    } else if (text.startsWith('/*', i)) {
      i = text.indexOf('*/', i) + 1;
      if (i === 0) return -1;
    } else if ('([{'.includes(character)) {
      ++depth;
    } else if (')]}'.includes(character) && --depth === 0) {
      return i + 1;
    }
  }
  return -1;
}

function stringEnd(text, start, quote) {
  for (let i = start + 1; i < text.length; ++i) {
    if (text[i] === '\\') {
      ++i;
    } else if (text[i] === quote) {
      return i;
    } else if (quote === '`' && text.startsWith('${', i)) {
      const end = closingEnd(text, i + 1);
      if (end === -1) return -1;
      i = end - 1;
    }
  }
  return -1;
}

/**
 * Start and opening bracket of the call in `line` around `column`, or of the first one that looks like an assertion. That goes
 * first if the column is not exact.
 */
function findCall(line, { column, isExact }) {
  const pattern = /[\w$\u0080-\uffff]+(?:\s*\??\.\s*[\w$\u0080-\uffff]+)*\s*\(/g;
  let around;
  let best;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    const name = match[0].slice(0, -1).trim();
    if (/^(if|while|for|switch|catch|function|return)$/.test(name)) continue;
    const found = { start: match.index, open: match.index + match[0].length - 1 };
    if (around === undefined && column >= found.start && column <= found.open) around = found;
    // The last before the column if there is none behind it: a function among the arguments may have run last.
    const isNext = best === undefined || (isExact && best.open < column);
    if (isNext && /(^|\.)(assert|ok|strict)$/.test(name)) best = found;
  }
  return (isExact ? around || best : best || around);
}

/** Where the call is likely to start: with the statement that runs, if the frame is in it. */
function likelyStart(frame) {
  const statement = binding.lastStatement === undefined ? undefined : binding.lastStatement();
  const isInside = statement !== undefined && statement.file === frame.file && statement.line <= frame.line && frame.line <= statement.endLine;
  if (isInside) return { line: statement.line, column: statement.column - 1, isExact: true };
  return { line: frame.line, column: frame.column > 0 ? frame.column - 1 : 0, isExact: false };
}

/** { text, column } of the innermost call of the person's that runs; undefined when its source is not known. */
function callSource() {
  if (binding.errorFrames === undefined || binding.sourceLine === undefined) return undefined;
  const frame = (binding.errorFrames(new Error()) || [])[0];
  if (frame === undefined || !frame.file || !frame.line) return undefined;
  const start = likelyStart(frame);
  const first = binding.sourceLine(frame.file, start.line);
  if (typeof first !== 'string') return undefined;
  const call = findCall(first, start);
  if (call === undefined) return undefined;
  let text = first;
  for (let i = 1; i <= longestCall; ++i) {
    const end = closingEnd(text, call.open);
    if (end !== -1) return { text: text.slice(call.start, end), column: call.start };
    const next = binding.sourceLine(frame.file, start.line + i);
    if (typeof next !== 'string') return undefined;
    text += `\n${next}`;
  }
  return undefined;
}

module.exports = { callSource };
