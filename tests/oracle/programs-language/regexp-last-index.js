// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const sticky = /a/g;
console.log(sticky.test('aa'), sticky.lastIndex, sticky.test('aa'), sticky.lastIndex, sticky.test('aa'), sticky.lastIndex);
const special = /(?<x>a)/g;
console.log(special.test('aa'), special.lastIndex, special.test('aa'), special.lastIndex, special.test('aa'), special.lastIndex);
special.lastIndex = 5;
console.log(special.exec('aaa'), special.lastIndex, 'banana'.replace(special, '<$<x>>'), special.lastIndex);
const found = [];
const tokens = /\s*(?:(?<number>\d+)|(?<operator>[-+*/()]))/gy;
for (let match = tokens.exec('12 + (3*45)'); match !== null; match = tokens.exec('12 + (3*45)')) found.push(match.groups.number || match.groups.operator);
console.log(found, Object.getOwnPropertyNames(special), Object.getOwnPropertyDescriptor(special, 'lastIndex'));
