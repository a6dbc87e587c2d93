// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const re = /(\d)(\w)?/g;
console.log('1a2'.replace(re, '[$1|$2|$&|$`|$\'|$$|$3|$10]'), '1a2'.match(re), 'x1a'.search(re), '1a2b'.split(/\d/), '1a2b'.split(/(\d)/), 'abc'.split(/(?:)/), 'abc'.split(/b/, 1), ''.split(/x/), ''.split(/(?:)/));
console.log([...'1a2'.matchAll(re)].map((m) => [m[0], m.index]), re.lastIndex, 'abc'.match(/z/), 'abc'.match(/z/g), 'aXbX'.replace('X', () => '$1'), 'aaa'.lastIndexOf('a'));
console.log('\ud83d\ude00x'.split(/(?:)/u), '\ud83d\ude00'.replace(/(?:)/gu, '-'), '\ud83d\ude00'.match(/./gu).length, 'abc'.replace(/(?:)/g, '-'), 'aBc'.split(/b/i));
class Loud extends RegExp {
  exec(text) { const found = super.exec(text); if (found) found[0] = found[0].toUpperCase(); return found; }
  get [Symbol.toStringTag]() { return 'Loud'; }
}
console.log('abcabc'.replace(new Loud('b', 'g'), '<$&>'), new Loud('b').test('abc'), 'abcabc'.match(new Loud('c', 'g')), new Loud('x') instanceof RegExp, String(new Loud('a/b', 'i')));
console.log('abc'.replace({ [Symbol.replace]: (text, by) => `${text}${by}!` }, 'y'), 'a-b'.split({ [Symbol.split]: (text) => [text, 'own'] }), 'a'.match({ [Symbol.match]: () => 'm' }), 'a'.search({ [Symbol.search]: () => 7 }));
console.log(RegExp(/a/g) === RegExp(/a/g), new RegExp(/a/g, 'i').flags, RegExp('/').source, new RegExp('').source, String(new RegExp('\n')), /[/]\//.source, RegExp.prototype.toString.call({ source: 'a', flags: 'b' }));
const iterator = 'a1b2'.matchAll(/\d/g);
console.log(iterator.next().value[0], [...iterator].length, Object.prototype.toString.call(iterator), iterator.next());
/(\w)(\d)/.exec('x9');
console.log(RegExp.$1, RegExp.$2, RegExp['$&']);
