// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What net and dns measure, if a PerformanceObserver asked for it. performance.js, which makes the entries, is loaded only where it is used.

const binding = require('../../core/binding');

const observers = new Set();
let offer;

module.exports = {
  observers,
  setOffer(make) { offer = make; },
  /** What stopMeasuring() takes; undefined if nobody observes entries of this type. */
  startMeasuring(type, name, detail) {
    for (const observer of observers) {
      if (observer.wants(type)) return { type, name, detail, start: binding.now() };
    }
    return undefined;
  },
  stopMeasuring(measured, detail) {
    if (measured !== undefined) offer(measured.type, measured.name, measured.start, Object.assign(measured.detail, detail));
  },
};
