// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// performance and its entries: User Timing over the run's clock.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { validateFunction, validateObject, validateString } = require('../../core/validators');
const { timers } = require('../../core/timers');
const { DOMException } = require('./dom-exception');
const { enumerable, tag } = require('./event');
const { EventTarget } = require('./event-target');
const { inspect } = require('./inspect');
const measurements = require('./perf-observers');
const { structuredClone } = require('./structured-clone');

const state = Symbol('kState');
const internal = Symbol('kInternal');

class PerformanceEntry {
  constructor(mark, name, entryType, startTime, duration) {
    if (mark !== internal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    Object.defineProperty(this, state, { value: { name, entryType, startTime, duration, detail: undefined } });
  }

  get name() {
    return this[state].name;
  }

  get entryType() {
    return this[state].entryType;
  }

  get startTime() {
    return this[state].startTime;
  }

  get duration() {
    return this[state].duration;
  }

  toJSON() {
    const { name, entryType, startTime, duration } = this;
    return { name, entryType, startTime, duration };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const deeper = Object.assign({}, options, { depth: options.depth === null ? null : options.depth - 1 });
    return `${this.constructor.name} ${inspect(this.toJSON(), deeper)}`;
  }
}

class DetailedEntry extends PerformanceEntry {
  get detail() {
    return this[state].detail;
  }

  toJSON() {
    return Object.assign(super.toJSON(), { detail: this.detail });
  }
}

class PerformanceMark extends DetailedEntry {
  constructor(name, options = {}) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    const label = `${name}`;
    if (milestones[label] !== undefined) throw new codes.ERR_INVALID_ARG_VALUE('name', label);
    if (options !== null) validateObject(options, 'options');
    const { startTime, detail } = options || {};
    if (startTime !== undefined && typeof startTime !== 'number') {
      throw new codes.ERR_INVALID_ARG_TYPE('startTime', 'number', startTime);
    }
    if (startTime < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(startTime);
    super(internal, label, 'mark', startTime === undefined ? binding.now() : startTime, 0);
    this[state].detail = detail === undefined || detail === null ? null : structuredClone(detail);
  }
}

class PerformanceMeasure extends DetailedEntry {
  constructor(mark, name, start, duration, detail) {
    super(mark, name, 'measure', start, duration);
    this[state].detail = detail;
  }
}

// What fetch measured, by the names of the Fetch standard.
const timesOfFetch = {
  workerStart: (timing) => timing.finalServiceWorkerStartTime,
  redirectStart: (timing) => timing.redirectStartTime,
  redirectEnd: (timing) => timing.redirectEndTime,
  fetchStart: (timing) => timing.postRedirectStartTime,
  domainLookupStart: (timing) => connectionTime(timing, 'domainLookupStartTime'),
  domainLookupEnd: (timing) => connectionTime(timing, 'domainLookupEndTime'),
  connectStart: (timing) => connectionTime(timing, 'connectionStartTime'),
  connectEnd: (timing) => connectionTime(timing, 'connectionEndTime'),
  secureConnectionStart: (timing) => connectionTime(timing, 'secureConnectionStartTime'),
  nextHopProtocol: (timing) => (timing.finalConnectionTimingInfo ? timing.finalConnectionTimingInfo.ALPNNegotiatedProtocol : undefined),
  requestStart: (timing) => timing.finalNetworkRequestStartTime,
  responseStart: (timing) => timing.finalNetworkResponseStartTime,
  responseEnd: (timing) => timing.endTime,
  encodedBodySize: (timing) => timing.encodedBodySize,
  decodedBodySize: (timing) => timing.decodedBodySize,
};

function connectionTime(timing, name) {
  return timing.finalConnectionTimingInfo ? timing.finalConnectionTimingInfo[name] : undefined;
}

/** Bytes that a response's head counts for, by the Resource Timing standard. */
const headSize = 300;

class PerformanceResourceTiming extends PerformanceEntry {
  constructor(mark, name, timing, initiatorType, cacheMode) {
    super(mark, name, 'resource', timing === undefined ? 0 : timing.startTime, timing === undefined ? 0 : timing.endTime - timing.startTime);
    Object.assign(this[state], { timing, initiatorType, cacheMode });
  }

  get initiatorType() {
    return this[state].initiatorType;
  }

  get transferSize() {
    const { cacheMode, timing } = this[state];
    if (cacheMode === 'local') return 0;
    return cacheMode === 'validated' ? headSize : timing.encodedBodySize + headSize;
  }

  toJSON() {
    const json = Object.assign(super.toJSON(), { initiatorType: this.initiatorType, nextHopProtocol: this.nextHopProtocol });
    for (const name of Object.keys(timesOfFetch)) if (!name.endsWith('BodySize')) json[name] = this[name];
    return Object.assign(json, { transferSize: this.transferSize, encodedBodySize: this.encodedBodySize, decodedBodySize: this.decodedBodySize });
  }
}

for (const [name, read] of Object.entries(timesOfFetch)) {
  Object.defineProperty(PerformanceResourceTiming.prototype, name, {
    configurable: true,
    enumerable: true,
    get() { return read(this[state].timing); },
  });
}

const milestones = {
  nodeStart: 0, v8Start: 0, environment: 0, loopStart: 0, loopExit: -1, bootstrapComplete: 0,
};

const timeline = { mark: [], measure: [], resource: [] };
const { observers } = measurements;

function remember(entry) {
  timeline[entry.entryType].push(entry);
  for (const observer of observers) observer.offer(entry);
}

function timeOf(markOrTime) {
  if (typeof markOrTime === 'number') {
    if (markOrTime < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(markOrTime);
    return markOrTime;
  }
  const name = `${markOrTime}`;
  if (milestones[name] !== undefined) return milestones[name];
  const marks = timeline.mark.filter((entry) => entry.name === name);
  if (marks.length === 0) throw new DOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
  return marks[marks.length - 1].startTime;
}

function checkMeasureOptions({ start, end, duration }) {
  if (start === undefined && end === undefined && duration !== undefined) {
    throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('One of options.start or options.end is required');
  }
  if (start !== undefined && end !== undefined && duration !== undefined) {
    throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('Must not have options.start, options.end, and options.duration specified');
  }
}

/** [start, end] of a measure. */
function measureSpan(startOrOptions, endMark) {
  const isObject = startOrOptions !== null && typeof startOrOptions === 'object';
  const options = isObject ? startOrOptions : {};
  const hasOptions = isObject && Object.keys(options).length > 0;
  if (hasOptions) checkMeasureOptions(options);
  let end;
  if (endMark !== undefined) end = timeOf(endMark);
  else if (options.end !== undefined) end = timeOf(options.end);
  else if (options.start !== undefined && options.duration !== undefined) end = timeOf(options.start) + timeOf(options.duration);
  else end = binding.now();
  let start = 0;
  if (options.start !== undefined) start = timeOf(options.start);
  else if (options.duration !== undefined && options.end !== undefined) start = end - timeOf(options.duration);
  else if (!isObject && startOrOptions !== undefined) start = timeOf(startOrOptions);
  return [start, end];
}

function entriesOf(name, type) {
  const all = type === undefined ? timeline.mark.concat(timeline.measure, timeline.resource) : timeline[type] || [];
  return all.filter((entry) => name === undefined || entry.name === name).sort((a, b) => a.startTime - b.startTime);
}

/** Idle and active time of the loop in ms: since it began, since `current`, or between two of them. */
function eventLoopUtilization(current, previous) {
  const [start, idle] = binding.loopTimes();
  if (start < 0) return { idle: 0, active: 0, utilization: 0 };
  const share = (idleTime, active) => ({ idle: idleTime, active, utilization: active / (idleTime + active) });
  if (previous) return share(current.idle - previous.idle, current.active - previous.active);
  const active = binding.now() - start - idle;
  return current ? share(idle - current.idle, active - current.active) : share(idle, active);
}

class PerformanceNodeEntry extends DetailedEntry {
  constructor(mark, name, entryType, start, duration, detail) {
    super(mark, name, entryType, start, duration);
    this[state].detail = detail;
  }
}

measurements.setOffer((type, name, start, detail) => {
  const entry = new PerformanceNodeEntry(internal, name, type, start, binding.now() - start, detail);
  for (const observer of observers) observer.offer(entry);
});

/** A function that also tells observers of 'function' entries, and a histogram, how long each call took. */
function timerify(fn, options) {
  validateFunction(fn, 'fn');
  validateObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && !require('./histogram').isRecordable(histogram)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
  }
  const complete = (start, args) => {
    const duration = binding.now() - start;
    if (histogram !== undefined) histogram.record(Math.max(Math.ceil(duration * 1e6), 1));
    const entry = new PerformanceNodeEntry(internal, fn.name, 'function', start, duration, args);
    args.forEach((argument, i) => { entry[i] = argument; });
    for (const observer of observers) observer.offer(entry);
  };
  function timerified(...args) {
    const start = binding.now();
    const isConstructed = new.target !== undefined;
    const result = isConstructed ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
    if (!isConstructed && result !== null && result !== undefined && typeof result.finally === 'function') {
      return result.finally(() => complete(start, args));
    }
    complete(start, args);
    return result;
  }
  Object.defineProperties(timerified, {
    length: { value: fn.length, configurable: false, enumerable: true },
    name: { value: `timerified ${fn.name}`, configurable: false, enumerable: true },
  });
  return timerified;
}

// Of the Resource Timing standard: what comes after is not kept until clearResourceTimings.
let resourceBufferSize = 250;

class Performance extends EventTarget {
  constructor(mark) {
    if (mark !== internal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
  }

  now() {
    return binding.now();
  }

  get timeOrigin() {
    return binding.wallTimeOrigin;
  }

  get nodeTiming() {
    return Object.assign({ name: 'node', entryType: 'node', startTime: 0, duration: binding.now() }, milestones, { loopStart: binding.loopTimes()[0], idleTime: binding.loopTimes()[1] });
  }

  mark(name, options = {}) {
    const mark = new PerformanceMark(name, options);
    remember(mark);
    return mark;
  }

  measure(name, startOrOptions = {}, endMark = undefined) {
    validateString(name, 'name');
    const [start, end] = measureSpan(startOrOptions, endMark);
    const detail = startOrOptions !== null && typeof startOrOptions === 'object' ? startOrOptions.detail : undefined;
    const measure = new PerformanceMeasure(internal, name, start, end - start,
                                           detail === undefined || detail === null ? null : structuredClone(detail));
    remember(measure);
    return measure;
  }

  clearMarks(name = undefined) {
    timeline.mark = name === undefined ? [] : timeline.mark.filter((entry) => entry.name !== `${name}`);
  }

  clearMeasures(name = undefined) {
    timeline.measure = name === undefined ? [] : timeline.measure.filter((entry) => entry.name !== `${name}`);
  }

  clearResourceTimings(name = undefined) {
    timeline.resource = name === undefined ? [] : timeline.resource.filter((entry) => entry.name !== `${name}`);
  }

  /** What fetch tells when a response has come whole. */
  markResourceTiming(timing, url, initiatorType, globalObject, cacheMode) {
    const entry = new PerformanceResourceTiming(internal, url, timing, initiatorType, cacheMode);
    if (timeline.resource.length < resourceBufferSize) remember(entry);
    return entry;
  }

  getEntries() {
    return entriesOf();
  }

  getEntriesByName(name, type = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return entriesOf(`${name}`, type);
  }

  getEntriesByType(type) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    return entriesOf(undefined, `${type}`);
  }

  eventLoopUtilization(current, previous) {
    return eventLoopUtilization(current, previous);
  }

  timerify(fn, options = {}) {
    return timerify(fn, options);
  }

  setResourceTimingBufferSize(size) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('maxSize');
    resourceBufferSize = Number(size) >>> 0;
  }

  toJSON() {
    return { nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const deeper = Object.assign({}, options, { depth: options.depth === null ? null : options.depth - 1 });
    return `Performance ${inspect({ nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin }, deeper)}`;
  }
}

class PerformanceObserverEntryList {
  constructor(entries) {
    Object.defineProperty(this, state, { value: entries.sort((a, b) => a.startTime - b.startTime) });
  }

  getEntries() {
    return this[state].slice();
  }

  getEntriesByType(type) {
    return this[state].filter((entry) => entry.entryType === `${type}`);
  }

  getEntriesByName(name, type = undefined) {
    return this[state].filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === type));
  }
}

class PerformanceObserver {
  constructor(callback) {
    validateFunction(callback, 'callback');
    Object.defineProperty(this, state, { value: { callback, types: new Set(), buffer: [], scheduled: false } });
  }

  static get supportedEntryTypes() {
    return ['dns', 'function', 'gc', 'mark', 'measure', 'net', 'resource'];
  }

  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    if (entryTypes !== undefined && type !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.entryTypes', entryTypes, 'options.entryTypes can not set with options.type together');
    }
    const own = this[state];
    if (entryTypes !== undefined) own.types = new Set(entryTypes);
    else own.types.add(type);
    observers.add(this);
    if (buffered && type !== undefined) for (const entry of entriesOf(undefined, type)) this.offer(entry);
  }

  wants(type) {
    return this[state].types.has(type);
  }

  offer(entry) {
    const own = this[state];
    if (!own.types.has(entry.entryType)) return;
    own.buffer.push(entry);
    if (own.scheduled) return;
    own.scheduled = true;
    timers.setImmediate(() => {
      own.scheduled = false;
      if (own.buffer.length > 0) own.callback(new PerformanceObserverEntryList(this.takeRecords()), this);
    });
  }

  takeRecords() {
    return this[state].buffer.splice(0);
  }

  disconnect() {
    observers.delete(this);
    this[state].buffer.length = 0;
  }
}

enumerable(PerformanceEntry, ['name', 'entryType', 'startTime', 'duration', 'toJSON']);
enumerable(Performance, ['clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName',
                         'getEntriesByType', 'mark', 'measure', 'now', 'timeOrigin', 'toJSON']);
tag(Performance, 'Performance');
tag(PerformanceEntry, 'PerformanceEntry');
tag(PerformanceMark, 'PerformanceMark');
tag(PerformanceMeasure, 'PerformanceMeasure');
tag(PerformanceObserver, 'PerformanceObserver');
tag(PerformanceResourceTiming, 'PerformanceResourceTiming');

module.exports = {
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  PerformanceResourceTiming,
  PerformanceObserverEntryList,
  performance: new Performance(internal),
};
