// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const date = /(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)/u;
const { groups } = date.exec('on 2024-05-06.');
console.log(groups.year, groups.month, groups.day, Object.keys(groups), Object.getPrototypeOf(groups), { ...groups });
console.log('2024-05-06'.replace(date, '$<day>.$<month>.$<year>'), '2024-05-06'.replace(date, (...all) => JSON.stringify(all.at(-1))));
console.log(/(?<a>x)|(?<b>y)/.exec('y').groups, /(?<q>['"]).*?\k<q>/.exec(`say "it's" ok`)[0], 'aa'.match(/(?<c>a)/g), /\k<x>/.test('k<x>'));
console.log('John Smith'.replace(/(?<first>\w+)\s(?<last>\w+)/, '$<last>, $<first>$<none>'), /(?<π>a)/.exec('a').groups);
console.log(date.exec('2024-05-06'), /a/.exec('a').groups);
for (const bad of ['(?<a>x)(?<a>y)', '(?<1a>x)', '(?<a', '(?<a>.)\\k<b>', '(?<a>.)\\k']) {
  try { new RegExp(bad); console.log('fine', bad); } catch (error) { console.log(error.name, error.message); }
}
