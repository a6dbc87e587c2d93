// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Histograms of perf_hooks: buckets as HdrHistogram lays them out (https://github.com/HdrHistogram/HdrHistogram), with its ways of counting percentiles.

const { codes } = require('../../core/errors');
const { validateInteger, validateNumber, validateObject } = require('../../core/validators');
const { isBigInt } = require('../../core/type-of');
const { inspect } = require('./inspect');

const countsSymbol = Symbol('kHandle');
const mapSymbol = Symbol('kMap');
const recordableSymbol = Symbol('kRecordable');
const internal = Symbol('internal');

/** What Node's inspection calls the map of percentiles. */
class SafeMap extends Map {}

const noMinimum = 2 ** 63; // as HdrHistogram says it of an empty histogram

/** Counts by bucket. Values are whole numbers up to 2^53. */
class BucketCounts {
  constructor(lowest, highest, figures) {
    this.highest = highest;
    this.unitMagnitude = Math.floor(Math.log2(lowest));
    // So many values lie side by side in a bucket that neighbours differ in the last significant figure.
    this.halfMagnitude = Math.max(Math.ceil(Math.log2(2 * 10 ** figures)), 1) - 1;
    this.reset();
  }

  reset() {
    this.counts = new Map(); // by the lowest value of the bucket
    this.count = 0;
    this.exceeds = 0;
    this.least = Infinity;
    this.most = 0;
    this.previous = undefined; // time of the last recordDelta
  }

  /** How many values share the bucket of `value`. */
  rangeOf(value) {
    const bits = Math.max(value < 1 ? 0 : Math.floor(Math.log2(value)) + 1, this.halfMagnitude + 1 + this.unitMagnitude);
    return 2 ** (bits - this.halfMagnitude - 1);
  }

  lowestOf(value) {
    const range = this.rangeOf(value);
    return Math.floor(value / range) * range;
  }

  highestOf(value) {
    return this.lowestOf(value) + this.rangeOf(value) - 1;
  }

  medianOf(value) {
    return this.lowestOf(value) + Math.floor(this.rangeOf(value) / 2);
  }

  record(value, times = 1) {
    if (value > this.highest || value < 0) {
      this.exceeds += times;
      return;
    }
    const lowest = this.lowestOf(value);
    this.counts.set(lowest, (this.counts.get(lowest) || 0) + times);
    this.count += times;
    if (value !== 0) this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
  }

  get min() {
    if (this.counts.has(0)) return 0;
    return this.least === Infinity ? noMinimum : this.lowestOf(this.least);
  }

  get max() {
    return this.most === 0 ? 0 : this.highestOf(this.most);
  }

  sorted() {
    return [...this.counts].sort((a, b) => a[0] - b[0]);
  }

  get mean() {
    let total = 0;
    for (const [value, times] of this.counts) total += this.medianOf(value) * times;
    return total / this.count;
  }

  get stddev() {
    const { mean } = this;
    let squares = 0;
    for (const [value, times] of this.counts) squares += (this.medianOf(value) - mean) ** 2 * times;
    return Math.sqrt(squares / this.count);
  }

  percentile(percent) {
    const wanted = Math.max(Math.floor((percent / 100) * this.count + 0.5), 1);
    let seen = 0;
    for (const [value, times] of this.sorted()) {
      seen += times;
      if (seen >= wanted) return this.highestOf(value);
    }
    return 0;
  }

  /** Halves of what is left each time: 0, 50, 75, 87.5 and so on, and 100. */
  percentiles() {
    const found = [];
    let next = 0;
    let seen = 0;
    let last = 0;
    for (const [value, times] of this.sorted()) {
      seen += times;
      last = value;
      while (next <= (100 * seen) / this.count) {
        found.push([next, last]);
        next += 100 / 2 ** (Math.floor(Math.log2(100 / (100 - next))) + 1);
        if (seen >= this.count) break;
      }
    }
    found.push([100, last]);
    return found;
  }

  add(other) {
    for (const [value, times] of other.counts) this.record(value, times);
    this.exceeds += other.exceeds;
    this.least = Math.min(this.least, other.least);
    this.most = Math.max(this.most, other.most);
  }
}

function countsOf(histogram) {
  if (histogram === null || histogram === undefined || histogram[countsSymbol] === undefined) throw new codes.ERR_INVALID_THIS('Histogram');
  return histogram[countsSymbol];
}

function checkPercentile(percentile) {
  validateNumber(percentile, 'percentile');
  if (Number.isNaN(percentile) || percentile <= 0 || percentile > 100) throw new codes.ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
}

class Histogram {
  constructor(mark, counts) {
    if (mark !== internal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[countsSymbol] = counts;
    this[mapSymbol] = new SafeMap();
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const deeper = Object.assign({}, options, { depth: options.depth === null || options.depth === undefined ? null : options.depth - 1 });
    const { min, max, mean, exceeds, stddev, count, percentiles } = this;
    return `Histogram ${inspect({ min, max, mean, exceeds, stddev, count, percentiles }, deeper)}`;
  }

  get mean() {
    return countsOf(this).mean;
  }

  get stddev() {
    return countsOf(this).stddev;
  }

  percentile(percentile) {
    const counts = countsOf(this);
    checkPercentile(percentile);
    return counts.percentile(percentile);
  }

  percentileBigInt(percentile) {
    const counts = countsOf(this);
    checkPercentile(percentile);
    return BigInt(counts.percentile(percentile));
  }

  get percentiles() {
    return refill(this, (value) => value);
  }

  get percentilesBigInt() {
    return refill(this, BigInt);
  }

  reset() {
    countsOf(this).reset();
  }

  toJSON() {
    const { count, min, max, mean, exceeds, stddev, percentiles } = this;
    return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(percentiles) };
  }
}

for (const name of ['count', 'min', 'max', 'exceeds']) {
  Object.defineProperty(Histogram.prototype, name, { get() { return countsOf(this)[name]; }, configurable: true });
  Object.defineProperty(Histogram.prototype, `${name}BigInt`, {
    get() {
      const value = countsOf(this)[name];
      return value === noMinimum ? BigInt('9223372036854775807') : BigInt(value);
    },
    configurable: true,
  });
}

/** Node gives the same Map each time. */
function refill(histogram, convert) {
  const map = histogram[mapSymbol];
  const percentiles = countsOf(histogram).percentiles();
  map.clear();
  for (const [percent, value] of percentiles) map.set(percent, convert(value));
  return map;
}

class RecordableHistogram extends Histogram {
  constructor(mark, counts) {
    super(mark, counts);
    this[recordableSymbol] = true;
  }

  record(val) {
    if (this[recordableSymbol] === undefined) throw new codes.ERR_INVALID_THIS('RecordableHistogram');
    const value = Number(val);
    if (!isBigInt(val)) validateInteger(val, 'val', 1);
    else if (value < 1 || value > Number.MAX_SAFE_INTEGER * 1024) throw new codes.ERR_OUT_OF_RANGE('val', '>= 1 && <= 9223372036854775807', val);
    this[countsSymbol].record(value);
  }

  recordDelta() {
    if (this[recordableSymbol] === undefined) throw new codes.ERR_INVALID_THIS('RecordableHistogram');
    recordDelta(this[countsSymbol]);
  }

  add(other) {
    if (this[recordableSymbol] === undefined) throw new codes.ERR_INVALID_THIS('RecordableHistogram');
    if (other === null || typeof other !== 'object' || other[recordableSymbol] === undefined) {
      throw new codes.ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    }
    this[countsSymbol].add(other[countsSymbol]);
  }
}

/** Records the nanoseconds since the last call; the first has nothing to record. */
function recordDelta(counts) {
  const [seconds, nanoseconds] = process.hrtime();
  const now = seconds * 1e9 + nanoseconds;
  if (counts.previous !== undefined) counts.record(Math.max(now - counts.previous, 1));
  counts.previous = now;
}

function createHistogram(options = {}) {
  validateObject(options, 'options');
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  if (!isBigInt(lowest)) validateInteger(lowest, 'options.lowest', 1, Number.MAX_SAFE_INTEGER);
  if (!isBigInt(highest)) validateInteger(highest, 'options.highest', 2 * Number(lowest), Number.MAX_SAFE_INTEGER);
  else if (Number(highest) < 2 * Number(lowest)) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('options.highest', highest);
  validateInteger(figures, 'options.figures', 1, 5);
  return new RecordableHistogram(internal, new BucketCounts(Number(lowest), Number(highest), figures));
}

// --- Delay of the loop ---

const timerSymbol = Symbol('kTimer');
const resolutionSymbol = Symbol('kResolution');

class ELDHistogram extends Histogram {
  constructor(mark, counts, resolution) {
    super(mark, counts);
    this[timerSymbol] = undefined;
    this[resolutionSymbol] = resolution;
  }

  enable() {
    if (!(this instanceof ELDHistogram)) throw new codes.ERR_INVALID_THIS('ELDHistogram');
    if (this[timerSymbol] !== undefined) return false;
    const counts = this[countsSymbol];
    const { timers } = require('../../core/timers');
    counts.previous = undefined;
    recordDelta(counts);
    this[timerSymbol] = timers.setInterval(function monitorEventLoopDelay() { recordDelta(counts); }, this[resolutionSymbol]).unref();
    return true;
  }

  disable() {
    if (!(this instanceof ELDHistogram)) throw new codes.ERR_INVALID_THIS('ELDHistogram');
    if (this[timerSymbol] === undefined) return false;
    require('../../core/timers').timers.clearInterval(this[timerSymbol]);
    this[timerSymbol] = undefined;
    return true;
  }
}

/** Records how long after one another the timers of `resolution` ms come. */
function monitorEventLoopDelay(options = {}) {
  validateObject(options, 'options');
  const { resolution = 10 } = options;
  validateInteger(resolution, 'options.resolution', 1);
  return new ELDHistogram(internal, new BucketCounts(1, 3.6e12, 3), resolution);
}

const isRecordable = (value) => value !== null && typeof value === 'object' && value[recordableSymbol] === true;

module.exports = { createHistogram, isRecordable, monitorEventLoopDelay };
