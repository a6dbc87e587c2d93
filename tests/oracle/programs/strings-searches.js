// Searches in strings, above all in and for empty ones, however these came about.
const empties = ['', 'abc'.slice(0, 0), [].join(''), 'a'.substring(1), ' '.trim(), 'a'.replace('a', ''), JSON.parse('""'), 'a,'.split(',')[1]];
const answers = new Set();
for (const text of empties) {
  for (const pattern of empties) {
    answers.add(JSON.stringify([text.indexOf(pattern), text.lastIndexOf(pattern), text.includes(pattern), text.startsWith(pattern),
      text.endsWith(pattern), text.replaceAll(pattern, 'x')]));
  }
}
console.log([...answers]);

const text = 'abcabc';
for (const position of [undefined, -1, 0, 1, 3, 6, 7, NaN, Infinity, '2', null]) {
  console.log(String(position), text.indexOf('abc', position), text.lastIndexOf('abc', position), text.includes('bc', position),
    text.startsWith('abc', position), text.endsWith('abc', position), text.indexOf('', position), text.lastIndexOf('', position));
}
console.log('undefined'.indexOf(), 'undefined'.includes(), 'null'.startsWith(null), String.prototype.indexOf.call(1234, 3));

const log = [];
const asked = (name) => ({ toString: () => (log.push(name), 'b'), valueOf: () => (log.push(`${name} number`), 0) });
String.prototype.startsWith.call(asked('this'), asked('search'), asked('position'));
console.log(log.join());
for (const name of ['indexOf', 'lastIndexOf', 'includes', 'startsWith', 'endsWith']) {
  const method = String.prototype[name];
  console.log(name, method.length, method.name);
  for (const search of [/a/, { [Symbol.match]: true }, Object.assign(/a/, { [Symbol.match]: false }), Symbol('s')]) {
    try {
      console.log(method.call('/a/', search));
    } catch (error) {
      console.log(`${error}`);
    }
  }
  try {
    method.call(null, 'a');
  } catch (error) {
    console.log(`${error}`);
  }
}
