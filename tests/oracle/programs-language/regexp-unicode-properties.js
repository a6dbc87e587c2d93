// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log('Héllo wörld 123 Ωμέγα'.match(/\p{L}+/gu), 'aB1_ß'.match(/\p{Lu}/gu), 'Ωμέγα abc'.match(/\p{Script=Greek}+/u)[0], '٣x5'.match(/\p{Nd}/gu));
console.log(/\P{ASCII}/u.exec('abcé').index, /^\p{ID_Start}\p{ID_Continue}*$/u.test('naïve'), 'a😀b'.match(/\p{Emoji_Presentation}/u).index, /[\p{L}--[a-z]]/v.test('a'), /[\p{L}--[a-z]]/v.test('A'));
console.log('x‿y'.split(/\p{Pc}/u), /\p{General_Category=Decimal_Number}/u.test('7'), /\p{Alphabetic}/u.test('ǅ'), 'ÀÉ'.normalize('NFD').replace(/\p{M}/gu, ''), /[\q{abc|d}x]/v.exec('zabc')[0]);
for (const bad of ['\\p{Nope}', '\\p{script=greek}', '\\p{L', '\\p', '[\\p{Bad}]']) {
  try { new RegExp(bad, 'u'); console.log('fine'); } catch (error) { console.log(error.message); }
}
console.log(/\p{L}/.test('p{L}'), /\w/iu.test('ſ'), /\u212a/iu.test('k'), /[^x]/iu.test('\u212a'));
