// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { codes } = require('../core/errors');
const { isObjectOrNull } = require('../core/type-of');
const { validateAbortSignal, validateBoolean, validateNumber, validateOneOf, validateString } = require('../core/validators');
const { format, formatWithOptions, inspect, stripVTControlCharacters } = require('./internal/inspect');
const { callbackify, deprecate, promisify } = require('./internal/promisify');
const { types } = require('./internal/types');
const { errors } = require('./internal/system-constants');
const { toWellFormed } = require('./internal/utf8');

function inherits(constructor, superConstructor) {
  if (constructor === undefined || constructor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', constructor);
  }
  if (superConstructor === undefined || superConstructor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superConstructor);
  }
  if (superConstructor.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superConstructor.prototype);
  }
  Object.defineProperty(constructor, 'super_', { value: superConstructor, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, superConstructor.prototype);
}

function escapeForPattern(text) {
  return text.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replace(/\*/g, '.*');
}

function isDebugging(section) {
  const wanted = process.env.NODE_DEBUG;
  if (!wanted) return false;
  const patterns = wanted.split(',').map(escapeForPattern).join('|');
  return new RegExp(`^(?:${patterns})$`, 'i').test(section);
}

function debuglog(section, callback) {
  const name = `${section}`.toUpperCase();
  let enabled;
  let announced = false;
  const test = () => {
    if (enabled === undefined) enabled = isDebugging(name);
    return enabled;
  };
  const logger = (...args) => {
    if (test()) process.stderr.write(format('%s %s: %s\n', name, process.pid, format(...args)));
    if (!announced && typeof callback === 'function') callback(logger);
    announced = true;
  };
  return Object.defineProperty(logger, 'enabled', { get: test, configurable: true, enumerable: true });
}

function getSystemErrorName(number) {
  validateNumber(number, 'err');
  if (number >= 0 || !Number.isSafeInteger(number)) throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', number);
  const entry = errors.get(number);
  return entry === undefined ? `Unknown system error ${number}` : entry[0];
}

function styleText(style, text, { validateStream = true, stream = process.stdout } = {}) {
  validateString(text, 'text');
  validateBoolean(validateStream, 'options.validateStream');
  if (validateStream && (stream === null || typeof stream !== 'object' ||
      (typeof stream.write !== 'function' && typeof stream.on !== 'function'))) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  const colorOf = (name) => {
    const color = inspect.colors[name];
    if (color === undefined || color === null) validateOneOf(name, 'format', Object.keys(inspect.colors));
    return color;
  };
  const mark = (code) => `\u001b[${code}m`;
  if (Array.isArray(style)) {
    const colors = style.map(colorOf);
    return colors.map((color) => mark(color[0])).join('') + text + colors.reverse().map((color) => mark(color[1])).join('');
  }
  const color = colorOf(style);
  if (validateStream && !stream.isTTY) return text;
  return mark(color[0]) + text + mark(color[1]);
}

function systemCallException(number, syscall, original) {
  const name = getSystemErrorName(number);
  const error = new Error(original ? `${syscall} ${name} ${original}` : `${syscall} ${name}`);
  error.errno = number;
  error.code = name;
  error.syscall = syscall;
  return error;
}

/** The error of a call that concerns a host and a port. */
function hostAndPortException(number, syscall, address, port, additional) {
  const name = getSystemErrorName(number);
  const place = port > 0 ? ` ${address}:${port}` : ` ${address}`;
  const error = new Error(`${syscall} ${name}${place}${additional ? ` - Local (${additional})` : ''}`);
  Object.assign(error, { errno: number, code: name, syscall, address });
  if (port) error.port = port;
  return error;
}

/** Every signal may go to another thread here; there is none. */
function transferableAbortSignal(signal) {
  validateAbortSignal(signal, 'signal');
  return signal;
}

function pad(number) {
  return String(number).padStart(2, '0');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function log(...args) {
  const now = new Date();
  const time = [pad(now.getHours()), pad(now.getMinutes()), pad(now.getSeconds())].join(':');
  console.log('%s - %s', `${now.getDate()} ${months[now.getMonth()]} ${time}`, format(...args));
}

function extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
}

function parseEnv(content) {
  validateString(content, 'content');
  const result = {};
  const line = /^\s*(?:export\s+)?([\w.-]+)\s*=[ \t]*("(?:\\"|[^"])*"|'[^']*'|`[^`]*`|[^#\n]*)[^\n]*$/gm;
  for (let match = line.exec(content.replace(/\r\n?/g, '\n')); match !== null; match = line.exec(content)) {
    const value = match[2].trim();
    const quote = /^(["'`])([\s\S]*)\1$/.exec(value);
    result[match[1]] = quote === null ? value : quote[1] === '"' ? quote[2].replace(/\\n/g, '\n') : quote[2];
  }
  return result;
}

module.exports = {
  _errnoException: systemCallException,
  _exceptionWithHostPort: hostAndPortException,
  _extend: extend,
  callbackify,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  styleText,
  formatWithOptions,
  getSystemErrorMap: () => new Map(errors),
  getSystemErrorName,
  inherits,
  inspect,
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isBuffer: (value) => require('./buffer').Buffer.isBuffer(value),
  isDeepStrictEqual: (a, b) => require('./internal/comparisons').isDeepStrictEqual(a, b),
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  isRegExp: types.isRegExp,
  isObject: (value) => value !== null && isObjectOrNull(value),
  isDate: types.isDate,
  isError: (value) => types.isNativeError(value) || value instanceof Error,
  isFunction: (value) => typeof value === 'function',
  isPrimitive: (value) => value === null || (!isObjectOrNull(value) && typeof value !== 'function'),
  log,
  promisify,
  stripVTControlCharacters,
  toUSVString: (value) => toWellFormed(`${value}`),
  transferableAbortSignal,
  transferableAbortController: () => new (require('./internal/abort').AbortController)(),
  aborted: (signal, resource) => require('./internal/abort').whenAborted(signal, resource),
  types,
  parseEnv,
  parseArgs: (config) => require('./internal/parse-args').parseArgs(config),
};

// Larger parts are loaded when they are asked for.
function lazy(name, load) {
  Object.defineProperty(module.exports, name, {
    get() {
      const value = load();
      Object.defineProperty(module.exports, name, { value, writable: true, enumerable: true, configurable: true });
      return value;
    },
    enumerable: true,
    configurable: true,
  });
}
lazy('TextDecoder', () => require('./internal/encoding').TextDecoder);
lazy('TextEncoder', () => require('./internal/encoding').TextEncoder);
lazy('MIMEType', () => require('./internal/mime').MIMEType);
lazy('MIMEParams', () => require('./internal/mime').MIMEParams);
