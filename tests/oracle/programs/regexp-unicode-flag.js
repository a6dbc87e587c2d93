// The flag u: matches anywhere, by code points.
for (const flags of ['u', 'gu', 'iu', 'mu', 'uy', 'guy']) {
  const pattern = () => new RegExp('-', flags);
  const text = 'a-b-';
  console.log(flags, text.replace(pattern(), '+'), text.match(pattern()), text.search(pattern()), text.split(pattern()), pattern().test(text),
              pattern().exec(text));
}
console.log('ab'.match(/b/u).index, /\d+/u.exec('a12').index, 'x.y'.replace(/[.]/u, '$&$&'), 'a-b^c]'.replace(/[\\\]^-]/gu, '\\$&'));
console.log('💩x💩'.replace(/./gu, '_'), '💩x'.match(/x/u).index, [...'a💩b'.matchAll(/[^ab]/gu)].map((match) => [match[0], match.index]));
const sticky = /a/gu;
console.log(sticky.test('baab'), sticky.lastIndex, sticky.test('baab'), sticky.lastIndex, sticky.test('baab'), sticky.lastIndex);
for (const source of ['\\-', '{', '[b-a]', '\\u{110000}', '(?<a', '\\c']) {
  try {
    console.log(new RegExp(source, 'u').source);
  } catch (error) {
    console.log(`${error}`);
  }
}
