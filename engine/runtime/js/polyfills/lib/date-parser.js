// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Date.parse for texts that are not ECMAScript's own format, read as V8's legacy parser reads them: words are months, days (ignored), AM and
// PM or zones; numbers go by what follows them; text in parentheses does not count.

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const zones = { utc: 0, gmt: 0, ut: 0, z: 0, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7 };

function tokenize(text) {
  const tokens = [];
  const pattern = /(\d+)|([A-Za-z\u0080-\uffff]+\.?)|([-+:./,])|(\s+)|(.)/g;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[1] !== undefined) tokens.push({ kind: 'number', value: +match[1], digits: match[1].length });
    else if (match[2] !== undefined) tokens.push({ kind: 'word', text: match[2].toLowerCase() });
    else if (match[3] !== undefined) tokens.push({ kind: 'sign', text: match[3] });
    else if (match[4] !== undefined) tokens.push({ kind: 'space' });
    else tokens.push({ kind: 'other', text: match[5] });
  }
  return tokens;
}

function withoutParentheses(text) {
  let result = '';
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    else if (character === ')') {
      if (depth > 0) depth--;
    } else if (depth === 0) result += character;
  }
  return result;
}

class Reader {
  constructor(tokens) {
    this.tokens = tokens;
    this.index = 0;
    this.dayParts = [];
    this.timeParts = [];
    this.month = undefined;
    this.half = undefined;
    this.zone = undefined;
  }

  at(offset) {
    return this.tokens[this.index + offset] || { kind: 'end' };
  }

  isSign(offset, text) {
    const token = this.at(offset);
    return token.kind === 'sign' && token.text === text;
  }

  read() {
    while (this.index < this.tokens.length) {
      const token = this.at(0);
      if (token.kind === 'number') {
        if (!this.number(token)) return false;
      } else if (token.kind === 'word') {
        if (!this.word(token.text)) return false;
      } else if (token.kind === 'sign' && (token.text === '+' || token.text === '-')) {
        if (!this.offset(token.text)) return false;
      } else if (token.kind === 'other') return false;
      else this.index++;
    }
    return true;
  }

  number(token) {
    this.index++;
    if (this.isSign(0, ':') && this.timeParts.length < 2 && !this.isSign(1, ':')) {
      this.timeParts.push(token.value);
      this.index++;
      return this.at(0).kind === 'number';
    }
    if (this.isSign(0, '.') && this.timeParts.length === 2) {
      this.timeParts.push(token.value);
      this.index++;
      const fraction = this.at(0);
      if (fraction.kind !== 'number') return false;
      this.timeParts.push(Math.trunc(+`0.${'0'.repeat(fraction.digits - String(fraction.value).length)}${fraction.value}` * 1000));
      this.index++;
      return true;
    }
    if (this.timeParts.length > 0 && this.timeParts.length < 3 && this.timeIsOpen) {
      this.timeParts.push(token.value);
      return true;
    }
    if (this.dayParts.length >= 3) return false;
    this.dayParts.push(token);
    if (this.isSign(0, '-')) this.index++;
    return true;
  }

  get timeIsOpen() {
    const before = this.tokens[this.index - 2];
    return before !== undefined && before.kind === 'sign' && before.text === ':';
  }

  word(text) {
    this.index++;
    const bare = text.replace(/\.$/, '');
    const short = bare.slice(0, 3);
    if (bare === 'am' || bare === 'pm') {
      if (this.timeParts.length === 0) return false;
      this.half = bare;
    } else if (months.indexOf(short) !== -1) {
      this.month = months.indexOf(short);
      if (this.isSign(0, '-')) this.index++;
    } else if (Object.prototype.hasOwnProperty.call(zones, bare) && (this.dayParts.length > 0 || this.timeParts.length > 0)) {
      this.zone = zones[bare] * 60;
    } else if (bare === 't' && this.dayParts.length > 0) {
      return true;
    } else if (this.dayParts.length > 0 || this.timeParts.length > 0) {
      // Unknown words may only stand before the first number.
      return false;
    }
    return true;
  }

  offset(sign) {
    this.index++;
    const token = this.at(0);
    if (token.kind !== 'number' || (this.zone === undefined && this.timeParts.length === 0)) return true;
    this.index++;
    let hours;
    let minutes = 0;
    if (this.isSign(0, ':') && this.at(1).kind === 'number') {
      hours = token.value;
      minutes = this.at(1).value;
      this.index += 2;
    } else if (token.digits <= 2) hours = token.value;
    else {
      hours = Math.floor(token.value / 100);
      minutes = token.value % 100;
    }
    this.zone = (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
    return true;
  }

  day() {
    const parts = this.dayParts.map((token) => token.value);
    if (this.month !== undefined) {
      if (parts.length === 0) return undefined;
      if (parts.length === 1) return { year: 2001, month: this.month, day: parts[0] };
      const yearFirst = this.dayParts[0].digits > 2 || parts[0] > 31;
      return yearFirst ? { year: parts[0], month: this.month, day: parts[1] } : { year: parts[1], month: this.month, day: parts[0] };
    }
    if (parts.length === 3) {
      if (this.dayParts[0].digits >= 3 || parts[0] > 31) return { year: parts[0], month: parts[1] - 1, day: parts[2] };
      return { year: parts[2], month: parts[0] - 1, day: parts[1] };
    }
    if (parts.length === 2) {
      if (this.dayParts[0].digits >= 3) return { year: parts[0], month: parts[1] - 1, day: 1 };
      return { year: 2001, month: parts[0] - 1, day: parts[1] };
    }
    if (parts.length === 1 && this.timeParts.length === 0) {
      const [value] = parts;
      if (value >= 1 && value <= 12) return { year: 2001, month: value - 1, day: 1 };
      return { year: value, month: 0, day: 1 };
    }
    return undefined;
  }

  time() {
    let [hours = 0] = this.timeParts;
    const [, minutes = 0, seconds = 0, milliseconds = 0] = this.timeParts;
    if (this.half !== undefined) {
      if (hours < 1 || hours > 12) return undefined;
      hours %= 12;
      if (this.half === 'pm') hours += 12;
    }
    const isMidnight = hours === 24 && minutes === 0 && seconds === 0 && milliseconds === 0;
    if ((hours > 23 && !isMidnight) || minutes > 59 || seconds > 59) return undefined;
    return { hours, minutes, seconds, milliseconds };
  }
}

function fullYear(year) {
  if (year >= 0 && year <= 49) return year + 2000;
  return year >= 50 && year <= 99 ? year + 1900 : year;
}

/** Milliseconds since 1970, or NaN. */
function parseDate(text, NativeDate) {
  const reader = new Reader(tokenize(withoutParentheses(text)));
  if (!reader.read()) return NaN;
  const day = reader.day();
  const time = reader.time();
  if (day === undefined || time === undefined) return NaN;
  if (day.month < 0 || day.month > 11 || day.day < 1 || day.day > 31) return NaN;
  const year = fullYear(day.year);
  if (reader.zone !== undefined) {
    return NativeDate.UTC(year, day.month, day.day, time.hours, time.minutes, time.seconds, time.milliseconds) - reader.zone * 60000;
  }
  return new NativeDate(year, day.month, day.day, time.hours, time.minutes, time.seconds, time.milliseconds).getTime();
}

module.exports = { parseDate };
