// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's console. Text and numbers take a short way; everything else is formatted by lib/internal/inspect.js.

const lib = require('./lib');
const stdio = require('./stdio');
const { codes } = require('./errors');
const { isObjectOrNull } = require('./type-of');
const { validateArray, validateInteger, validateObject, validateOneOf } = require('./validators');

const maxGroupIndentation = 1000;
const state = Symbol('kConsoleState');
const isConsole = Symbol('kIsConsole');

function ignore() {}

/** What a console writes to: two streams, or (for the global console) the process's own. */
class Output {
  constructor(streams, ignoreErrors, colorMode, inspectOptions, indentation) {
    this.streams = streams;
    this.ignoreErrors = ignoreErrors;
    this.colorMode = colorMode;
    this.inspectOptions = inspectOptions;
    this.width = indentation;
    this.indent = '';
    this.counts = new Map();
    this.isGlobal = streams === undefined;
    this.writeHandlers = new Map(); // stream -> its callback, one for all writes: so the stream calls back for many of them at once
  }

  stream(name) {
    return this.isGlobal ? stdio.get(name) : this.streams[name];
  }

  usesColors(name) {
    if (this.colorMode !== 'auto') return this.colorMode;
    if (this.isGlobal) return stdio.hasColors(name);
    const stream = this.streams[name];
    return Boolean(stream && stream.isTTY && (typeof stream.getColorDepth !== 'function' || stream.getColorDepth() > 2));
  }

  options(name) {
    const colors = this.usesColors(name);
    if (this.inspectOptions === undefined) return colors ? { colors: true } : {};
    if (this.inspectOptions.colors === undefined) this.inspectOptions.colors = colors;
    return this.inspectOptions;
  }

  format(name, args) {
    const first = args[0];
    if (args.length === 1) {
      if (typeof first === 'string') return first;
      const isPlain = typeof first === 'number' || typeof first === 'boolean' || first === undefined || first === null;
      if (isPlain && this.inspectOptions === undefined && !this.usesColors(name)) {
        return Object.is(first, -0) ? '-0' : String(first);
      }
    } else if (typeof first === 'string' && !first.includes('%')) {
      let text = first;
      let i = 1;
      while (i < args.length && typeof args[i] === 'string') text += ` ${args[i++]}`;
      if (i === args.length) return text;
    }
    return lib.require('internal/inspect').formatList(this.options(name), args);
  }

  write(name, text) {
    const line = this.indent === '' ? text : this.indent + text.replace(/\n/g, `\n${this.indent}`);
    if (this.isGlobal) {
      if (stdio.isUntouched(name)) {
        stdio.writeLine(name, line);
        return;
      }
    }
    this.writeTo(this.stream(name), `${line}\n`);
  }

  writeHandler(stream) {
    let handler = this.writeHandlers.get(stream);
    if (handler === undefined) {
      handler = makeWriteHandler(stream);
      this.writeHandlers.set(stream, handler);
    }
    return handler;
  }

  writeTo(stream, text) {
    if (this.ignoreErrors === false) {
      stream.write(text);
      return;
    }
    // Errors may come at once or later; neither may end the program.
    try {
      if (stream.listenerCount('error') === 0) stream.once('error', ignore);
      stream.write(text, this.writeHandler(stream));
    } catch (error) {
      if (error instanceof RangeError && /call stack/.test(error.message)) throw error;
    } finally {
      stream.removeListener('error', ignore);
    }
  }
}

/** Ignores the error that a write may end with. */
function makeWriteHandler(stream) {
  return (error) => {
    if (error && !stream._writableState.errorEmitted && stream.listenerCount('error') === 0) stream.once('error', ignore);
  };
}

function outputFromOptions(given, args) {
  const options = !given || typeof given.write === 'function' ?
    { stdout: given, stderr: args[1], ignoreErrors: args[2] } : given;
  const { stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions, groupIndentation } = options;
  if (!stdout || typeof stdout.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stderr');
  validateOneOf(colorMode, 'colorMode', ['auto', true, false]);
  if (groupIndentation !== undefined) validateInteger(groupIndentation, 'groupIndentation', 0, maxGroupIndentation);
  if (inspectOptions !== undefined) {
    validateObject(inspectOptions, 'options.inspectOptions');
    if (inspectOptions.colors !== undefined && options.colorMode !== undefined) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
    }
  }
  return new Output({ stdout, stderr }, Boolean(ignoreErrors), colorMode, inspectOptions,
                    groupIndentation === undefined ? 2 : groupIndentation);
}

function hidden(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
}

function setUp(console, output) {
  hidden(console, state, output);
  hidden(console, '_times', new Map());
  hidden(console, '_ignoreErrors', output.ignoreErrors);
  hidden(console, isConsole, true);
  Object.defineProperty(console, Symbol.toStringTag, {
    value: 'console', writable: false, enumerable: false, configurable: true,
  });
  for (const name of ['stdout', 'stderr']) {
    Object.defineProperty(console, `_${name}`, {
      get: () => output.stream(name),
      set(stream) {
        output.streams = { stdout: output.stream('stdout'), stderr: output.stream('stderr'), [name]: stream };
        output.isGlobal = false;
      },
      enumerable: false,
      configurable: true,
    });
  }
}

function Console(...args) {
  if (new.target === undefined) return Reflect.construct(Console, args);
  const output = outputFromOptions(args[0], args);
  bindMethods(this, this);
  setUp(this, output);
}

function bindMethods(target, source) {
  for (const name of Object.keys(Console.prototype)) {
    const bound = source[name].bind(target);
    Object.defineProperty(bound, 'name', { value: name, configurable: true });
    target[name] = bound;
  }
}

Object.defineProperty(Console, Symbol.hasInstance, { value: (instance) => instance[isConsole] });

// The order is the one in which Node lists them when console itself is printed.
const methods = {
  log(...args) {
    this[state].write('stdout', this[state].format('stdout', args));
  },

  warn(...args) {
    this[state].write('stderr', this[state].format('stderr', args));
  },

  dir(object, options) {
    const output = this[state];
    const all = Object.assign({ customInspect: false }, output.options('stdout'), options);
    output.write('stdout', lib.require('internal/inspect').inspect(object, all));
  },

  time(label = 'default') {
    const name = `${label}`;
    if (this._times.has(name)) {
      process.emitWarning(`Label '${name}' already exists for console.time()`);
      return;
    }
    this._times.set(name, process.hrtime());
  },

  timeEnd(label = 'default') {
    const name = `${label}`;
    if (logTime(this, 'timeEnd', name, [])) this._times.delete(name);
  },

  timeLog(label = 'default', ...data) {
    logTime(this, 'timeLog', `${label}`, data);
  },

  trace: function trace(...args) {
    const message = this[state].format('stderr', args);
    const { stack } = new Error(message);
    const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => /^ {4}at /.test(line)) : [];
    this.error([message === '' ? 'Trace' : `Trace: ${message}`].concat(frames).join('\n'));
  },

  assert(condition, ...args) {
    if (condition) return;
    args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`;
    this.warn(...args);
  },

  clear() {
    const stream = this._stdout;
    if (stream.isTTY && process.env.TERM !== 'dumb') stream.write('\u001b[1;1H\u001b[0J');
  },

  count(label = 'default') {
    const name = `${label}`;
    const { counts } = this[state];
    const count = (counts.get(name) || 0) + 1;
    counts.set(name, count);
    this.log(`${name}: ${count}`);
  },

  countReset(label = 'default') {
    const name = `${label}`;
    if (!this[state].counts.delete(name)) process.emitWarning(`Count for '${name}' does not exist`);
  },

  group(...data) {
    if (data.length > 0) this.log(...data);
    const output = this[state];
    output.indent += ' '.repeat(output.width);
  },

  groupEnd() {
    const output = this[state];
    output.indent = output.indent.slice(0, Math.max(0, output.indent.length - output.width));
  },

  table(data, properties) {
    if (properties !== undefined) validateArray(properties, 'properties');
    if (data === null || !isObjectOrNull(data)) {
      this.log(data);
      return;
    }
    this.log(lib.require('internal/console-table').table(data, properties, this[state].options('stdout')));
  },
};

function logTime(console, method, label, data) {
  const start = console._times.get(label);
  if (start === undefined) {
    process.emitWarning(`No such label '${label}' for console.${method}()`);
    return false;
  }
  const [seconds, nanoseconds] = process.hrtime(start);
  const { formatTime } = lib.require('internal/console-table');
  console.log('%s: %s', label, formatTime(seconds * 1000 + nanoseconds / 1e6), ...data);
  return true;
}

Object.assign(Console.prototype, methods);
Console.prototype.debug = Console.prototype.log;
Console.prototype.info = Console.prototype.log;
Console.prototype.dirxml = Console.prototype.log;
Console.prototype.error = Console.prototype.warn;
Console.prototype.groupCollapsed = Console.prototype.group;

const globalConsole = Object.create({});
bindMethods(globalConsole, Console.prototype);
setUp(globalConsole, new Output(undefined, true, 'auto', undefined, 2));
globalConsole.Console = Console;
for (const name of ['profile', 'profileEnd', 'timeStamp']) {
  // Only an attached inspector listens to these.
  globalConsole[name] = Object.defineProperty(() => {}, 'name', { value: name });
}

module.exports = globalConsole;
