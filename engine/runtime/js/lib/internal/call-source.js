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

/** Start and opening bracket of the call in `line` around `column`, else of the first one that looks like an assertion. */
function findCall(line, column) {
  const pattern = /[\w$]+(?:\s*\??\.\s*[\w$]+)*\s*\(/g;
  let best;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    const name = match[0].slice(0, -1).trim();
    if (/^(if|while|for|switch|catch|function|return)$/.test(name)) continue;
    const found = { start: match.index, open: match.index + match[0].length - 1 };
    if (column >= found.start && column <= found.open) return found;
    if (best === undefined && /(^|\.)(assert|ok|strict)$/.test(name)) best = found;
  }
  return best;
}

/** { text, column } of the innermost call of the person's that runs; undefined when its source is not known. */
function callSource() {
  if (binding.captureStack === undefined || binding.sourceLine === undefined) return undefined;
  const frame = binding.captureStack()[0];
  if (frame === undefined || !frame.file || !frame.line) return undefined;
  const first = binding.sourceLine(frame.file, frame.line);
  if (typeof first !== 'string') return undefined;
  const call = findCall(first, frame.column > 0 ? frame.column - 1 : 0);
  if (call === undefined) return undefined;
  let text = first;
  for (let i = 1; i <= longestCall; ++i) {
    const end = closingEnd(text, call.open);
    if (end !== -1) return { text: text.slice(call.start, end), column: call.start };
    const next = binding.sourceLine(frame.file, frame.line + i);
    if (typeof next !== 'string') return undefined;
    text += `\n${next}`;
  }
  return undefined;
}

module.exports = { callSource };
