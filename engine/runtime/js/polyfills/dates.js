// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Date on the run's clock, with V8's texts. V4's own Date does the calendar; this one reads the time from binding.epochNow(), parses what
// V4 does not, and prints as V8 prints. What the locale has a say in is in lib/intl.js.

const { defineHidden, defineMethods } = require('./define');

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (number) => (number < 10 ? `0${number}` : `${number}`);

function year(number) {
  const digits = `000${Math.abs(number)}`.slice(-Math.max(4, `${Math.abs(number)}`.length));
  return number < 0 ? `-${digits}` : digits;
}

/** "GMT+0100 (Central European Standard Time)" of a moment; the name comes from binding.timeZoneName. */
function zoneText(at, binding) {
  const offset = -at.getTimezoneOffset();
  const size = Math.abs(offset);
  const text = `GMT${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
  const name = binding.timeZoneName === undefined ? undefined : binding.timeZoneName(at.time);
  return `${text} (${name || (offset === 0 ? 'Coordinated Universal Time' : text)})`;
}

/** OrdinaryToPrimitive with the hint "default" of an object that is no Date. */
function primitive(object) {
  for (const name of ['valueOf', 'toString']) {
    const convert = object[name];
    if (typeof convert === 'function') {
      const value = convert.call(object);
      if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
    }
  }
  throw new TypeError('Cannot convert object to primitive value');
}

function isoLike(text) {
  return /^(?:[+-]\d{6}|\d{4})(?:-\d\d(?:-\d\d)?)?(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text);
}

function installDates(global, binding, loadLib) {
  const NativeDate = global.Date;
  const { prototype } = NativeDate;
  const { getTime, toISOString } = prototype;
  const nativeParse = NativeDate.parse;
  const now = () => Math.floor(binding.epochNow());

  function timeOf(date) {
    try {
      return getTime.call(date);
    } catch (error) {
      throw new TypeError('this is not a Date object.');
    }
  }

  function parse(text) {
    if (isoLike(text)) {
      const time = nativeParse(text);
      if (time === time) return time;
    }
    return loadLib().polyfills.parseDate(text, NativeDate);
  }

  function toTime(value) {
    if (typeof value === 'number') return value;
    if (typeof value === 'object' && value !== null) {
      if (value instanceof NativeDate) {
        try {
          return getTime.call(value);
        } catch (error) {
          // Only has the prototype: an ordinary object.
        }
      }
      const toPrimitive = value[Symbol.toPrimitive];
      value = typeof toPrimitive === 'function' ? toPrimitive.call(value, 'default') : primitive(value);
    }
    return typeof value === 'string' ? parse(value) : +value;
  }

  function Date(year_, month, date, hours, minutes, seconds, milliseconds) { // eslint-disable-line no-unused-vars -- the length is 7
    if (new.target === undefined) return new Date().toString();
    const count = arguments.length;
    if (count === 0) return Reflect.construct(NativeDate, [now()], new.target);
    if (count === 1) return Reflect.construct(NativeDate, [toTime(year_)], new.target);
    return Reflect.construct(NativeDate, arguments, new.target);
  }

  Object.defineProperty(Date, 'prototype', { value: prototype, writable: false });
  defineHidden(prototype, 'constructor', Date);
  defineMethods(Date, {
    now() { return now(); },
    parse(string) { return parse(String(string)); },
  });
  defineHidden(Date, 'UTC', NativeDate.UTC);
  defineHidden(global, 'Date', Date);

  const dateText = (date) => `${days[date.getDay()]} ${months[date.getMonth()]} ${two(date.getDate())} ${year(date.getFullYear())}`;
  const clock = (date) => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  // The getters of the prototype may be a program's; these are V4's.
  const plain = (date) => {
    const time = timeOf(date);
    return time === time ? new NativeDate(time) : undefined;
  };
  const { getDay, getMonth, getDate, getFullYear, getHours, getMinutes, getSeconds, getTimezoneOffset } = prototype;
  const view = (date) => {
    const at = plain(date);
    if (at === undefined) return undefined;
    return {
      time: getTime.call(at),
      getDay: () => getDay.call(at),
      getMonth: () => getMonth.call(at),
      getDate: () => getDate.call(at),
      getFullYear: () => getFullYear.call(at),
      getHours: () => getHours.call(at),
      getMinutes: () => getMinutes.call(at),
      getSeconds: () => getSeconds.call(at),
      getTimezoneOffset: () => getTimezoneOffset.call(at),
    };
  };
  const invalid = 'Invalid Date';
  const replaced = {
    toString() {
      const at = view(this);
      return at === undefined ? invalid : `${dateText(at)} ${clock(at)} ${zoneText(at, binding)}`;
    },
    toDateString() {
      const at = view(this);
      return at === undefined ? invalid : dateText(at);
    },
    toTimeString() {
      const at = view(this);
      return at === undefined ? invalid : `${clock(at)} ${zoneText(at, binding)}`;
    },
    toUTCString() {
      const at = plain(this);
      if (at === undefined) return invalid;
      return `${days[at.getUTCDay()]}, ${two(at.getUTCDate())} ${months[at.getUTCMonth()]} ${year(at.getUTCFullYear())} ` +
        `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} GMT`;
    },
    toISOString() {
      const time = timeOf(this);
      if (time !== time) throw new RangeError('Invalid time value');
      return toISOString.call(this);
    },
    toLocaleString(/* locales, options */) {
      return loadLib().polyfills.formatDate(binding, timeOf(this), 'any', 'all', arguments[0], arguments[1]);
    },
    toLocaleDateString(/* locales, options */) {
      return loadLib().polyfills.formatDate(binding, timeOf(this), 'date', 'date', arguments[0], arguments[1]);
    },
    toLocaleTimeString(/* locales, options */) {
      return loadLib().polyfills.formatDate(binding, timeOf(this), 'time', 'time', arguments[0], arguments[1]);
    },
  };
  defineMethods(prototype, replaced, true);
  defineHidden(prototype, 'toGMTString', prototype.toUTCString);
}

module.exports = { installDates };
