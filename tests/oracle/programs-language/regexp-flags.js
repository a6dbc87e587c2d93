// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const every = new RegExp('a.c', 'dgimsuy');
console.log(every.flags, every.hasIndices, every.global, every.ignoreCase, every.multiline, every.dotAll, every.unicode, every.sticky, String(every));
console.log(/a.b/s.test('a\nb'), /a.b/.test('a\nb'), /^.$/u.test('\u{1F600}'), /^.$/.test('\u{1F600}'), /\u{61}/u.test('a'), RegExp('', 'v').unicodeSets);
const indices = /a(?<Z>z)?(b)/d.exec('xab');
console.log(indices.indices, indices.indices.groups);
const sticky = /o/y;
console.log(sticky.test('foo'), sticky.lastIndex, (sticky.lastIndex = 1, sticky.test('foo')), sticky.lastIndex, 'ooxo'.replace(/o/gy, '-'), 'a,b'.split(/,/y));
for (const bad of ['gg', 'x', 'uv', 'G']) {
  try { RegExp('a', bad); } catch (error) { console.log(error.message); }
}
console.log(Object.getOwnPropertyNames(RegExp.prototype).sort().join(), RegExp.prototype.flags === '', RegExp.prototype.source, RegExp.prototype.global);
