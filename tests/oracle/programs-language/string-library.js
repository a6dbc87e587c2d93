// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log('abc'.at(-1), 'abc'.at(5), '  x '.trimStart() + '|', '  x '.trimEnd() + '|', '\u00a0\ufeff\nx'.trimLeft(), 'a-b-c'.replaceAll('-', '+'), 'aaa'.replaceAll('a', (m, i) => i));
console.log('x'.replaceAll('', '_'), 'a.b.c'.replaceAll('.', '$&$&'), 'abc'.replaceAll(/[ac]/g, '*'), 'abcabc'.replaceAll('bc', '$`'));
try { 'a'.replaceAll(/a/, 'b'); } catch (error) { console.log(error.message); }
try { [...'a'.matchAll(/a/)]; } catch (error) { console.log(error.message); }
console.log('ab\ud800'.isWellFormed(), 'ab\u{1F600}'.isWellFormed(), 'a\ud800b'.toWellFormed().charCodeAt(1).toString(16), 'a'.anchor('"'), 'b'.bold());
for (const bad of [() => 'a'.repeat(-1), () => 'a'.repeat(Infinity), () => 'abc'.repeat(2 ** 28), () => 'a'.normalize('nope'), () => String.fromCodePoint(-5)]) {
  try { console.log(bad().length); } catch (error) { console.log(error.name + ': ' + error.message); }
}
console.log('abc'.padStart(6, '12'), 'abc'.padEnd(6, '12'), 'ß'.toUpperCase(), 'ΑΣ ΟΔΥΣΣΕΥΣ'.toLowerCase(), 'İ'.toLowerCase().length, 'i'.toLocaleUpperCase('tr'));
console.log([...'a\u{1F600}b'].length, 'a\u{1F600}'.split(''), 'x'.codePointAt(0), String.raw`a\n${1}`);
