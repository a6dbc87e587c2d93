// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// worker_threads.Worker: the side of the loop that starts a thread.

const binding = require('../../core/binding');
const EventEmitter = require('../events');
const { Buffer } = require('../buffer');
const path = require('../path');
const { codes } = require('../../core/errors');
const { validateArray, validateString } = require('../../core/validators');
const { deserializeError } = require('./error-transport');
const { ControlPort, MessageChannel, drainPort, referWhileListening } = require('./message-port');
const { URL } = require('./url-class');
const ends = require('./loop-ends');
const { ReadableWorkerStdio, Waiting, WritableWorkerStdio, receive } = require('./worker-stdio');

const { loops } = binding;
const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');
const state = Symbol('kState');
const environmentData = new Map();
const workers = new Map(); // by number of the loop
const defaultLimits = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 2096, codeRangeSizeMb: 0, stackSizeMb: 4 };

const isUrl = (value) => value instanceof URL || (typeof value === 'object' && value !== null && Boolean(value.href && value.protocol));

/** The module that a data: URL holds. */
function textOfDataUrl(url) {
  const match = /^data:([^,]*?)(;base64)?,([^#]*)/.exec(url);
  if (match === null) throw new codes.ERR_INVALID_URL(url);
  return match[2] === undefined ? decodeURIComponent(match[3]) : Buffer.from(decodeURIComponent(match[3]), 'base64').toString();
}

/** What is to run: { kind, filename } with kind 'file', 'classic' (a text) or 'module' (a text). */
function sourceOf(filename, options) {
  if (options.eval) {
    if (typeof filename !== 'string') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.eval', options.eval, "must be false when 'filename' is not a string");
    }
    return { kind: 'classic', filename };
  }
  if (isUrl(filename) && filename.protocol === 'data:') return { kind: 'module', filename: textOfDataUrl(`${filename}`) };
  if (isUrl(filename)) return { kind: 'file', filename: require('../url').fileURLToPath(filename) };
  if (typeof filename !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
  if (path.isAbsolute(filename) || /^\.\.?[\\/]/.test(filename)) return { kind: 'file', filename: path.resolve(filename) };
  throw new codes.ERR_WORKER_PATH(filename);
}

/** The names and values of the worker's process.env, one after the other. */
function environmentOf({ env }) {
  let source = process.env;
  if (typeof env === 'object' && env !== null) source = env;
  else if (env === SHARE_ENV) throw new Error('not supported by Loopscope: worker_threads.SHARE_ENV');
  else if (env !== undefined && env !== null) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.env', ['object', 'undefined', 'null', 'worker_threads.SHARE_ENV'], env);
  }
  const list = [];
  for (const key of Object.keys(source)) list.push(key, `${source[key]}`);
  return list;
}

function limitsOf({ resourceLimits }) {
  const limits = Object.assign({}, defaultLimits);
  if (typeof resourceLimits !== 'object' || resourceLimits === null) return limits;
  for (const key of Object.keys(limits)) {
    if (typeof resourceLimits[key] === 'number') limits[key] = resourceLimits[key];
  }
  limits.maxOldGenerationSizeMb = Math.max(limits.maxOldGenerationSizeMb, 2);
  return limits;
}

function pipeWithoutWarning(source, target) {
  const before = [source._maxListeners, target._maxListeners];
  source.setMaxListeners(Infinity);
  target.setMaxListeners(Infinity);
  source.pipe(target);
  [source._maxListeners, target._maxListeners] = before;
}

/** The three streams of the worker, as the parent sees them. */
function makeStreams(control, waiting, options) {
  const stdin = options.stdin ? new WritableWorkerStdio(control, waiting, 'stdin') : null;
  const streams = { stdin };
  for (const name of ['stdout', 'stderr']) {
    const stream = new ReadableWorkerStdio(control, waiting, name);
    if (!options[name]) {
      stream.link.isCounted = false;
      pipeWithoutWarning(stream, process[name]);
    }
    streams[name] = stream;
  }
  return streams;
}

class Worker extends EventEmitter {
  constructor(filename, options = {}) {
    super();
    if (options.execArgv) validateArray(options.execArgv, 'options.execArgv');
    if (options.argv) validateArray(options.argv, 'options.argv');
    const argv = options.argv ? options.argv.map(String) : [];
    const source = sourceOf(filename, options);
    const environment = environmentOf(options);
    if (options.name) validateString(options.name, 'options.name');
    const name = options.name ? options.name.trim() : '';

    const self = this; // V4 loses `this` in arrow functions of a derived class's constructor
    const [here, there] = loops.openChannel();
    const control = new ControlPort(here, (message) => self.onControlMessage(message));
    const waiting = new Waiting(loops.hold);
    const { port1, port2 } = new MessageChannel();
    const own = {
      loop: undefined, threadId: loops.nextThreadId(), control, publicPort: port1, isOnline: false, isReferenced: true, waiting,
      streams: makeStreams(control, waiting, options), limits: limitsOf(options),
    };
    Object.defineProperty(this, state, { value: own });
    for (const event of ['message', 'messageerror']) port1.on(event, (message) => self.emit(event, message));
    referWhileListening(port1, this);

    control.post({
      type: 'loadScript', argv, filename: source.filename, kind: source.kind, workerData: options.workerData, environmentData,
      hasStdin: Boolean(options.stdin), publicPort: port2, execArgv: options.execArgv || process.execArgv, resourceLimits: own.limits,
      threadId: own.threadId,
    }, [port2, ...(options.transferList || [])]);
    own.loop = loops.start({
      name: name === '' ? `worker ${own.threadId}` : name, file: source.kind === 'file' ? source.filename : '[worker eval]', arguments: argv,
      environment, port: there,
    });
    workers.set(own.loop, this);
    loops.hold(1);
    this.performance = {
      eventLoopUtilization() { throw new Error('not supported by Loopscope: Worker.performance.eventLoopUtilization'); },
    };
    process.nextTick(() => process.emit('worker', self));
    const channel = require('../diagnostics_channel').channel('worker_threads');
    if (channel.hasSubscribers) channel.publish({ worker: this });
  }

  postMessage(...args) {
    const { loop, publicPort } = this[state];
    if (loop !== undefined) publicPort.postMessage(...args);
  }

  terminate(callback) {
    const { loop } = this[state];
    this.ref();
    if (typeof callback === 'function') {
      process.emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.', 'DeprecationWarning', 'DEP0132');
      if (loop === undefined) return Promise.resolve();
      this.once('exit', (exitCode) => callback(null, exitCode));
    }
    if (loop === undefined) return Promise.resolve();
    loops.stop(loop);
    return new Promise((resolve) => {
      this.once('exit', resolve);
    });
  }

  ref() {
    refer(this[state], true);
  }

  unref() {
    refer(this[state], false);
  }

  get threadId() {
    const { loop, threadId } = this[state];
    return loop === undefined ? -1 : threadId;
  }

  get stdin() {
    return this[state].streams.stdin;
  }

  get stdout() {
    return this[state].streams.stdout;
  }

  get stderr() {
    return this[state].streams.stderr;
  }

  get resourceLimits() {
    const { loop, limits } = this[state];
    return loop === undefined ? {} : Object.assign({}, limits);
  }

  getHeapSnapshot() {
    if (this[state].loop === undefined) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    throw new Error('not supported by Loopscope: worker.getHeapSnapshot');
  }
}

Object.defineProperties(Worker.prototype, {
  onControlMessage: {
    value(message) {
      const own = this[state];
      switch (message.type) {
        case 'upAndRunning':
          own.isOnline = true;
          this.emit('online');
          break;
        case 'couldNotSerializeError':
          this.emit('error', new codes.ERR_WORKER_UNSERIALIZABLE_ERROR());
          break;
        case 'errorMessage':
          this.emit('error', deserializeError(message.error));
          break;
        case 'stdioPayload':
          receive(own.streams[message.stream], message.chunks);
          break;
        default:
          own.streams[message.stream].wantsMoreData();
      }
    },
  },
  onEnded: {
    value(code, error) {
      const own = this[state];
      const { control, publicPort, streams } = own;
      drainPort(publicPort);
      control.drain();
      this.removeAllListeners('message');
      this.removeAllListeners('messageerrors');
      refer(own, false);
      own.loop = undefined;
      control.close();
      for (const stream of [streams.stdout, streams.stderr]) {
        if (!stream.readableEnded) stream.push(null);
      }
      own.waiting.add(-own.waiting.count);
      if (error !== '') this.emit('error', new codes[error]());
      this.emit('exit', code);
      this.removeAllListeners();
    },
  },
});

/** Whether the worker keeps this loop alive. */
function refer(own, wanted) {
  if (own.loop === undefined) return;
  if (own.isReferenced !== wanted) loops.hold(wanted ? 1 : -1);
  own.isReferenced = wanted;
  if (wanted) own.publicPort.ref();
  else own.publicPort.unref();
}

/** Called when a loop that this one started has ended. */
function onEnded(loop, code, error) {
  const worker = workers.get(loop);
  workers.delete(loop);
  if (worker !== undefined) worker.onEnded(code, error);
}
ends.listen(onEnded);

module.exports = { SHARE_ENV, Worker, environmentData };
