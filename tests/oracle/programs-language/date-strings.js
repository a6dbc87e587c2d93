// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const date = new Date(Date.UTC(2024, 1, 29, 13, 5, 9, 7));
console.log(String(date), date.toDateString(), date.toTimeString(), date.toUTCString(), date.toISOString(), date.toJSON(), date.toGMTString());
console.log(date + 1, date - 1, `${date}`, [date] + '', JSON.stringify({ date }), date.valueOf(), Number(date), date[Symbol.toPrimitive]('number'));
console.log(String(new Date(NaN)), new Date(NaN).toJSON(), new Date(NaN).getTime(), new Date(NaN).toLocaleString(), new Date(-62198755200000).toString(), new Date(253402300800000).toISOString(), new Date(253402300800000).toUTCString());
console.log(date, [date], { date }, typeof Date(), Date.length, Date.name, Object.prototype.toString.call(date), new Date(2020, 0).toString(), new Date(99, 0).getFullYear());
