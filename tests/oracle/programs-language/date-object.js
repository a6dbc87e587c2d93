// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
class Stamp extends Date { tag() { return `#${this.getTime()}`; } }
const stamp = new Stamp(5);
console.log(stamp.tag(), stamp instanceof Date, stamp.toISOString(), new Date(stamp).getTime(), new Date(new Date(7)).getTime(), new Date(undefined).getTime(), new Date(null).getTime(), new Date('2020').getTime(), new Date(true).getTime(), new Date([2020, 1]).getTime());
const date = new Date(2024, 0, 31, 10, 20, 30, 40);
date.setMonth(1);
console.log(date.getMonth(), date.getDate(), date.getDay(), date.getTimezoneOffset(), date.setHours(25), date.getDate(), date.getYear());
try { Date.prototype.getTime.call({}); } catch (error) { console.log(error.name, error.message); }
try { new Date(NaN).toISOString(); } catch (error) { console.log(error.name, error.message); }
console.log(Date.now() > 1.6e12, typeof Date.now(), Math.abs(new Date() - Date.now()) < 1000, Date.prototype.constructor === Date, Object.getOwnPropertyNames(Date).sort().join());
