// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Intl.Segmenter over ICU's break iterators.

const { toIntegerOrInfinity } = require('../operations');

const granularities = ['grapheme', 'word', 'sentence'];

/** `boundariesOf(locale, granularity number, text)` is the native; `localeOf` and `pick` are intl.js's. */
function makeSegmenter(boundariesOf, localeOf, pick) {
  const states = new WeakMap();

  function stateOf(receiver, kind, method) {
    const state = states.get(receiver);
    if (state === undefined || state.kind !== kind) {
      throw new TypeError(`Method ${method} called on incompatible receiver ${typeof receiver === 'object' ? '#<Object>' : String(receiver)}`);
    }
    return state;
  }

  /** The segment that ends at boundaries[at]. */
  function dataOf({ text, boundaries, granularity }, at) {
    const start = at === 0 ? 0 : boundaries[at - 2];
    const data = { segment: text.slice(start, boundaries[at]), index: start, input: text };
    if (granularity === 'word') data.isWordLike = boundaries[at + 1];
    return data;
  }

  class Segmenter {
    constructor(locales, options) {
      const locale = localeOf(locales);
      if (options !== undefined && (options === null || (typeof options !== 'object' && typeof options !== 'function'))) {
        throw new TypeError('invalid_argument');
      }
      const granularity = pick(Object.create(options === undefined ? null : options, { kind: { value: 'Segmenter' } }), 'granularity', granularities, 'grapheme');
      states.set(this, { kind: Segmenter, locale, granularity });
    }

    segment(input) {
      const { locale, granularity } = stateOf(this, Segmenter, 'Intl.Segmenter.prototype.segment');
      if (typeof input === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
      const text = String(input);
      const segments = Object.create(segmentsPrototype);
      states.set(segments, { kind: segmentsPrototype, text, granularity, boundaries: boundariesOf(locale, granularities.indexOf(granularity), text) });
      return segments;
    }

    resolvedOptions() {
      const { locale, granularity } = stateOf(this, Segmenter, 'Intl.Segmenter.prototype.resolvedOptions');
      return { locale, granularity };
    }
  }

  const iteratorPrototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));
  const methods = {
    segments: {
      containing(index) {
        const state = stateOf(this, segmentsPrototype, '%SegmentsPrototype%.containing');
        const position = toIntegerOrInfinity(index);
        if (position < 0 || position >= state.text.length) return undefined;
        let low = 0;
        let high = state.boundaries.length / 2 - 1;
        while (low < high) { // the first boundary behind the position
          const middle = (low + high) >> 1;
          if (state.boundaries[2 * middle] > position) high = middle;
          else low = middle + 1;
        }
        return dataOf(state, 2 * low);
      },
      [Symbol.iterator]() {
        const state = stateOf(this, segmentsPrototype, '%SegmentsPrototype%[Symbol.iterator]');
        const iterator = Object.create(iteratorPrototype);
        states.set(iterator, { kind: iteratorPrototype, state, next: 0 });
        return iterator;
      },
    },
    iterator: {
      next() {
        const own = stateOf(this, iteratorPrototype, '%SegmentIterator.prototype%.next');
        if (own.next >= own.state.boundaries.length) return { value: undefined, done: true };
        own.next += 2;
        return { value: dataOf(own.state, own.next - 2), done: false };
      },
    },
  };
  const hide = (target, source) => {
    for (const key of Reflect.ownKeys(source)) Object.defineProperty(target, key, { value: source[key], writable: true, configurable: true });
    return target;
  };
  const segmentsPrototype = hide({}, methods.segments);
  hide(iteratorPrototype, methods.iterator);
  Object.defineProperty(iteratorPrototype, Symbol.toStringTag, { value: 'Segmenter String Iterator', configurable: true });
  Object.defineProperty(Segmenter, 'length', { value: 0, configurable: true });
  return Segmenter;
}

module.exports = { makeSegmenter };
