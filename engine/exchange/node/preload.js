// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
// Runs in a real Node before its script (`node --require`), and tells through a pipe what async_hooks says: docs/real-node.md has the form
// of the stream. What stands between at-signs is put in by NodeLaunch. Nothing of Node's is replaced, and no promise, tick or handle is
// made here, since each would be one more in the program that is watched.
(() => {
  const settings = @SETTINGS@;
  const { isMainThread, threadId } = require('worker_threads');
  const fs = require('fs');
  // Forked children get the same options, but not the pipe; workers have a file each.
  if (process.ppid !== settings.parent)
    return;
  let descriptor;
  try {
    descriptor = isMainThread ? settings.descriptor : fs.openSync(`${settings.folder}/${threadId}`, 'w');
  } catch {
    return; // the worker runs unrecorded
  }
  // The script sees the options that it was started with, and so do the children that it forks.
  const ownOption = process.execArgv.indexOf(__filename);
  if (ownOption > 0)
    process.execArgv.splice(ownOption - 1, 2);
  const { createHook } = require('async_hooks');
  const { performance } = require('perf_hooks');
  const v8 = require('v8');

  // The stream: chunks of an 8-byte head (kind, bytes) and their content.
  const Chunk = { Records: 1, Text: 2, Place: 3, Facts: 4, Profile: 5 };
  const head = new Uint32Array(2);
  let isOpen = true;
  let sampling = null;

  function writeAll(bytes, length) {
    for (let from = 0; from < length && isOpen;) {
      try {
        from += fs.writeSync(descriptor, bytes, from, length - from);
      } catch (error) {
        if (error.code !== 'EAGAIN')
          close(); // nobody reads any more: the program goes on by itself
      }
    }
  }
  function writeChunk(kind, bytes, length) {
    head[0] = kind;
    head[1] = length;
    writeAll(head, 8);
    writeAll(bytes, length);
  }
  function writeText(kind, text) {
    const bytes = Buffer.from(text);
    writeChunk(kind, bytes, bytes.length);
  }

  // Records: four numbers each. The first is operation + 16 * type + 65536 * place.
  const Op = { Init: 1, Before: 2, After: 3, Destroy: 4, Resolve: 5, Timer: 6, Name: 7, Turn: 8, Output: 9, Error: 10 };
  const width = 4;
  const capacity = 8192 * width;
  const records = new Float64Array(capacity);
  let position = 0;
  let limit = capacity;
  let lastOperation = 0;
  let lastFirst = 0;
  let lastTime = 0;
  const now = performance.now.bind(performance);

  function flush() {
    if (settled !== null)
      tellSettled();
    if (position > 0)
      writeChunk(Chunk.Records, records, position * 8);
    position = 0;
    if (sampling !== null)
      sampling.cutIfLong();
  }
  function add(operation, first, second, time) {
    if (settled !== null)
      tellSettled();
    const at = position;
    records[at] = operation;
    records[at + 1] = first;
    records[at + 2] = second;
    records[at + 3] = time;
    lastOperation = operation;
    lastFirst = first;
    lastTime = time;
    position = at + width;
    if (position >= limit)
      flush();
  }

  /// Only V8's own language can read the state of a promise. It stays switched on, since V8 may forget a function's code and read it again.
  function stateReader() {
    v8.setFlagsFromString('--allow-natives-syntax');
    try {
      const read = new Function('promise', 'return %PromiseStatus(promise)');
      read(Promise.resolve());
      return read;
    } catch {
      return () => State.Unknown; // a V8 that has no such word
    }
  }

  // V8 tells of a promise just before it settles: how it did is looked at when the next thing happens.
  let settled = null;
  let settledAt = 0;
  let idSymbol; // under which Node keeps a promise's async id
  const State = { Pending: 0, Fulfilled: 1, Rejected: 2, Unknown: 3 };
  const stateOf = stateReader();
  function tellSettled() {
    const promise = settled;
    settled = null;
    idSymbol ??= Object.getOwnPropertySymbols(promise).find((symbol) => symbol.description === 'async_id_symbol');
    const id = promise[idSymbol];
    const state = stateOf(promise);
    if (id !== undefined && state !== State.Pending) // else it was resolved with another one, and settles later
      add(Op.Resolve, id, state, settledAt);
  }
  function onSettled(promise) {
    if (settled !== null)
      tellSettled();
    settled = promise;
    settledAt = now();
  }

  // What is told once and then called by its number, from 1: types, names and places. No more than this of each, so that a program that
  // makes ever new ones does not fill the memory: further ones are number 0.
  const most = 100000;
  const texts = new Map();
  function numberOf(text) {
    let number = texts.get(text);
    if (number === undefined && texts.size < most) {
      number = texts.size + 1;
      texts.set(text, number);
      writeText(Chunk.Text, text);
    }
    return number ?? 0;
  }

  const files = new Map();
  let placeCount = 0;
  let stacksLeft = settings.promiseStacks;
  const takeFrames = (error, frames) => frames;
  const isNodes = (file) => file !== null && file !== undefined && file.startsWith('node:');

  /// The number of the place in the person's files that the running code was called from, with the function of Node's or the language's
  /// that was called there.
  function placeNow() {
    const { prepareStackTrace, stackTraceLimit } = Error;
    Error.prepareStackTrace = takeFrames;
    Error.stackTraceLimit = 16;
    const holder = {};
    Error.captureStackTrace(holder, init);
    const frames = holder.stack;
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
    let api = '';
    let module = '';
    for (let i = 0; i < frames.length; ++i) {
      const frame = frames[i];
      const file = frame.getFileName();
      if (frame.isAsync())
        break;
      if (file === null || file === undefined) {
        api = frame.getFunctionName() ?? '';
        module = '';
      } else if (isNodes(file)) {
        if (file !== 'node:internal/async_hooks') {
          api = frame.getFunctionName() ?? '';
          module = file;
        }
      } else {
        return numberOfPlace(frame, file, module === '' ? api : `${module}:${api}`);
      }
    }
    return 0;
  }
  function numberOfPlace(frame, file, api) {
    let ofFile = files.get(file);
    if (ofFile === undefined)
      files.set(file, ofFile = new Map());
    let ofApi = ofFile.get(api);
    if (ofApi === undefined)
      ofFile.set(api, ofApi = new Map());
    const offset = frame.getPosition();
    let number = ofApi.get(offset);
    if (number === undefined && placeCount < most) {
      number = ++placeCount;
      ofApi.set(offset, number);
      writeText(Chunk.Place, JSON.stringify({ file, line: frame.getLineNumber(), column: frame.getColumnNumber(),
        function: frame.getFunctionName() ?? '', functionLine: frame.getEnclosingLineNumber(),
        functionColumn: frame.getEnclosingColumnNumber(), api }));
    }
    return number ?? 0;
  }
  function safePlace() {
    try {
      return placeNow();
    } catch {
      return 0; // the program made Error its own
    }
  }

  // What the process writes to its standard streams is counted by their handles. They are asked only while they may have written.
  const outputs = [];
  const counted = [0, 0, 0];
  let mayWrite = false;
  let writeTick = 0;
  function noteOutput(place) {
    for (const handle of outputs) {
      const { fd } = handle;
      if (fd !== 1 && fd !== 2)
        continue;
      const written = handle.bytesWritten;
      if (written !== counted[fd]) {
        counted[fd] = written;
        add(Op.Output + 65536 * place, fd, written, now());
      }
    }
  }

  // Resources that the loop calls back by itself, rather than as a job after another one; timers and immediates with their objects, since
  // only those tell that they were cleared. A hook for `destroy` would tell, too, but it makes Node watch every promise until it is
  // collected, which costs more than all the rest.
  const turns = new Map();
  const clearable = new Map();
  const closed = new FinalizationRegistry((id) => {
    turns.delete(id);
    add(Op.Destroy, id, 0, now());
  });
  let sweepAt = 64;
  let running = 0; // of them
  function sweep() {
    for (const [id, resource] of clearable) {
      if (resource._destroyed === true) {
        clearable.delete(id);
        turns.delete(id);
        add(Op.Destroy, id, 0, now());
      }
    }
    sweepAt = Math.max(64, clearable.size * 2);
  }
  const { nodeTiming } = performance;
  const countsLoops = nodeTiming.uvMetricsInfo !== undefined;
  function noteTurn() {
    add(Op.Turn, nodeTiming.idleTime, countsLoops ? nodeTiming.uvMetricsInfo.loopCount : -1, now());
  }

  // While nothing happens nobody would write what has been collected: a timer does, which keeps nothing alive. It is told apart by its type.
  let ownTimer = null;
  let isWaiting = false;
  function writeSoon() {
    isWaiting = true;
    if (ownTimer === null) {
      ownTimer = setTimeout(() => {
        isWaiting = false;
        sweep();
        flush();
      }, settings.flushAfter);
      ownTimer.unref();
    } else {
      ownTimer.refresh();
    }
  }

  const promiseInit = Op.Init + 16 * numberOf('PROMISE');
  const tickType = numberOf('TickObject');
  function initOther(id, type, trigger, resource) {
    if (isOurs)
      return;
    if (isWaiting && ownTimer === null || resource === ownTimer) { // the timer of this file
      add(Op.Init + 16 * numberOf('LoopscopeTimer'), id, trigger, now());
      return;
    }
    const place = settings.stacks ? safePlace() : 0;
    const known = numberOf(type);
    const number = known < 4096 ? known : 0;
    if (mayWrite)
      noteOutput(0);
    let callback;
    if (number === tickType) {
      callback = resource.callback;
      if (typeof callback === 'function' && callback.name === 'afterWriteTick') {
        mayWrite = true;
        writeTick = id;
        noteOutput(place);
      }
    } else {
      const isClearable = type === 'Timeout' || type === 'Immediate';
      turns.set(id, isClearable || type.includes('REQ') && type !== 'HTTPCLIENTREQUEST');
      if (isClearable)
        clearable.set(id, resource);
      else if (!turns.get(id))
        closed.register(resource, id);
      if (type === 'Timeout') {
        callback = resource._onTimeout;
        add(Op.Timer, Number(resource._idleTimeout) || 0, resource._repeat === null ? 0 : 1, 0);
      } else if (type === 'Immediate') {
        callback = resource._onImmediate;
      } else if (type === 'Microtask') {
        callback = resource.callback;
        turns.delete(id);
      } else if (outputs.length < 16 && (type === 'PIPEWRAP' || type === 'TTYWRAP')) {
        outputs.push(resource);
      }
    }
    if (typeof callback === 'function' && typeof callback.name === 'string' && callback.name !== '')
      add(Op.Name, numberOf(callback.name), 0, 0);
    add(Op.Init + 16 * number + 65536 * place, id, trigger, now());
  }
  function init(id, type, trigger, resource) {
    if (type !== 'PROMISE') {
      initOther(id, type, trigger, resource);
    } else if (stacksLeft > 0) {
      --stacksLeft;
      add(promiseInit + 65536 * safePlace(), id, trigger, now());
    } else {
      add(promiseInit, id, trigger, now());
    }
  }
  function before(id) {
    if (isOurs)
      return;
    if (mayWrite) {
      noteOutput(0);
      mayWrite = id !== writeTick;
    }
    if (turns.has(id)) {
      noteTurn();
      running = id;
    }
    add(Op.Before, id, 0, lastOperation === Op.After && running !== id && settled === null ? lastTime : now());
  }
  function after(id) {
    if (isOurs)
      return;
    if (mayWrite)
      noteOutput(0);
    if (id === running)
      endTurn(id);
    if (settled !== null)
      tellSettled();
    // A job ends by settling its promise, and the next one follows at once: the clock, which costs most of all, has just been asked.
    add(Op.After, id, 0, lastOperation === Op.Resolve && lastFirst === id ? lastTime : now());
  }
  function endTurn(id) {
    running = 0;
    const resource = clearable.get(id);
    if (resource === undefined) {
      if (turns.get(id)) // a request
        turns.delete(id);
    } else if (resource._destroyed === true) {
      clearable.delete(id);
      turns.delete(id);
      add(Op.Destroy, id, 0, now());
    }
    if (clearable.size > 0 && (clearable.size < 32 || clearable.size > sweepAt))
      sweep();
    if (!isWaiting && position > 0)
      writeSoon();
  }

  // V8's sampling profiler. What it found is told about once a second, and before too much waits for it. It starts slowly, since it looks at
  // all code there is: so the next profile begins before the last one ends, and they are started as a program does by console.profile().
  let isOurs = false; // what runs: the inspector calls back through async_hooks, too
  function startSampling() {
    const { Session, console: inspected } = require('inspector');
    const longest = 1000; // ms
    const most = 64; // pieces of records
    let number = 0;
    let cutAt = now();
    let pieces = 0;
    const title = () => `loopscope ${number}`;
    const session = new Session();
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.setSamplingInterval', { interval: settings.sampleInterval });
    session.on('Profiler.consoleProfileFinished', ({ params }) => {
      if (params.title === title())
        writeText(Chunk.Profile, JSON.stringify(params.profile));
    });
    inspected.profile(title());
    setInterval(flush, 10 * longest).unref(); // nor may a program that waits gather samples without bound
    function end() {
      isOurs = true;
      inspected.profileEnd(title());
      isOurs = false;
    }
    return {
      cutIfLong() {
        if (++pieces < most && now() - cutAt < longest || isOurs)
          return;
        isOurs = true;
        inspected.profile(`loopscope ${number + 1}`);
        end();
        ++number;
        cutAt = now();
        pieces = 0;
      },
      end,
    };
  }

  const hook = createHook({ init, before, after });
  let stopSettled;
  function close() {
    isOpen = false;
    sampling = null;
    hook.disable();
    stopSettled?.();
  }

  if (settings.sampleInterval > 0) {
    try {
      sampling = startSampling();
    } catch {} // a Node that was built without its inspector
  }
  now();
  const monotonic = process.hrtime();
  writeText(Chunk.Facts, JSON.stringify({ now: now(), monotonic: monotonic[0] * 1e3 + monotonic[1] / 1e6, epoch: Date.now(),
    version: process.version, process: process.pid, file: process.argv[1], countsLoops, stacks: settings.stacks,
    sampleInterval: sampling === null ? 0 : settings.sampleInterval, recorder: __filename }));
  process.on('uncaughtExceptionMonitor', (error, origin) => {
    let text;
    try {
      text = String(error?.stack ?? error);
    } catch {
      text = 'an error that cannot be shown';
    }
    add(Op.Error, numberOf(text), origin === 'unhandledRejection' ? 1 : 0, now());
  });
  process.on('exit', () => {
    if (mayWrite)
      noteOutput(0);
    sweep();
    noteTurn();
    flush();
    sampling?.end();
    sampling = null;
    limit = width; // handlers behind this one may still do things
  });
  hook.enable();
  stopSettled = v8.promiseHooks?.onSettled(onSettled); // since 16.14
})();
