// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's internal errors: classes with a `code`, messages as Node 20 words them, and the header
// "Name [CODE]: message" in the stack.

const binding = require('./binding');
const lib = require('./lib');
const { isBigInt, typeOf } = require('./type-of');

const codes = Object.create(null);
const nodeErrorMark = Symbol('nodeError');

const inspect = (value, options) => lib.require('internal/inspect').inspect(value, options);

/**
 * Gives an error's stack the header it would have in Node, where the code is part of it.
 * The engine does it for V4's errors (their `stack` is computed); elsewhere it is a plain string.
 */
function setStackHeader(error, header) {
  if (binding.setStackHeader !== undefined) {
    binding.setStackHeader(error, header);
    return;
  }
  const stack = error.stack;
  if (typeof stack !== 'string') return;
  const frames = stack.search(/\n {4}at /);
  error.stack = frames === -1 ? header : header + stack.slice(frames);
}

function defineHidden(object, name, value) {
  Object.defineProperty(object, name, { value, enumerable: false, writable: true, configurable: true });
}

function substitute(template, values) {
  let next = 0;
  return template.replace(/%[sdj]/g, (specifier) => {
    const value = values[next++];
    if (specifier === '%j') return JSON.stringify(value);
    return typeof value === 'string' || typeof value === 'number' || value === null || value === undefined ?
      String(value) : lib.require('internal/inspect').format(specifier, value);
  });
}

function makeClass(Base, code, message) {
  const label = code === 'ERR_INVALID_URL' ? '' : ` [${code}]`; // Node's C++ makes that one
  class NodeError extends Base {
    constructor(...args) {
      super();
      this.code = code;
      const text = typeof message === 'function' ? message.apply(this, args) : substitute(message, args);
      defineHidden(this, 'message', text);
      setStackHeader(this, `${this.name}${label}: ${text}`);
    }

    // Node shows the class that a program knows, not this internal one.
    get ['constructor']() {
      return Base;
    }

    toString() {
      return `${this.name}${label}: ${this.message}`;
    }
  }
  NodeError.prototype[nodeErrorMark] = true;
  Object.defineProperty(NodeError.prototype, nodeErrorMark, { enumerable: false });
  return NodeError;
}

/** Defines codes[code]; `others` are further base classes, reachable as codes[code].TypeError and so on. */
function define(code, message, Base, ...others) {
  const type = makeClass(Base, code, message);
  for (const other of others) type[other.name] = makeClass(other, code, message);
  codes[code] = type;
}

function formatList(list, conjunction = 'and') {
  switch (list.length) {
    case 0: return '';
    case 1: return `${list[0]}`;
    case 2: return `${list[0]} ${conjunction} ${list[1]}`;
    default: return `${list.slice(0, -1).join(', ')}, ${conjunction} ${list[list.length - 1]}`;
  }
}

/** What a message says after "Received". */
function determineSpecificType(value) {
  if (value === null || value === undefined) return String(value);
  switch (typeOf(value)) {
    case 'number':
      return `type number (${Object.is(value, -0) ? '-0' : value})`;
    case 'boolean':
      return `type boolean (${value})`;
    case 'symbol':
      return `type symbol (${String(value)})`;
    case 'bigint':
      return `type bigint (${String(value)}n)`;
    case 'function':
      return `function ${value.name}`;
    case 'string': {
      const text = value.length > 28 ? `${value.slice(0, 25)}...` : value;
      return text.includes("'") ? `type string (${JSON.stringify(text)})` : `type string ('${text}')`;
    }
    default:
      if (value.constructor && 'name' in value.constructor) return `an instance of ${value.constructor.name}`;
      return inspect(value, { depth: -1 });
  }
}

const primitiveTypes = new Set(['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean',
                                'bigint', 'symbol']);

function expectedTypes(expected) {
  const types = [];
  const instances = [];
  const others = [];
  for (const name of Array.isArray(expected) ? expected : [expected]) {
    if (primitiveTypes.has(name)) types.push(name.toLowerCase());
    else if (/^[A-Z][a-zA-Z0-9]*$/.test(name)) instances.push(name);
    else others.push(name);
  }
  const object = types.indexOf('object');
  if (instances.length > 0 && object !== -1) {
    types.splice(object, 1);
    instances.push('Object');
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${formatList(types, 'or')}`);
  if (instances.length > 0) parts.push(`an instance of ${formatList(instances, 'or')}`);
  if (others.length > 1) parts.push(`one of ${formatList(others, 'or')}`);
  else if (others.length === 1) parts.push(others[0].toLowerCase() === others[0] ? others[0] : `an ${others[0]}`);
  return parts.join(' or ');
}

function argumentOrProperty(name) {
  return name.includes('.') ? 'property' : 'argument';
}

function withSeparators(text) {
  const start = text[0] === '-' ? 1 : 0;
  let result = '';
  let i = text.length;
  for (; i >= start + 4; i -= 3) result = `_${text.slice(i - 3, i)}${result}`;
  return `${text.slice(0, i)}${result}`;
}

define('ERR_INVALID_ARG_TYPE', (name, expected, actual) => {
  const subject = name.endsWith(' argument') ? name : `"${name}" ${argumentOrProperty(name)}`;
  return `The ${subject} must be ${expectedTypes(expected)}. Received ${determineSpecificType(actual)}`;
}, TypeError);

define('ERR_INVALID_ARG_VALUE', (name, value, reason = 'is invalid') => {
  let shown = inspect(value);
  if (shown.length > 128) shown = `${shown.slice(0, 128)}...`;
  return `The ${argumentOrProperty(name)} '${name}' ${reason}. Received ${shown}`;
}, TypeError, RangeError);

define('ERR_OUT_OF_RANGE', (name, range, value, replaceWhole = false) => {
  let received;
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) received = withSeparators(String(value));
  else if (isBigInt(value)) received = `${Math.abs(Number(value)) > 2 ** 32 ? withSeparators(String(value)) : String(value)}n`;
  else received = typeof value === 'number' && !Object.is(value, -0) ? String(value) : inspect(value);
  const subject = replaceWhole ? name : `The value of "${name}" is out of range.`;
  return `${subject} It must be ${range}. Received ${received}`;
}, RangeError);

define('ERR_UNHANDLED_ERROR', (error) => (error === undefined ? 'Unhandled error.' : `Unhandled error. (${error})`),
       Error);

define('ERR_MISSING_ARGS', (...names) => {
  const quoted = names.map((name) => (Array.isArray(name) ? name.map((n) => `"${n}"`).join(' or ') : `"${name}"`));
  return `The ${formatList(quoted)} argument${names.length > 1 ? 's' : ''} must be specified`;
}, TypeError);

define('ERR_INVALID_RETURN_VALUE', (input, name, value) =>
  `Expected ${input} to be returned from the "${name}" function but got ${determineSpecificType(value)}.`,
       TypeError, RangeError);

define('ERR_INVALID_URL', function(input, base) {
  this.input = input;
  if (base != null) this.base = base;
  return 'Invalid URL';
}, TypeError);

define('ERR_INVALID_URL_SCHEME', (expected) => {
  const list = typeof expected === 'string' ? [expected] : expected;
  return `The URL must be ${list.length === 2 ? `one of scheme ${list[0]} or ${list[1]}` : `of scheme ${list[0]}`}`;
}, TypeError);

define('ERR_FALSY_VALUE_REJECTION', function(reason) {
  this.reason = reason;
  return 'Promise was rejected with falsy value';
}, Error);

define('ERR_TEST_FAILURE', function(error, failureType) {
  this.failureType = failureType;
  this.cause = error;
  const message = error !== null && typeof error === 'object' && error.message !== undefined ? error.message : error;
  return typeof message === 'string' ? message : inspect(message);
}, Error);

define('ERR_WORKER_PATH', (filename) =>
  `The worker script or module filename must be an absolute path or a relative path starting with './' or '../'.${
    filename.startsWith('file://') ? ' Wrap file:// URLs with `new URL`.' : ''}${
    filename.startsWith('data:text/javascript') ? ' Wrap data: URLs with `new URL`.' : ''} Received "${filename}"`, TypeError);

define('ERR_WORKER_INVALID_EXEC_ARGV', (errors, message = 'invalid execArgv flags') =>
  `Initiated Worker with ${message}: ${errors.join(', ')}`, Error);

define('ERR_ENCODING_INVALID_ENCODED_DATA', function(encoding, status) {
  if (status !== undefined) this.errno = status;
  return `The encoded data was not valid for encoding ${encoding}`;
}, TypeError);

define('ERR_BUFFER_OUT_OF_BOUNDS', (name) =>
  (name ? `"${name}" is outside of buffer bounds` : 'Attempt to access memory outside buffer bounds'), RangeError);

define('ERR_INVALID_CHAR', (name, field) =>
  `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`, TypeError);

define('ERR_PARSE_ARGS_UNKNOWN_OPTION', (option, allowPositionals) => {
  const hint = allowPositionals ? '. To specify a positional argument starting with a \'-\', place it at the end of ' +
    `the command after '--', as in '-- ${JSON.stringify(option)}` : '';
  return `Unknown option '${option}'${hint}`;
}, TypeError);

define('ERR_INVALID_MODULE_SPECIFIER', (request, reason, base) =>
  `Invalid module "${request}" ${reason}${base ? ` imported from ${base}` : ''}`, TypeError);

define('ERR_INVALID_PACKAGE_CONFIG', (path, base, message) =>
  `Invalid package config ${path}${base ? ` while importing ${base}` : ''}${message ? `. ${message}` : ''}`, Error);

define('ERR_INVALID_PACKAGE_TARGET', (packagePath, key, target, isImport = false, base = undefined) => {
  const relative = typeof target === 'string' && !isImport && target.length > 0 && !target.startsWith('./');
  const suffix = `${base ? ` imported from ${base}` : ''}${relative ? '; targets must start with "./"' : ''}`;
  if (key === '.') {
    return `Invalid "exports" main target ${JSON.stringify(target)} defined in the package config ` +
      `${packagePath}package.json${suffix}`;
  }
  return `Invalid "${isImport ? 'imports' : 'exports'}" target ${JSON.stringify(target)} defined for '${key}' in the ` +
    `package config ${packagePath}package.json${suffix}`;
}, Error);

define('ERR_MODULE_NOT_FOUND', function(path, base, exactUrl) {
  if (exactUrl) this.url = `${exactUrl}`;
  return `Cannot find ${exactUrl ? 'module' : 'package'} '${path}' imported from ${base}`;
}, Error);

define('ERR_PACKAGE_IMPORT_NOT_DEFINED', (specifier, packagePath, base) =>
  `Package import specifier "${specifier}" is not defined${
    packagePath ? ` in package ${packagePath}package.json` : ''} imported from ${base}`, TypeError);

define('ERR_PACKAGE_PATH_NOT_EXPORTED', (packagePath, subpath, base = undefined) => {
  const from = base ? ` imported from ${base}` : '';
  if (subpath === '.') return `No "exports" main defined in ${packagePath}package.json${from}`;
  return `Package subpath '${subpath}' is not defined by "exports" in ${packagePath}package.json${from}`;
}, Error);

define('ERR_UNSUPPORTED_DIR_IMPORT', function(path, base, exactUrl) {
  this.url = exactUrl;
  return `Directory import '${path}' is not supported resolving ES modules imported from ${base}`;
}, Error);

define('ERR_UNSUPPORTED_ESM_URL_SCHEME', (url, supported) =>
  `Only URLs with a scheme in: ${formatList(supported)} are supported by the default ESM loader. ` +
  `Received protocol '${url.protocol}'`, Error);

const simpleMessages = [
  [TypeError, {
    ERR_AMBIGUOUS_ARGUMENT: 'The "%s" argument is ambiguous. %s',
    ERR_ARG_NOT_ITERABLE: '%s must be iterable',
    ERR_ASYNC_CALLBACK: '%s must be a function',
    ERR_ASYNC_TYPE: 'Invalid name for async "type": %s',
    ERR_CONSTRUCT_CALL_INVALID: 'Constructor cannot be called',
    ERR_CONSTRUCT_CALL_REQUIRED: 'Cannot call constructor without `new`',
    ERR_CONSOLE_WRITABLE_STREAM: 'Console expects a writable stream instance for %s',
    ERR_FEATURE_UNAVAILABLE_ON_PLATFORM: 'The feature %s is unavailable on the current platform, which is Loopscope',
    ERR_INCOMPATIBLE_OPTION_PAIR: 'Option "%s" cannot be used in combination with option "%s"',
    ERR_ILLEGAL_CONSTRUCTOR: 'Illegal constructor',
    ERR_INVALID_CALLBACK: 'Callback must be a function. Received %s',
    ERR_INVALID_FILE_URL_HOST: 'File URL host must be "localhost" or empty on %s',
    ERR_INVALID_FILE_URL_PATH: 'File URL path %s',
    ERR_INVALID_IP_ADDRESS: 'Invalid IP address: %s',
    ERR_INVALID_THIS: 'Value of "this" must be of type %s',
    ERR_INVALID_TRANSFER_OBJECT: 'Found invalid object in transferList',
    ERR_INVALID_TUPLE: '%s must be an iterable %s tuple',
    ERR_INVALID_OBJECT_DEFINE_PROPERTY: '%s',
    ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST: 'Object that needs transfer was found in message but not listed in transferList',
    ERR_MISSING_OPTION: '%s is required',
    ERR_PARSE_ARGS_INVALID_OPTION_VALUE: '%s',
    ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL:
      "Unexpected argument '%s'. This command does not take positional arguments",
    ERR_PERFORMANCE_INVALID_TIMESTAMP: '%d is not a valid timestamp',
    ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS: '%s',
    ERR_STREAM_NULL_VALUES: 'May not write null values to stream',
    ERR_UNKNOWN_ENCODING: 'Unknown encoding: %s',
    ERR_UNKNOWN_FILE_EXTENSION: 'Unknown file extension "%s" for %s',
    ERR_UNKNOWN_SIGNAL: 'Unknown signal: %s',
    ERR_UNSUPPORTED_RESOLVE_REQUEST:
      'Failed to resolve module specifier "%s" from "%s": Invalid relative URL or base scheme is not hierarchical.',
    ERR_WORKER_UNSUPPORTED_OPERATION: '%s is not supported in workers',
    ERR_IMPORT_ASSERTION_TYPE_MISSING: 'Module "%s" needs an import attribute of type "%s"',
  }],
  [RangeError, {
    ERR_BUFFER_TOO_LARGE: 'Cannot create a Buffer larger than %s bytes',
    ERR_ENCODING_NOT_SUPPORTED: 'The "%s" encoding is not supported',
    ERR_FS_FILE_TOO_LARGE: 'File size (%s) is greater than 2 GiB',
    ERR_INVALID_ASYNC_ID: 'Invalid %s value: %s',
    ERR_INVALID_BUFFER_SIZE: 'Buffer size must be a multiple of %s',
    ERR_UNKNOWN_MODULE_FORMAT: 'Unknown module format: %s for URL %s',
  }],
  [Error, {
    ERR_ASSERTION: '%s',
    ERR_CONTEXT_NOT_INITIALIZED: 'context used is not initialized',
    ERR_DOMAIN_CALLBACK_NOT_AVAILABLE: 'A callback was registered through process.setUncaughtExceptionCaptureCallback(), which is mutually ' +
      'exclusive with using the `domain` module',
    ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE: 'The `domain` module is in use, which is mutually exclusive with calling ' +
      'process.setUncaughtExceptionCaptureCallback()',
    ERR_DIR_CLOSED: 'Directory handle was closed',
    ERR_EVENT_RECURSION: 'The event "%s" is already being dispatched',
    ERR_METHOD_NOT_IMPLEMENTED: 'The %s method is not implemented',
    ERR_MULTIPLE_CALLBACK: 'Callback called multiple times',
    ERR_STREAM_ALREADY_FINISHED: 'Cannot call %s after a stream was finished',
    ERR_STREAM_CANNOT_PIPE: 'Cannot pipe, not readable',
    ERR_STREAM_DESTROYED: 'Cannot call %s after a stream was destroyed',
    ERR_STREAM_PREMATURE_CLOSE: 'Premature close',
    ERR_STREAM_PUSH_AFTER_EOF: 'stream.push() after EOF',
    ERR_STREAM_UNSHIFT_AFTER_END_EVENT: 'stream.unshift() after end event',
    ERR_STREAM_WRITE_AFTER_END: 'write after end',
    ERR_UNAVAILABLE_DURING_EXIT: 'Cannot call function in process exit handler',
    ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET:
      '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active',
    ERR_UNKNOWN_BUILTIN_MODULE: 'No such built-in module: %s',
    ERR_USE_AFTER_CLOSE: '%s was closed',
    ERR_WORKER_INIT_FAILED: 'Worker initialization failure: %s',
    ERR_WORKER_NOT_RUNNING: 'Worker instance not running',
    ERR_WORKER_OUT_OF_MEMORY: 'Worker terminated due to reaching memory limit: %s',
    ERR_WORKER_UNSERIALIZABLE_ERROR: 'Serializing an uncaught exception failed',
    ERR_VALID_PERFORMANCE_ENTRY_TYPE: 'At least one valid performance entry type is required',
    ERR_FS_INVALID_SYMLINK_TYPE: 'Symlink type must be one of "dir", "file", or "junction". Received "%s"',
    ERR_REQUIRE_CYCLE_MODULE: '%s',
  }],
  [URIError, { ERR_INVALID_URI: 'URI malformed' }],
];
for (const [Base, messages] of simpleMessages) {
  for (const code of Object.keys(messages)) define(code, messages[code], Base);
}
define('ERR_INVALID_STATE', 'Invalid state: %s', Error, TypeError, RangeError);
define('ERR_OPERATION_FAILED', 'Operation failed: %s', Error, TypeError);

/** What an operation cancelled through an AbortSignal rejects with. */
class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    super(message);
    // Engines without ES2022's `cause` ignore the second argument of Error.
    if (options !== undefined && options !== null && 'cause' in options) defineHidden(this, 'cause', options.cause);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

/** The error of a system call, a plain Error: context has errno (negative), code, syscall, message and perhaps path and dest. */
function systemCallError(context) {
  const path = context.path === undefined ? undefined : String(context.path);
  const dest = context.dest === undefined ? undefined : String(context.dest);
  let message = `${context.code}: ${context.message}, ${context.syscall}`;
  if (path) message += ` '${path}'`;
  if (dest) message += ` -> '${dest}'`;
  const error = new Error(message);
  error.errno = context.errno;
  error.code = context.code;
  error.syscall = context.syscall;
  if (path) error.path = path;
  if (dest) error.dest = dest;
  return error;
}

/** Node's SystemError: `info` holds the context, errno and syscall are views of it. */
class SystemError extends Error {
  constructor(code, prefix, context) {
    super();
    let message = `${prefix}: ${context.syscall} returned ${context.code} (${context.message})`;
    if (context.path !== undefined) message += ` ${context.path}`;
    if (context.dest !== undefined) message += ` => ${context.dest}`;
    this.code = code;
    defineHidden(this, 'name', 'SystemError');
    defineHidden(this, 'message', message);
    Object.defineProperty(this, 'info', { value: context, enumerable: true, configurable: true, writable: false });
    for (const name of ['errno', 'syscall', 'path', 'dest']) {
      if (context[name] === undefined) continue;
      Object.defineProperty(this, name, {
        get: () => context[name],
        set: (value) => { context[name] = value; },
        enumerable: true,
        configurable: true,
      });
    }
    setStackHeader(this, `SystemError [${code}]: ${message}`);
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

for (const [code, text] of Object.entries({
  ERR_FS_CP_DIR_TO_NON_DIR: 'Cannot overwrite non-directory with directory',
  ERR_FS_CP_EEXIST: 'Target already exists',
  ERR_FS_CP_EINVAL: 'Invalid src or dest',
  ERR_FS_CP_FIFO_PIPE: 'Cannot copy a FIFO pipe',
  ERR_FS_CP_NON_DIR_TO_DIR: 'Cannot overwrite directory with non-directory',
  ERR_FS_CP_SOCKET: 'Cannot copy a socket file',
  ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY: 'Cannot overwrite symlink in subdirectory of self',
  ERR_FS_CP_UNKNOWN: 'Cannot copy an unknown file type',
  ERR_FS_EISDIR: 'Path is a directory',
  ERR_SYSTEM_ERROR: 'A system error occurred',
})) {
  codes[code] = class extends SystemError {
    constructor(context) {
      super(code, text, context);
    }
  };
}

/** A warning or error in the form Node gives to process.emitWarning: own name and code. */
function isErrorLike(value) {
  return typeof value === 'object' && value !== null && typeof value.name === 'string' &&
    typeof value.message === 'string';
}

module.exports = {
  AbortError,
  SystemError,
  codes,
  define,
  defineHidden,
  determineSpecificType,
  formatList,
  isErrorLike,
  nodeErrorMark,
  setStackHeader,
  systemCallError,
};
