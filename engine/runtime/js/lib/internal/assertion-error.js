// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// AssertionError and the comparison of two values that its message shows.

const { isObjectOrNull } = require('../../core/type-of');
const { defineHidden, setStackHeader } = require('../../core/errors');
const { validateObject } = require('../../core/validators');
const { inspect } = require('./inspect');

const headings = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

const longestShort = 12;
const mostLines = 50;

function show(value) {
  return inspect(value, {
    compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false,
    sorted: true, getters: true,
  });
}

function isObject(value) {
  return value !== null && isObjectOrNull(value);
}

function shorten(lines) {
  return lines.length > mostLines ? lines.slice(0, 46).concat('...') : lines;
}

/** Whether two lines differ in more than a comma at the end; the line to show for both. */
function compareLines(actual, expected) {
  if (actual === expected) return { differ: false, line: actual };
  if (actual.endsWith(',') && actual.slice(0, -1) === expected) return { differ: false, line: actual };
  if (expected.endsWith(',') && expected.slice(0, -1) === actual) return { differ: false, line: `${actual},` };
  return { differ: true, line: actual };
}

/** Builds the list of + and - lines; long runs of equal lines are cut. */
class Difference {
  constructor(actual, expected) {
    this.actual = actual;
    this.expected = expected;
    this.text = '';
    // Expected lines wait until the run of differing lines ends, so that all + come before all -.
    this.waiting = '';
    this.identical = 0;
    this.printed = 0;
    this.skipped = false;
    this.isTooLong = false;
  }

  /** The equal lines just before a difference, where only the first two of a run were printed at once. */
  endRun(lines, i) {
    const count = this.identical;
    this.identical = 0;
    if (count <= 2) return;
    if (count === 5) {
      this.text += `\n  ${lines[i - 3]}`;
      ++this.printed;
    } else if (count > 5) {
      this.text += '\n...';
      this.skipped = true;
    }
    for (const back of count > 3 ? [2, 1] : [1]) {
      this.text += `\n  ${lines[i - back]}`;
      ++this.printed;
    }
  }

  addExtra(lines, sign, i) {
    this.endRun(lines, i);
    if (sign === '+') this.text += `\n+ ${lines[i]}`;
    else this.waiting += `\n- ${lines[i]}`;
    ++this.printed;
  }

  addPair(i) {
    const { differ, line } = compareLines(this.actual[i], this.expected[i]);
    if (differ) {
      this.endRun(this.actual, i);
      this.text += `\n+ ${line}`;
      this.waiting += `\n- ${this.expected[i]}`;
      this.printed += 2;
      return;
    }
    this.text += this.waiting;
    this.waiting = '';
    if (++this.identical <= 2) {
      this.text += `\n  ${line}`;
      ++this.printed;
    }
  }

  run() {
    const { actual, expected } = this;
    const count = Math.max(actual.length, expected.length);
    const [longer, sign] = actual.length < count ? [expected, '-'] : [actual, '+'];
    const shorter = Math.min(actual.length, expected.length);
    for (let i = 0; i < count; ++i) {
      if (i >= shorter) this.addExtra(longer, sign, i);
      else this.addPair(i);
      if (this.printed > mostLines && i < count - 2) {
        this.isTooLong = true;
        break;
      }
    }
    return this;
  }
}

/** Removes equal lines from both ends and gives the text for them. */
function cutCommonEnd(actual, expected, alreadyEqual) {
  let end = '';
  let other = '';
  let count = alreadyEqual;
  while (actual.length > 0 && expected.length > 0 && actual[actual.length - 1] === expected[expected.length - 1]) {
    const line = actual.pop();
    expected.pop();
    if (count++ < 3) end = `\n  ${line}${end}`;
    else other = line;
  }
  if (other === '') return { end, skipped: count >= 5 ? true : false, count };
  return { end: count >= 5 ? `\n  ${other}\n...${end}` : `\n  ${other}${end}`, skipped: count >= 5, count };
}

function isShortPrimitivePair(actual, expected, length) {
  return length <= longestShort && !isObject(actual) && !isObject(expected) && (actual !== 0 || expected !== 0);
}

function difference(actual, expected, givenOperator, message) {
  const areFunctions = typeof actual === 'function' && typeof expected === 'function';
  const operator = givenOperator === 'strictEqual' && ((isObject(actual) && isObject(expected)) || areFunctions) ?
    'strictEqualObject' : givenOperator;
  const heading = message || headings[operator];
  const actualText = show(actual);
  const actualLines = actualText.split('\n');
  const expectedLines = show(expected).split('\n');
  let indicator = '';
  let equalStart = 0;
  if (actualLines.length === 1 && expectedLines.length === 1 && actualLines[0] !== expectedLines[0]) {
    const [a] = actualLines;
    const [b] = expectedLines;
    const length = a.length + b.length;
    if (length <= longestShort) {
      if (isShortPrimitivePair(actual, expected, length)) return `${heading}\n\n${a} !== ${b}\n`;
    } else if (operator !== 'strictEqualObject' && length < 80) {
      while (a[equalStart] === b[equalStart]) ++equalStart;
      if (equalStart > 2) {
        indicator = `\n  ${' '.repeat(equalStart)}^`;
        equalStart = 0;
      }
    }
  }
  const tail = cutCommonEnd(actualLines, expectedLines, equalStart);
  if (actualLines.length === 0 && expectedLines.length === 0) {
    return `${headings.notIdentical}\n\n${shorten(actualText.split('\n')).join('\n')}\n`;
  }
  const result = new Difference(actualLines, expectedLines).run();
  const title = `${heading}\n+ actual - expected`;
  if (result.isTooLong) return `${title} ... Lines skipped\n${result.text}\n...${result.waiting}\n...`;
  const note = result.skipped || tail.skipped ? ' ... Lines skipped' : '';
  return `${title}${note}\n${result.text}${result.waiting}${tail.end}${indicator}`;
}

function inequality(actual, operator) {
  const isReference = operator === 'notStrictEqual' && (isObject(actual) || typeof actual === 'function');
  const heading = headings[isReference ? 'notStrictEqualObject' : operator];
  const lines = shorten(show(actual).split('\n'));
  if (lines.length === 1) return `${heading}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
  return `${heading}\n\n${lines.join('\n')}\n`;
}

function cut(text, length) {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

function looseText(actual, expected, operator) {
  const left = show(actual);
  const right = show(expected);
  if (operator === 'notDeepEqual' && left === right) return cut(`${headings[operator]}\n\n${left}`, 1024);
  const shortLeft = cut(left, 512);
  const shortRight = cut(right, 512);
  if (operator === 'deepEqual') return `${headings[operator]}\n\n${shortLeft}\n\nshould loosely deep-equal\n\n${shortRight}`;
  const heading = headings[`${operator}Unequal`];
  if (heading) return `${heading}\n\n${shortLeft}\n\nshould not loosely deep-equal\n\n${shortRight}`;
  return `${shortLeft} ${operator} ${shortRight}`;
}

/** A copy whose stack does not show. */
function withoutStack(error) {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(error)), error);
  defineHidden(copy, 'message', error.message);
  return copy;
}

function messageFor({ actual, expected, operator, message }) {
  const isStrict = operator === 'deepStrictEqual' || operator === 'strictEqual';
  if (message !== undefined && message !== null) {
    return isStrict ? difference(actual, expected, operator, message) : String(message);
  }
  if (isStrict) return difference(actual, expected, operator);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') return inequality(actual, operator);
  return looseText(actual, expected, operator);
}

function addEllipsis(text) {
  const lines = text.split('\n', 11);
  if (lines.length > 10) return `${lines.slice(0, 10).join('\n')}\n...`;
  return text.length > 512 ? `${text.slice(512)}...` : text;
}

class AssertionError extends Error {
  constructor(options) {
    validateObject(options, 'options');
    let { actual, expected } = options;
    const { message, operator, details } = options;
    if ((message === undefined || message === null) && isObject(actual) && isObject(expected) &&
        actual instanceof Error && expected instanceof Error) {
      actual = withoutStack(actual);
      expected = withoutStack(expected);
    }
    super(messageFor({ actual, expected, operator, message }));
    this.generatedMessage = !message;
    defineHidden(this, 'name', 'AssertionError');
    this.code = 'ERR_ASSERTION';
    if (details) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
      // No arrow function: V4 has no `this` in those of a derived constructor.
      for (let i = 0; i < details.length; ++i) {
        for (const key of ['message', 'actual', 'expected', 'operator']) this[`${key} ${i}`] = details[i][key];
        this[`stack trace ${i}`] = details[i].stack;
      }
    } else {
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
    const start = options.stackStartFn || options.stackStartFunction;
    if (Error.captureStackTrace !== undefined && start !== undefined) Error.captureStackTrace(this, start);
    setStackHeader(this, `AssertionError [ERR_ASSERTION]: ${this.message}`);
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [inspect.custom](depth, context) {
    const { actual, expected } = this;
    if (typeof actual === 'string') this.actual = addEllipsis(actual);
    if (typeof expected === 'string') this.expected = addEllipsis(expected);
    const result = inspect(this, Object.assign({}, context, { customInspect: false, depth: 0 }));
    this.actual = actual;
    this.expected = expected;
    return result;
  }
}

module.exports = { AssertionError };
