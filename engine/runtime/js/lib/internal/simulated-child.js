// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// child_process on simulated I/O: only Node itself can be started, with a script, which then runs on a loop of its own in the same virtual
// time. Parent and child talk over a control port: messages, standard streams, signals. The child's side is child-start.js.

const binding = require('../../core/binding');
const EventEmitter = require('../events');
const path = require('../path');
const { codes } = require('../../core/errors');
const { validateArray, validateObject, validateString } = require('../../core/validators');
const { Buffer } = require('../buffer');
const { ControlPort } = require('./message-port');
const { readArguments } = require('./node-options');
const { setupChannel } = require('./child-channel');
const { PortTransport } = require('./simulated-channel');
const { signals } = require('./system-constants');
const { ReadableWorkerStdio, Waiting, WritableWorkerStdio, receive } = require('./worker-stdio');

const { loops } = binding;
const names = ['stdin', 'stdout', 'stderr'];
const children = new Map(); // by number of the loop
const own = Symbol('kOwn');
/** Signals that end no process which does not handle them. */
const harmless = ['SIGCHLD', 'SIGCONT', 'SIGURG', 'SIGWINCH'];

const isNode = (file) => file === process.execPath || /^(node|nodejs|loopscope)$/.test(path.basename(file));

function refuse(file) {
  throw new Error(`not supported by Loopscope: starting '${file}' on simulated I/O, where only Node can be started, with a script; ` +
    'real programs run with --io real --allow-run');
}

/** 'pipe', 'inherit' or 'ignore' for each of the standard streams. */
function readStdio(stdio) {
  const list = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
  if (list.slice(3).some((each) => each != null && each !== 'ipc' && each !== 'ignore')) {
    throw new Error('not supported by Loopscope: more than the three standard streams of a child on simulated I/O');
  }
  return names.map((name, index) => {
    const given = list[index];
    if (given === undefined || given === null || given === 'overlapped') return 'pipe';
    if (given === index || (typeof given === 'object' && given.fd === index)) return 'inherit';
    if (!['pipe', 'inherit', 'ignore'].includes(given)) throw new Error('not supported by Loopscope: streams and descriptors as stdio of a child on simulated I/O');
    return given;
  });
}

class ChildProcess extends EventEmitter {
  constructor() {
    super();
    Object.assign(this, { connected: false, signalCode: null, exitCode: null, killed: false, spawnfile: null, spawnargs: [], pid: undefined,
                          stdin: null, stdout: null, stderr: null, stdio: [null, null, null] });
  }

  spawn({ file, args, env = process.env, stdio = 'pipe', serialization = 'json', cwd }) {
    const source = readArguments(args.slice(1));
    if (!isNode(file) || (source.text === undefined && source.file === undefined)) refuse(file);
    const kinds = readStdio(stdio);
    const hasChannel = Array.isArray(stdio) && stdio.includes('ipc');
    const [here, there] = loops.openChannel();
    const child = this;
    const control = new ControlPort(here, (message, handles) => child.onControl(message, handles));
    Object.assign(this, { spawnfile: file, spawnargs: args });
    Object.defineProperty(this, own, { value: { control, waiting: new Waiting(loops.hold), loop: 0, isReferenced: true, diedOf: null, open: 1, handled: new Set() } });
    this.makeStreams(kinds);
    if (hasChannel) {
      this[own].transport = new PortTransport(control, serialization, loops.hold);
      setupChannel(this, this[own].transport);
    }
    control.post({ type: 'start', text: source.text, execArgv: source.options, kinds, hasChannel, serialization });
    const environment = [];
    for (const key of Object.keys(env)) {
      if (env[key] !== undefined) environment.push(key, `${env[key]}`);
    }
    const script = source.text === undefined ? path.resolve(cwd === undefined ? '.' : cwd, source.file) : '[eval]';
    this[own].loop = loops.start({ isProcess: true, name: path.basename(script), file: script, arguments: source.rest, environment, port: there });
    children.set(this[own].loop, this);
    loops.hold(1);
    this.pid = process.pid + this[own].loop - (loops.isWorker ? 0 : loops.loop || 0);
    process.nextTick(() => child.emit('spawn'));
  }

  kill(signal = 'SIGTERM') {
    const name = typeof signal === 'number' ? Object.keys(signals).find((key) => signals[key] === signal) : signal;
    if (signal !== 0 && signals[name] === undefined) throw new codes.ERR_UNKNOWN_SIGNAL(signal);
    const { control, loop } = this[own];
    if (loop === 0) return false;
    this.killed = true;
    if (signal === 0) return true;
    const { handled } = this[own];
    if (name === 'SIGKILL' || !(handled.has(name) || harmless.includes(name))) {
      this[own].diedOf = name;
      loops.stop(loop);
    } else if (handled.has(name)) {
      control.post({ type: 'signal', name, number: signals[name] });
    }
    return true;
  }

  ref() {
    refer(this[own], true);
  }

  unref() {
    refer(this[own], false);
  }
}

function refer(state, wanted) {
  if (state.loop === 0 || state.isReferenced === wanted) return;
  state.isReferenced = wanted;
  loops.hold(wanted ? 1 : -1);
}

const hidden = {
  makeStreams(kinds) {
    const state = this[own];
    const child = this;
    this.stdio = kinds.map((kind, index) => {
      if (kind !== 'pipe') return null;
      if (index === 0) return new WritableWorkerStdio(state.control, state.waiting, names[index]);
      const stream = new ReadableWorkerStdio(state.control, state.waiting, names[index]);
      stream.link.isCounted = false;
      ++state.open;
      stream.on('close', () => child.closeOne());
      return stream;
    });
    [this.stdin, this.stdout, this.stderr] = this.stdio;
  },
  onControl(message, handles) {
    switch (message.type) {
      case 'message':
        this[own].transport.deliver(message, handles);
        break;
      case 'disconnect':
        this[own].transport.closed();
        break;
      case 'handlesSignal':
        if (message.isHandled) this[own].handled.add(message.name);
        else this[own].handled.delete(message.name);
        break;
      case 'diedOf':
        this[own].diedOf = message.name;
        break;
      case 'stdioPayload':
        receive(this[message.stream], message.chunks);
        break;
      default:
        this[message.stream].wantsMoreData();
    }
  },
  closeOne() {
    if (--this[own].open === 0) this.emit('close', this.exitCode, this.signalCode);
  },
  onEnded(code) {
    const state = this[own];
    state.control.drain();
    refer(state, false);
    state.loop = 0;
    state.waiting.add(-state.waiting.count);
    if (state.transport !== undefined) state.transport.closed();
    if (state.diedOf === null) this.exitCode = code;
    else this.signalCode = state.diedOf;
    process.nextTick(() => this.tellExit()); // after 'disconnect'
  },
  tellExit() {
    this[own].control.close();
    if (this.stdin !== null) this.stdin.destroy();
    this.emit('exit', this.exitCode, this.signalCode);
    for (const stream of [this.stdout, this.stderr]) {
      if (stream === null) continue;
      if (!stream.readableEnded) stream.push(null);
      if (stream.listenerCount('readable') === 0) stream.resume(); // so that it ends
    }
    this.closeOne();
  },
};
for (const name of Object.keys(hidden)) Object.defineProperty(ChildProcess.prototype, name, { value: hidden[name] });

require('./loop-ends').listen((loop, code) => {
  const child = children.get(loop);
  children.delete(loop);
  if (child !== undefined) child.onEnded(code);
});

function spawn(file, args, options) {
  validateString(file, 'file');
  const [list, given] = Array.isArray(args) ? [args, options] : [[], args];
  const rest = Object.assign({}, given);
  if (rest.shell) return spawnCommand([file, ...list].join(' '), rest);
  const child = new ChildProcess();
  child.spawn(Object.assign({}, rest, { file, args: [file, ...list.map(String)] }));
  if (rest.timeout > 0) {
    const timer = setTimeout(() => child.kill(rest.killSignal), rest.timeout);
    child.once('exit', () => clearTimeout(timer));
  }
  if (rest.signal) {
    const abort = () => {
      const { AbortError } = require('../../core/errors');
      if (child.kill(rest.killSignal)) child.emit('error', new AbortError(undefined, { cause: rest.signal.reason }));
    };
    if (rest.signal.aborted) process.nextTick(abort);
    else rest.signal.addEventListener('abort', abort, { once: true });
  }
  return child;
}

/** A command line without a shell's own ways: words, and texts in quotes. */
function spawnCommand(command, options) {
  if (/[|&;<>`$*?~]|\\/.test(command.replace(/'[^']*'|"[^"]*"/g, ''))) refuse(command);
  const words = [];
  for (const [word] of command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) words.push(word.replace(/'([^']*)'|"([^"]*)"/g, (all, a, b) => (a === undefined ? b : a)));
  return spawn(words[0], words.slice(1), Object.assign({}, options, { shell: false }));
}

function fork(modulePath, args, options) {
  const file = modulePath instanceof URL ? require('../url').fileURLToPath(modulePath) : modulePath;
  validateString(file, 'modulePath');
  let [list, given] = [args, options];
  if (list === undefined || list === null) list = [];
  else if (typeof list === 'object' && !Array.isArray(list)) [list, given] = [[], list];
  else validateArray(list, 'args');
  if (given !== undefined && given !== null) validateObject(given, 'options');
  given = Object.assign({}, given, { shell: false });
  if (!Array.isArray(given.stdio)) {
    const kind = typeof given.stdio === 'string' ? given.stdio : given.silent ? 'pipe' : 'inherit';
    given.stdio = [kind, kind, kind, 'ipc'];
  } else if (!given.stdio.includes('ipc')) {
    throw Object.assign(new Error("Forked processes must have an IPC channel, missing value 'ipc' in options.stdio"), { code: 'ERR_CHILD_PROCESS_IPC_REQUIRED' });
  }
  return spawn(given.execPath || process.execPath, [...(given.execArgv || process.execArgv), file, ...list], given);
}

/** Calls back with the whole output of a child. */
function collect(child, command, { encoding = 'utf8' }, callback) {
  const chunks = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => chunks[name].push(Buffer.from(chunk)));
  const textOf = (name) => (encoding === 'buffer' || encoding === null ? Buffer.concat(chunks[name]) : Buffer.concat(chunks[name]).toString(encoding));
  child.on('close', (code, signal) => {
    if (typeof callback !== 'function') return;
    if (code === 0 && signal === null) callback(null, textOf('stdout'), textOf('stderr'));
    else {
      const error = new Error(`Command failed: ${command}\n${textOf('stderr')}`);
      callback(Object.assign(error, { code, killed: child.killed, signal, cmd: command }), textOf('stdout'), textOf('stderr'));
    }
  });
  return child;
}

function execFile(file, ...rest) {
  const args = Array.isArray(rest[0]) ? rest.shift() : [];
  const options = typeof rest[0] === 'object' && rest[0] !== null ? rest.shift() : {};
  return collect(spawn(file, args, options), [file, ...args].join(' '), options, rest[0]);
}

function exec(command, ...rest) {
  validateString(command, 'command');
  const options = typeof rest[0] === 'object' && rest[0] !== null ? rest.shift() : {};
  return collect(spawnCommand(command, options), command, options, rest[0]);
}

for (const original of [exec, execFile]) {
  Object.defineProperty(original, require('../util').promisify.custom, {
    value: (...args) => new Promise((resolve, reject) => {
      original(...args, (error, stdout, stderr) => {
        if (error === null) resolve({ stdout, stderr });
        else reject(Object.assign(error, { stdout, stderr }));
      });
    }),
  });
}

module.exports = { ChildProcess, exec, execFile, fork, spawn };
