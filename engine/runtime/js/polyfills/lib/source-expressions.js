// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Finds expressions in one line of source and prints them as V8's messages do: "a.b(...).c", "(intermediate value).x".

const wordEnd = /[\w$]/;

/** Start of the balanced brackets that end at `end` (included); -1 if they open on another line. */
function openingOf(text, end) {
  let depth = 0;
  for (let index = end; index >= 0; index--) {
    const character = text[index];
    if (character === ')' || character === ']' || character === '}') depth++;
    else if (character === '(' || character === '[' || character === '{') {
      if (--depth === 0) return index;
    }
  }
  return -1;
}

function skipSpaceBack(text, index) {
  while (index >= 0 && /\s/.test(text[index])) index--;
  return index;
}

/** The expression that ends before `end`, as V8 prints it: { text, start, name }. */
function expressionBefore(text, end) {
  const index = skipSpaceBack(text, end - 1);
  if (index < 0) return undefined;
  const character = text[index];
  if (wordEnd.test(character)) {
    let start = index;
    while (start > 0 && wordEnd.test(text[start - 1])) start--;
    const name = text.slice(start, index + 1);
    const before = skipSpaceBack(text, start - 1);
    if (text[before] !== '.') return { text: name, start, name };
    const isOptional = text[before - 1] === '?';
    const object = expressionBefore(text, isOptional ? before - 1 : before);
    if (object === undefined) return { text: `(intermediate value).${name}`, start: before, name };
    return { text: `${object.text}${isOptional ? '?' : ''}.${name}`, start: object.start, name };
  }
  if (character === ']') {
    const open = openingOf(text, index);
    if (open === -1) return undefined;
    const object = expressionBefore(text, open);
    if (object === undefined || /[=(,:?&|!~+\-*/<>;{[]/.test(text[skipSpaceBack(text, open - 1)] || '=')) {
      return { text: text.slice(open, index + 1), start: open, name: '' };
    }
    const key = text.slice(open + 1, index).trim();
    const quoted = /^(['"`])([^]*)\1$/.exec(key);
    const shown = quoted === null ? `[${key.replace(/\([^]*\)/, '(...)')}]` : `.${quoted[2]}`;
    return { text: object.text + shown, start: object.start, name: quoted === null ? key : quoted[2] };
  }
  if (character === ')') {
    const open = openingOf(text, index);
    if (open === -1) return undefined;
    const callee = expressionBefore(text, open);
    const previous = text[skipSpaceBack(text, open - 1)];
    if (callee !== undefined && previous !== undefined && /[\w$)\]]/.test(previous) && !/^(?:return|typeof|await|yield|in|of|case|if|while)$/.test(callee.name)) {
      return { text: `${callee.text}(...)`, start: callee.start, name: '' };
    }
    const inner = text.slice(open + 1, index).trim();
    const simple = /^[\w$.]+$/.test(inner) ? inner : /^\{\s*\}$/.test(inner) ? '{}' : '(intermediate value)';
    return { text: simple, start: open, name: '' };
  }
  if (character === '"' || character === '\'' || character === '`') {
    const open = text.lastIndexOf(character, index - 1);
    return open === -1 ? undefined : { text: `"${text.slice(open + 1, index)}"`, start: open, name: '' };
  }
  if (character === '}') return { text: '(intermediate value)', start: openingOf(text, index), name: '' };
  return undefined;
}

const keywords = /^(?:if|for|while|switch|catch|function|return|typeof|await|yield|super|constructor|with)$/;

/** All that is called or constructed on a line: { text, name, start, end, isNew }. */
function callees(text) {
  const found = [];
  for (let index = text.indexOf('('); index !== -1; index = text.indexOf('(', index + 1)) {
    const before = text.slice(0, index);
    const end = /\?\.\s*$/.test(before) ? before.replace(/\?\.\s*$/, '').length : index;
    const expression = expressionBefore(text, end);
    if (expression === undefined || keywords.test(expression.text)) continue;
    const head = text.slice(0, Math.max(expression.start, 0));
    if (/\bfunction\s*\*?\s*$/.test(head)) continue;
    found.push(Object.assign(expression, { end: index, isNew: /\bnew\s+$/.test(head) }));
  }
  const bare = /\bnew\s+([\w$.]+)\s*(?![\w$.(\s])/g;
  for (let match = bare.exec(text); match !== null; match = bare.exec(text)) {
    found.push({ text: match[1], name: match[1].split('.').pop(), start: match.index + 4, end: bare.lastIndex, isNew: true });
  }
  return found;
}

/** The operand at the start of a text, up to what ends it, as V8 prints it. */
function findOperand(text) {
  let depth = 0;
  let end = text.length;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '(' || character === '[' || character === '{') depth++;
    else if (character === ')' || character === ']' || character === '}') {
      if (depth === 0) {
        end = index;
        break;
      }
      depth--;
    } else if (depth === 0 && (character === ';' || character === ',' || (character === '/' && text[index + 1] === '/'))) {
      end = index;
      break;
    }
  }
  const operand = text.slice(0, end).trim();
  if (/^\{\s*\}$/.test(operand)) return '{}';
  if (/^[\w$]+$/.test(operand) || /^-?[\d.]+$/.test(operand)) return operand;
  const expression = expressionBefore(operand, operand.length);
  return expression === undefined || expression.start > 0 ? operand.replace(/\([^]*\)/, '(...)') : expression.text;
}

/** The call of an element, "a[0]()", which V4 does not name. */
function lastArgumentless(text) {
  const element = callees(text).filter((callee) => !callee.isNew && /\]$/.test(callee.text));
  return element.length === 0 ? undefined : element[element.length - 1].text;
}

module.exports = { callees, expressionBefore, findOperand, lastArgumentless };
