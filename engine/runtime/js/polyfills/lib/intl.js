// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Intl over ICU (engine/runtime/IntlNatives.cpp), which V8 uses too: NumberFormat, DateTimeFormat, Collator, PluralRules and
// Segmenter with the options that scripts use, and the toLocale... methods that stand on them.

const { makeSegmenter } = require('./segmenter');
const { defineMethods, defineHidden } = require('../define');
const { isObject } = require('../operations');

const defaultLocale = 'en-US';
let binding;

function canonicalLocales(locales) {
  if (locales === undefined) return [];
  const list = typeof locales === 'string' ? [locales] : Array.from(locales);
  return list.map((tag) => {
    if (typeof tag !== 'string' && !isObject(tag)) throw new TypeError('Language ID should be string or object.');
    const canonical = binding.intlLocale(String(tag));
    if (canonical === undefined || canonical === '') throw new RangeError(`Incorrect locale information provided`);
    return canonical;
  });
}

const localeOf = (locales) => canonicalLocales(locales)[0] || defaultLocale;

function pick(options, name, allowed, fallback) {
  const value = options[name];
  if (value === undefined) return fallback;
  const text = String(value);
  if (allowed !== undefined && allowed.indexOf(text) === -1) {
    throw new RangeError(`Value ${text} out of range for Intl.${options.kind || 'NumberFormat'} options property ${name}`);
  }
  return text;
}

function pickNumber(options, name, low, high, fallback) {
  const value = options[name];
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!(number >= low && number <= high)) throw new RangeError(`${name} value is out of range.`);
  return Math.floor(number);
}

// ---- numbers ----

const currencyDigits = { JPY: 0, KRW: 0, VND: 0, CLP: 0, ISK: 0, BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3 };

function digitOptions(options, resolved) {
  let low = 0;
  let high = resolved.style === 'percent' ? 0 : 3;
  if (resolved.style === 'currency') {
    low = high = currencyDigits[resolved.currency] === undefined ? 2 : currencyDigits[resolved.currency];
  }
  const minimum = pickNumber(options, 'minimumFractionDigits', 0, 20, undefined);
  const maximum = pickNumber(options, 'maximumFractionDigits', 0, 20, undefined);
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    throw new RangeError('maximumFractionDigits value is out of range.');
  }
  resolved.minimumIntegerDigits = pickNumber(options, 'minimumIntegerDigits', 1, 21, 1);
  resolved.minimumFractionDigits = minimum === undefined ? Math.min(low, maximum === undefined ? low : maximum) : minimum;
  resolved.maximumFractionDigits = maximum === undefined ? Math.max(high, resolved.minimumFractionDigits) : maximum;
  if (options.minimumSignificantDigits !== undefined || options.maximumSignificantDigits !== undefined) {
    resolved.minimumSignificantDigits = pickNumber(options, 'minimumSignificantDigits', 1, 21, 1);
    resolved.maximumSignificantDigits = pickNumber(options, 'maximumSignificantDigits', resolved.minimumSignificantDigits, 21, 21);
  } else if (resolved.notation === 'compact' && minimum === undefined && maximum === undefined) {
    resolved.compactRounding = true;
  }
}

function resolveNumber(locales, options) {
  const given = options === undefined ? {} : Object(options);
  const resolved = { locale: localeOf(locales), numberingSystem: 'latn' };
  resolved.style = pick(given, 'style', ['decimal', 'percent', 'currency', 'unit'], 'decimal');
  if (given.currency !== undefined) {
    if (!/^[A-Za-z]{3}$/.test(given.currency)) throw new RangeError(`Invalid currency code : ${given.currency}`);
    resolved.currency = String(given.currency).toUpperCase();
  }
  if (resolved.style === 'currency') {
    if (resolved.currency === undefined) throw new TypeError('Currency code is required with currency style.');
    resolved.currencyDisplay = pick(given, 'currencyDisplay', ['symbol', 'narrowSymbol', 'code', 'name'], 'symbol');
    resolved.currencySign = pick(given, 'currencySign', ['standard', 'accounting'], 'standard');
  }
  if (resolved.style === 'unit') {
    if (given.unit === undefined) throw new TypeError('Unit is required with unit style.');
    resolved.unit = String(given.unit);
    resolved.unitDisplay = pick(given, 'unitDisplay', ['short', 'narrow', 'long'], 'short');
  }
  resolved.notation = pick(given, 'notation', ['standard', 'scientific', 'engineering', 'compact'], 'standard');
  if (resolved.notation === 'compact') resolved.compactDisplay = pick(given, 'compactDisplay', ['short', 'long'], 'short');
  digitOptions(given, resolved);
  const { useGrouping } = given;
  if (useGrouping === undefined) resolved.useGrouping = resolved.notation === 'compact' ? 'min2' : 'auto';
  else resolved.useGrouping = useGrouping === true ? 'always' : useGrouping === false || useGrouping === 'false' ? false : String(useGrouping);
  resolved.signDisplay = pick(given, 'signDisplay', ['auto', 'never', 'always', 'exceptZero', 'negative'], 'auto');
  return resolved;
}

const groupingStems = { auto: 'group-auto', always: 'group-on-aligned', min2: 'group-min2', false: 'group-off' };

/** ICU's number skeleton for resolved options. */
function numberSkeleton(resolved) {
  const parts = [];
  if (resolved.style === 'percent') parts.push('percent scale/100');
  else if (resolved.style === 'currency') {
    parts.push(`currency/${resolved.currency}`);
    const widths = { narrowSymbol: 'unit-width-narrow', code: 'unit-width-iso-code', name: 'unit-width-full-name' };
    if (widths[resolved.currencyDisplay] !== undefined) parts.push(widths[resolved.currencyDisplay]);
  } else if (resolved.style === 'unit') {
    parts.push(`unit/${resolved.unit}`);
    parts.push({ short: 'unit-width-short', narrow: 'unit-width-narrow', long: 'unit-width-full-name' }[resolved.unitDisplay]);
  }
  if (resolved.notation === 'compact') parts.push(resolved.compactDisplay === 'long' ? 'compact-long' : 'compact-short');
  else if (resolved.notation !== 'standard') parts.push(resolved.notation);
  if (resolved.minimumSignificantDigits !== undefined) {
    parts.push('@'.repeat(resolved.minimumSignificantDigits) + '#'.repeat(resolved.maximumSignificantDigits - resolved.minimumSignificantDigits));
  } else if (!resolved.compactRounding) {
    const { minimumFractionDigits: low, maximumFractionDigits: high } = resolved;
    parts.push(high === 0 ? 'precision-integer' : `.${'0'.repeat(low)}${'#'.repeat(high - low)}`);
  }
  if (resolved.minimumIntegerDigits > 1) parts.push(`integer-width/+${'0'.repeat(resolved.minimumIntegerDigits)}`);
  parts.push(groupingStems[resolved.useGrouping] || 'group-auto', 'rounding-mode-half-up');
  const accounting = resolved.currencySign === 'accounting' ? 'accounting-' : '';
  if (resolved.signDisplay !== 'auto') {
    const stem = resolved.signDisplay === 'exceptZero' ? 'except-zero' : resolved.signDisplay;
    parts.push(`sign-${stem === 'never' ? '' : accounting}${stem}`);
  } else if (accounting !== '') parts.push('sign-accounting');
  return parts.join(' ');
}

const states = new WeakMap();

const toNumeric = (value) => (isObject(value) ? Number(String(value)) : Number(value));

class NumberFormat {
  constructor(locales, options) {
    const resolved = resolveNumber(locales, options);
    states.set(this, { resolved, skeleton: numberSkeleton(resolved) });
  }

  get format() {
    const state = states.get(this);
    if (state.bound === undefined) {
      state.bound = (value) => binding.intlFormatNumber(state.resolved.locale, state.skeleton, toNumeric(value));
    }
    return state.bound;
  }

  formatToParts(value) {
    return numberParts(this.format(value), states.get(this).resolved);
  }

  resolvedOptions() {
    const { resolved } = states.get(this);
    const shown = Object.assign({}, resolved);
    delete shown.compactRounding;
    return Object.assign(shown, {
      roundingIncrement: 1, roundingMode: 'halfExpand', roundingPriority: 'auto', trailingZeroDisplay: 'auto',
    });
  }
}

/** The parts of a formatted number: digits by groups, separators, signs, and what is left. */
function numberParts(text, resolved) {
  const parts = [];
  const add = (type, value) => parts.push({ type, value });
  const decimal = binding.intlFormatNumber(resolved.locale, '.0', 0.1).replace(/[0-9]/g, '');
  let inFraction = false;
  const pattern = /\d+|[-+\u2212]|[^\d\-+\u2212]+/g;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [piece] = match;
    if (/\d/.test(piece)) add(inFraction ? 'fraction' : 'integer', piece);
    else if (piece === decimal) {
      inFraction = true;
      add('decimal', piece);
    } else if (/^[-\u2212]$/.test(piece)) add('minusSign', piece);
    else if (piece === '+') add('plusSign', piece);
    else if (piece === '%') add('percentSign', piece);
    else if (piece === '\u221e') add('infinity', piece);
    else if (piece === 'NaN') add('nan', piece);
    else if (parts.length > 0 && parts[parts.length - 1].type === 'integer' && /\d/.test(text[pattern.lastIndex] || '')) add('group', piece);
    else if (resolved.style === 'currency') add('currency', piece);
    else if (resolved.notation === 'compact') add('compact', piece);
    else add(resolved.style === 'unit' ? 'unit' : 'literal', piece);
  }
  return parts;
}

// ---- dates ----

const fields = [
  ['weekday', { narrow: 'EEEEE', short: 'EEE', long: 'EEEE' }],
  ['era', { narrow: 'GGGGG', short: 'G', long: 'GGGG' }],
  ['year', { 'numeric': 'y', '2-digit': 'yy' }],
  ['month', { 'numeric': 'M', '2-digit': 'MM', 'narrow': 'MMMMM', 'short': 'MMM', 'long': 'MMMM' }],
  ['day', { 'numeric': 'd', '2-digit': 'dd' }],
  ['dayPeriod', { narrow: 'BBBBB', short: 'B', long: 'BBBB' }],
  ['hour', { 'numeric': 'j', '2-digit': 'jj' }],
  ['minute', { 'numeric': 'm', '2-digit': 'mm' }],
  ['second', { 'numeric': 's', '2-digit': 'ss' }],
  ['timeZoneName', {
    short: 'z', long: 'zzzz', shortOffset: 'O', longOffset: 'OOOO', shortGeneric: 'v', longGeneric: 'vvvv',
  }],
];
const dateFields = ['weekday', 'year', 'month', 'day'];
const timeFields = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];
const styles = { full: 0, long: 1, medium: 2, short: 3 };

/** Options with the fields that are shown if none is asked for. */
function withDefaults(options, required, defaults) {
  const given = Object.assign({}, options === undefined ? {} : Object(options));
  if (given.dateStyle !== undefined || given.timeStyle !== undefined) {
    if (required === 'date' && given.timeStyle !== undefined) throw new TypeError('Invalid option : timeStyle');
    if (required === 'time' && given.dateStyle !== undefined) throw new TypeError('Invalid option : dateStyle');
    return given;
  }
  const asks = (names) => names.some((name) => given[name] !== undefined);
  const hasDate = required !== 'time' && asks(dateFields);
  const hasTime = required !== 'date' && asks(timeFields);
  if (hasDate || hasTime) return given;
  if (defaults !== 'time') given.year = given.month = given.day = 'numeric';
  if (defaults !== 'date') given.hour = given.minute = given.second = 'numeric';
  return given;
}

function hourLetter(given, locale) {
  if (given.hour12 !== undefined) {
    if (given.hour12) return 'h';
    // Where hours go to 12, the other way is to count them to 24.
    return /[hK]/.test(binding.intlDatePattern(locale, 'j').replace(/'[^']*'/g, '')) ? 'k' : 'H';
  }
  if (given.hourCycle !== undefined) return { h11: 'K', h12: 'h', h23: 'H', h24: 'k' }[given.hourCycle];
  const preferred = /-u-(?:.*-)?hc-(h\d\d)/.exec(locale);
  return preferred === null ? 'j' : { h11: 'K', h12: 'h', h23: 'H', h24: 'k' }[preferred[1]];
}

function datePattern(given, locale) {
  const letter = hourLetter(given, locale);
  if (given.dateStyle !== undefined || given.timeStyle !== undefined) {
    const style = (name) => {
      const value = pick(given, name, Object.keys(styles), undefined);
      return value === undefined ? -1 : styles[value];
    };
    const pattern = binding.intlStylePattern(locale, style('dateStyle'), style('timeStyle'));
    if (letter === 'j' || given.timeStyle === undefined) return pattern;
    const time = { 3: 'mm', 2: 'mmss', 1: 'mmssz', 0: 'mmsszzzz' }[style('timeStyle')];
    const clock = binding.intlDatePattern(locale, letter + time);
    if (given.dateStyle === undefined) return clock;
    const whole = binding.intlStylePattern(locale, -1, style('timeStyle'));
    return pattern.replace(whole, clock);
  }
  let skeleton = '';
  for (const [name, letters] of fields) {
    const value = pick(given, name, Object.keys(letters), undefined);
    if (value !== undefined) skeleton += letters[value].replace(/j/g, letter);
    if (name === 'second' && given.fractionalSecondDigits !== undefined) skeleton += 'S'.repeat(given.fractionalSecondDigits);
  }
  let pattern = binding.intlDatePattern(locale, skeleton);
  if (letter === 'k') pattern = pattern.replace(/H/g, 'k');
  if (given.hour === '2-digit') pattern = pattern.replace(/(^|[^hHkK])([hHkK])(?![hHkK])/, '$1$2$2');
  return pattern;
}

function resolveDate(locales, options, required, defaults) {
  const given = withDefaults(options, required, defaults);
  given.kind = 'DateTimeFormat';
  const locale = localeOf(locales);
  let timeZone = binding.intlTimeZone(given.timeZone === undefined ? undefined : String(given.timeZone));
  if (timeZone === undefined) throw new RangeError(`Invalid time zone specified: ${given.timeZone}`);
  if (/^(?:Etc\/)?(?:UTC|GMT|UCT|Zulu|Universal)$/.test(timeZone)) timeZone = 'UTC';
  return { locale, given, timeZone, pattern: datePattern(given, locale) };
}

// V8 keeps to the plain space that ICU's newer data replaced.
const plainSpaces = (text) => text.replace(/[\u202f\u2009]/g, ' ');

function formatTime(state, time) {
  return plainSpaces(binding.intlFormatDate(state.locale, state.pattern, state.timeZone, time));
}

function timeValue(date) {
  const time = date === undefined ? Date.now() : Number(date);
  if (!(Math.abs(time) <= 8.64e15)) throw new RangeError('Invalid time value');
  return Math.trunc(time);
}

const partTypes = {
  G: 'era', y: 'year', M: 'month', L: 'month', d: 'day', E: 'weekday', c: 'weekday', h: 'hour', H: 'hour', k: 'hour', K: 'hour', m: 'minute',
  s: 'second', S: 'fractionalSecond', a: 'dayPeriod', b: 'dayPeriod', B: 'dayPeriod', z: 'timeZoneName', O: 'timeZoneName', v: 'timeZoneName',
};

/** Splits a pattern into fields and texts. */
function patternPieces(pattern) {
  const pieces = [];
  const finder = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g;
  for (let match = finder.exec(pattern); match !== null; match = finder.exec(pattern)) {
    if (match[2] !== undefined) pieces.push({ type: partTypes[match[2]] || 'literal', pattern: match[0] });
    else {
      const value = match[1] === undefined ? match[0] : match[1] === '' ? "'" : match[1].replace(/''/g, "'");
      const last = pieces[pieces.length - 1];
      if (last !== undefined && last.pattern === undefined) last.value += value;
      else pieces.push({ type: 'literal', value });
    }
  }
  return pieces;
}

class DateTimeFormat {
  constructor(locales, options) {
    states.set(this, resolveDate(locales, options, 'any', 'date'));
  }

  get format() {
    const state = states.get(this);
    if (state.bound === undefined) state.bound = (date) => formatTime(state, timeValue(date));
    return state.bound;
  }

  formatToParts(date) {
    const state = states.get(this);
    const time = timeValue(date);
    return patternPieces(state.pattern).map((piece) => ({
      type: piece.type,
      value: piece.pattern === undefined ? plainSpaces(piece.value) :
        plainSpaces(binding.intlFormatDate(state.locale, piece.pattern, state.timeZone, time)),
    }));
  }

  formatRange(from, to) {
    const first = this.format(from);
    const last = this.format(to);
    return first === last ? first : `${first} \u2013 ${last}`;
  }

  resolvedOptions() {
    const { locale, given, timeZone, pattern } = states.get(this);
    const resolved = { locale, calendar: 'gregory', numberingSystem: 'latn', timeZone };
    const hour = /[hHkK]/.exec(pattern.replace(/'[^']*'/g, ''));
    if (hour !== null) {
      resolved.hourCycle = { h: 'h12', H: 'h23', k: 'h24', K: 'h11' }[hour[0]];
      resolved.hour12 = hour[0] === 'h' || hour[0] === 'K';
    }
    for (const name of ['weekday', 'era', 'year', 'month', 'day', 'dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits',
                        'timeZoneName', 'dateStyle', 'timeStyle']) {
      if (given[name] !== undefined) resolved[name] = (name === 'minute' || name === 'second') && hour !== null ? '2-digit' : given[name];
    }
    return resolved;
  }
}

// ---- collation and plurals ----

const strengths = { base: 0, accent: 1, variant: 2, case: 3 };

class Collator {
  constructor(locales, options) {
    const given = options === undefined ? {} : Object(options);
    const locale = localeOf(locales);
    const sensitivity = pick(given, 'sensitivity', Object.keys(strengths), 'variant');
    const numeric = given.numeric === undefined ? /-u-(?:.*-)?kn(?:-true)?(?:-|$)/.test(locale) : !!given.numeric;
    states.set(this, {
      resolved: {
        locale, usage: given.usage || 'sort', sensitivity, ignorePunctuation: false, collation: 'default', numeric,
        caseFirst: given.caseFirst || 'false',
      },
    });
  }

  get compare() {
    const state = states.get(this);
    if (state.bound === undefined) {
      const { locale, sensitivity, numeric } = state.resolved;
      state.bound = (a, b) => binding.intlCompare(locale, strengths[sensitivity], numeric, String(a), String(b));
    }
    return state.bound;
  }

  resolvedOptions() {
    return Object.assign({}, states.get(this).resolved);
  }
}

class PluralRules {
  constructor(locales, options) {
    const given = options === undefined ? {} : Object(options);
    states.set(this, { locale: localeOf(locales), type: pick(given, 'type', ['cardinal', 'ordinal'], 'cardinal') });
  }

  select(number) {
    const { locale, type } = states.get(this);
    return binding.intlPlural(locale, type === 'ordinal', Number(number));
  }

  resolvedOptions() {
    const { locale, type } = states.get(this);
    return { locale, type, minimumIntegerDigits: 1, minimumFractionDigits: 0, maximumFractionDigits: 3 };
  }
}

/** "a, b, and c": English only, as V8 words it. */
class ListFormat {
  constructor(locales, options) {
    const given = options === undefined ? {} : Object(options);
    states.set(this, {
      locale: localeOf(locales),
      type: pick(given, 'type', ['conjunction', 'disjunction', 'unit'], 'conjunction'),
      style: pick(given, 'style', ['long', 'short', 'narrow'], 'long'),
    });
  }

  format(list) {
    const { type, style } = states.get(this);
    const items = Array.from(list);
    const word = { conjunction: style === 'long' ? 'and' : '&', disjunction: 'or', unit: '' }[type];
    if (items.length < 2) return items.join('');
    const separator = type === 'unit' && style === 'narrow' ? ' ' : ', ';
    if (word === '') return items.join(separator);
    if (type === 'conjunction' && style === 'narrow') return items.join(', ');
    const last = items.pop();
    return items.length === 1 ? `${items[0]} ${word} ${last}` : `${items.join(', ')}, ${word} ${last}`;
  }

  resolvedOptions() {
    return Object.assign({}, states.get(this));
  }
}

/** The constructor that programs see. NumberFormat and its older kin may be called without new. */
function constructorOf(Class, needsNew) {
  function constructor(locales, options) {
    if (needsNew && new.target === undefined) throw new TypeError(`Constructor Intl.${Class.name} requires 'new'`);
    return Reflect.construct(Class, [locales, options], new.target === undefined ? constructor : new.target);
  }
  Object.defineProperty(constructor, 'name', { value: Class.name, configurable: true });
  Object.defineProperty(constructor, 'length', { value: 0, configurable: true });
  Object.defineProperty(constructor, 'prototype', { value: Class.prototype, writable: false });
  defineHidden(Class.prototype, 'constructor', constructor);
  return constructor;
}

function makeIntl(natives) {
  binding = natives;
  const Intl = {};
  Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });
  defineMethods(Intl, {
    getCanonicalLocales(locales) { return canonicalLocales(locales); },
    supportedValuesOf(key) {
      if (key === 'calendar') return ['gregory'];
      throw new RangeError(`Invalid key : ${key}`);
    },
  });
  const Segmenter = makeSegmenter(natives.intlBoundaries, localeOf, pick);
  const needNew = [PluralRules, ListFormat, Segmenter];
  for (const Class of [NumberFormat, DateTimeFormat, Collator, PluralRules, ListFormat, Segmenter]) {
    const constructor = constructorOf(Class, needNew.includes(Class));
    Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: `Intl.${Class.name}`, configurable: true });
    defineMethods(constructor, { supportedLocalesOf(locales) { return canonicalLocales(locales); } });
    defineHidden(Intl, Class.name, constructor);
  }
  return Intl;
}

// ---- methods of other built-ins ----

function prepare(natives) {
  if (binding === undefined) binding = natives;
}

function formatNumber(natives, number, locales, options) {
  prepare(natives);
  return new NumberFormat(locales, options).format(number);
}

function formatDate(natives, time, required, defaults, locales, options) {
  prepare(natives);
  if (time !== time) return 'Invalid Date';
  return formatTime(resolveDate(locales, options, required, defaults), time);
}

function localeCompare(natives, a, b, locales, options) {
  prepare(natives);
  if (options === undefined && locales === undefined) return binding.intlCompare(defaultLocale, 2, false, a, b);
  return new Collator(locales, options).compare(a, b);
}

function localeCase(natives, text, locales, isUpper) {
  prepare(natives);
  return binding.intlCase(text, localeOf(locales), isUpper);
}

module.exports = { makeIntl, formatNumber, formatDate, localeCompare, localeCase };
