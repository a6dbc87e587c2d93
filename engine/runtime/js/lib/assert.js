// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { codes } = require('../core/errors');
const binding = require('../core/binding');
const { isBigInt } = require('../core/type-of');
const { validateFunction } = require('../core/validators');
const { AssertionError } = require('./internal/assertion-error');
const { callSource } = require('./internal/call-source');
const { CallTracker } = require('./internal/call-tracker');
const { isDeepEqual, isDeepStrictEqual } = require('./internal/comparisons');
const { inspect } = require('./internal/inspect');
const { deprecate } = require('./internal/promisify');
const { types } = require('./internal/types');

const nothingThrown = {};

function isError(value) {
  return types.isNativeError(value) || value instanceof Error;
}

function failWith(details) {
  if (details.message instanceof Error) throw details.message;
  throw new AssertionError(details);
}

function falsyMessage() {
  const call = callSource();
  if (call === undefined) return undefined;
  const [first, ...rest] = call.text.split('\n');
  const lines = rest.map((line) => {
    let indentation = 0;
    while (indentation < call.column && (line[indentation] === ' ' || line[indentation] === '\t')) ++indentation;
    return `\n  ${line.slice(indentation)}`;
  });
  return `The expression evaluated to a falsy value:\n\n  ${first}${lines.join('')}\n`;
}

function checkTruth(fn, args) {
  const [value, given] = args;
  if (value && (!isBigInt(value) || binding.bigInt().truth(value))) return;
  let message = given;
  let isGenerated = false;
  if (args.length === 0) {
    isGenerated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (message === undefined || message === null) {
    isGenerated = true;
    message = falsyMessage();
  } else if (isError(message)) {
    throw message;
  }
  const error = new AssertionError({ actual: value, expected: true, message, operator: '==', stackStartFn: fn });
  error.generatedMessage = isGenerated;
  throw error;
}

function ok(...args) {
  checkTruth(ok, args);
}
const assert = ok;

let failWarned = false;

function fail(actual, expected, message, operator, stackStartFn) {
  const count = arguments.length;
  let text = message;
  let shown = actual;
  let sign = operator;
  const isDefault = (actual === undefined || actual === null) && count <= 1;
  if (isDefault) {
    text = 'Failed';
  } else if (count === 1) {
    text = actual;
    shown = undefined;
  } else {
    if (!failWarned) {
      failWarned = true;
      process.emitWarning('assert.fail() with more than one argument is deprecated. Please use assert.strictEqual() ' +
        'instead or only pass a message.', 'DeprecationWarning', 'DEP0094');
    }
    if (count === 2) sign = '!=';
  }
  if (text instanceof Error) throw text;
  const error = new AssertionError({
    actual: shown, expected, operator: sign === undefined ? 'fail' : sign, stackStartFn: stackStartFn || fail, message: text,
  });
  if (isDefault) error.generatedMessage = true;
  throw error;
}

assert.fail = fail;
assert.AssertionError = AssertionError;

assert.ok = ok;

const isNaNPair = (a, b) => a !== a && b !== b;
// eslint-disable-next-line eqeqeq
const looselyEqual = (a, b) => a == b || isNaNPair(a, b);

/** Defines a comparison: `test` says whether the assertion holds. */
function defineComparison(name, operator, test) {
  const fn = {
    [name](actual, expected, message) {
      if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('actual', 'expected');
      if (!test(actual, expected)) failWith({ actual, expected, message, operator, stackStartFn: fn });
    },
  }[name];
  assert[name] = fn;
}

defineComparison('equal', '==', looselyEqual);
defineComparison('notEqual', '!=', (a, b) => !looselyEqual(a, b));
defineComparison('deepEqual', 'deepEqual', isDeepEqual);
defineComparison('notDeepEqual', 'notDeepEqual', (a, b) => !isDeepEqual(a, b));
defineComparison('deepStrictEqual', 'deepStrictEqual', isDeepStrictEqual);
defineComparison('notDeepStrictEqual', 'notDeepStrictEqual', (a, b) => !isDeepStrictEqual(a, b));
defineComparison('strictEqual', 'strictEqual', Object.is);
defineComparison('notStrictEqual', 'notStrictEqual', (a, b) => !Object.is(a, b));

/** The properties that an expected error names, of the actual or the expected one. */
class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      const matches = actual !== undefined && typeof actual[key] === 'string' && types.isRegExp(object[key]) &&
        object[key].exec(actual[key]) !== null;
      this[key] = matches ? actual[key] : object[key];
    }
  }
}

function compareProperties(actual, expected, message, fn) {
  const keys = Object.keys(expected);
  if (expected instanceof Error) keys.push('name', 'message');
  else if (keys.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
  for (const key of keys) {
    const isMatch = typeof actual[key] === 'string' && types.isRegExp(expected[key]) &&
      expected[key].exec(actual[key]) !== null;
    if (isMatch || (key in actual && isDeepStrictEqual(actual[key], expected[key]))) continue;
    if (message) failWith({ actual, expected, message, operator: fn.name, stackStartFn: fn });
    const error = new AssertionError({
      actual: new Comparison(actual, keys),
      expected: new Comparison(expected, keys, actual),
      operator: 'deepStrictEqual',
      stackStartFn: fn,
    });
    error.actual = actual;
    error.expected = expected;
    error.operator = fn.name;
    throw error;
  }
}

function wrongClassText(actual, expected) {
  let text = `The error is expected to be an instance of "${expected.name}". Received `;
  if (!isError(actual)) return `${text}"${inspect(actual, { depth: -1 })}"`;
  const name = (actual.constructor && actual.constructor.name) || actual.name;
  text += expected.name === name ? 'an error with identical name but a different prototype.' : `"${name}"`;
  return actual.message ? `${text}\n\nError message:\n\n${actual.message}` : text;
}

function wrongResultText(actual, expected, result) {
  const name = expected.name ? `"${expected.name}" ` : '';
  const text = `The ${name}validation function is expected to return "true". Received ${inspect(result)}`;
  return isError(actual) ? `${text}\n\nCaught error:\n\n${actual}` : text;
}

/** Text that says how the thrown value differs from a pattern, class or function; undefined when it is right. */
function mismatchText(actual, expected) {
  if (types.isRegExp(expected)) {
    const text = String(actual);
    return expected.exec(text) !== null ? undefined :
      `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`;
  }
  if (expected.prototype !== undefined && actual instanceof expected) return undefined;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) return wrongClassText(actual, expected);
  const result = expected.call({}, actual);
  return result === true ? undefined : wrongResultText(actual, expected, result);
}

function checkException(actual, expected, message, fn) {
  if (typeof expected !== 'function' && !types.isRegExp(expected)) {
    if (typeof actual === 'object' && actual !== null) {
      compareProperties(actual, expected, message, fn);
      return;
    }
    const error = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: fn });
    error.operator = fn.name;
    throw error;
  }
  const text = mismatchText(actual, expected);
  if (text === undefined) return;
  const error = new AssertionError({ actual, expected, message: message || text, operator: fn.name, stackStartFn: fn });
  error.generatedMessage = !message;
  throw error;
}

function getActual(fn) {
  validateFunction(fn, 'fn');
  try {
    fn();
  } catch (error) {
    binding.translate(error);
    return error;
  }
  return nothingThrown;
}

function isPromiseLike(value) {
  return types.isPromise(value) || (value !== null && typeof value === 'object' &&
    typeof value.then === 'function' && typeof value.catch === 'function');
}

/** What a promise (or a function's promise) is rejected with; rejects itself when there is no promise. */
function promisedActual(promiseOrFunction) {
  let promise = promiseOrFunction;
  if (typeof promiseOrFunction === 'function') {
    promise = promiseOrFunction();
    if (!isPromiseLike(promise)) {
      throw new codes.ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
    }
  } else if (!isPromiseLike(promise)) {
    throw new codes.ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promise);
  }
  return Promise.prototype.then.call(types.isPromise(promise) ? promise : Promise.resolve(promise), () => nothingThrown, (error) => error);
}

const expectedKinds = ['Object', 'Error', 'Function', 'RegExp'];

function expectError(fn, actual, ...args) {
  let [error, message] = args;
  if (typeof error === 'string') {
    if (args.length === 2) throw new codes.ERR_INVALID_ARG_TYPE('error', expectedKinds, error);
    if (typeof actual === 'object' && actual !== null) {
      if (actual.message === error) {
        throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message',
                                               `The error message "${actual.message}" is identical to the message.`);
      }
    } else if (actual === error) {
      throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The error "${actual}" is identical to the message.`);
    }
    message = error;
    error = undefined;
  } else if (error !== undefined && error !== null && typeof error !== 'object' && typeof error !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('error', expectedKinds, error);
  }
  if (actual === nothingThrown) {
    const name = error && error.name ? ` (${error.name})` : '';
    const kind = fn === assert.rejects ? 'rejection' : 'exception';
    failWith({
      actual: undefined, expected: error, operator: fn.name, stackStartFn: fn,
      message: `Missing expected ${kind}${name}${message ? `: ${message}` : '.'}`,
    });
  }
  if (error) checkException(actual, error, message, fn);
}

function isExpectedKind(actual, expected) {
  if (typeof expected !== 'function') {
    if (types.isRegExp(expected)) return expected.exec(String(actual)) !== null;
    throw new codes.ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
  }
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
  return expected.call({}, actual) === true;
}

function expectNoError(fn, actual, givenError, givenMessage) {
  if (actual === nothingThrown) return;
  const isText = typeof givenError === 'string';
  const error = isText ? undefined : givenError;
  const message = isText ? givenError : givenMessage;
  if (!error || isExpectedKind(actual, error)) {
    const kind = fn === assert.doesNotReject ? 'rejection' : 'exception';
    failWith({
      actual, expected: error, operator: fn.name, stackStartFn: fn,
      message: `Got unwanted ${kind}${message ? `: ${message}` : '.'}\nActual message: "${actual && actual.message}"`,
    });
  }
  throw actual;
}

assert.throws = function throws(fn, ...args) {
  expectError(throws, getActual(fn), ...args);
};

/** Runs a check on what a promise is rejected with, after as many jobs as Node's two async functions take. */
function whenSettled(promiseOrFunction, check) {
  return new Promise((resolve, reject) => {
    let settled;
    try {
      settled = promisedActual(promiseOrFunction);
    } catch (error) {
      settled = Promise.reject(error);
    }
    settled.then((actual) => {
      try {
        check(actual);
      } catch (error) {
        reject(error);
        return;
      }
      resolve();
    }, reject);
  });
}

assert.rejects = function rejects(promiseOrFunction, ...args) {
  return whenSettled(promiseOrFunction, (actual) => expectError(rejects, actual, ...args));
};

assert.doesNotThrow = function doesNotThrow(fn, ...args) {
  expectNoError(doesNotThrow, getActual(fn), ...args);
};

assert.doesNotReject = function doesNotReject(promiseOrFunction, ...args) {
  return whenSettled(promiseOrFunction, (actual) => expectNoError(doesNotReject, actual, ...args));
};

assert.ifError = function ifError(error) {
  if (error === null || error === undefined) return;
  let message = 'ifError got unwanted exception: ';
  if (typeof error === 'object' && typeof error.message === 'string') {
    message += error.message.length === 0 && error.constructor ? error.constructor.name : error.message;
  } else {
    message += inspect(error);
  }
  throw new AssertionError({ actual: error, expected: null, operator: 'ifError', message, stackStartFn: ifError });
};

function checkMatch(text, pattern, message, fn, wanted) {
  if (!types.isRegExp(pattern)) throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', pattern);
  if (typeof text === 'string' && (pattern.exec(text) !== null) === wanted) return;
  if (message instanceof Error) throw message;
  let shown = message;
  if (!message) {
    shown = typeof text !== 'string' ?
      `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})` :
      `The input ${wanted ? 'did not match' : 'was expected to not match'} the regular expression ${inspect(pattern)}. ` +
        `Input:\n\n${inspect(text)}\n`;
  }
  const error = new AssertionError({ actual: text, expected: pattern, message: shown, operator: fn.name, stackStartFn: fn });
  error.generatedMessage = !message;
  throw error;
}

assert.match = function match(text, pattern, message) {
  checkMatch(text, pattern, message, match, true);
};

assert.doesNotMatch = function doesNotMatch(text, pattern, message) {
  checkMatch(text, pattern, message, doesNotMatch, false);
};

assert.CallTracker = deprecate(CallTracker, 'assert.CallTracker is deprecated.', 'DEP0173');

function strict(...args) {
  checkTruth(strict, args);
}

assert.strict = Object.assign(strict, assert, {
  equal: assert.strictEqual,
  deepEqual: assert.deepStrictEqual,
  notEqual: assert.notStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;

module.exports = assert;
