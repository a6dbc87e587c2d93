// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log(/(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac'), /(?=(a+))a*b\1/.exec('baaabac'), /(.*?)a(?!(a+)b\2c)\2(.*)/.exec('baaabaac'), /(?:(a)|b)*/.exec('ab'));
console.log(/(a*)*/.exec('b'), /((a)|(ab))((c)|(bc))/.exec('abc'), /a[a-z]{2,4}?/.exec('abcdefghi'), /(\2)(\1)/.exec(''), /a{0}b/.exec('ab'), /x*?y/.exec('xxy')[0]);
for (const flags of ['s', 'ds']) { // the same through the engine for what V4 cannot
  console.log(new RegExp('(z)((a+)?(b+)?(c))*', flags).exec('zaacbbbcac').slice(), new RegExp('(?=(a+))a*b\\1', flags).exec('baaabac').slice(), new RegExp('(.*?)a(?!(a+)b\\2c)\\2(.*)', flags).exec('baaabaac').slice());
  console.log(new RegExp('(?:(a)|b)*', flags).exec('ab').slice(), new RegExp('(a*)*', flags).exec('b').slice(), new RegExp('(a*?)*?$', flags).exec('aa').slice(), new RegExp('(?:a?)*?$', flags).exec('aa').index);
  console.log(new RegExp('^(?:(\\w+)@(\\w+)\\.com)$', flags).exec('me@site.com').slice(1), new RegExp('\\bfoo\\b', flags).test('a foo b'), new RegExp('(?:a|ab)(?:c|bcd)(?:d*)', flags).exec('abcd')[0]);
  console.log(new RegExp('[^]', flags).test('\n'), new RegExp('[]', flags).test('a'), new RegExp('\\cJ', flags).test('\n'), new RegExp('[\\b]', flags).test('\b'), new RegExp('\\0', flags).test('\0'), new RegExp('\\101', flags).test('A'), new RegExp('a{,2}', flags).test('a{,2}'));
  console.log(new RegExp('é', flags + 'i').test('É'), new RegExp('[à-ý]', flags + 'i').test('É'), new RegExp('ß', flags + 'i').test('ẞ'), new RegExp('^b', flags + 'm').exec('a\nb').index, new RegExp('\\s\\S\\w\\W\\d\\D', flags).test(' xa-1b'));
}
