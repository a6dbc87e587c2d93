// Built-in functions where V4 answers otherwise than ECMAScript.
const log = [];
JSON.stringify({ a: 1, b: [2, { c: 3 }] }, function replace(key, value) {
  log.push(`${key}:${JSON.stringify(this)}`);
  return value;
});
console.log(log);
console.log(JSON.stringify({ when: new Date(0) }, function replace(key, value) { return this[key] instanceof Date ? 'a date' : value; }));
console.log(JSON.stringify(new Proxy([1, { a: new Proxy([2], {}) }], {})), JSON.stringify({ list: new Proxy([], {}) }, null, 1));
console.log(JSON.stringify({ a: 1, b: 2 }, function replace(key, value) { if (key === 'a') delete this.b; return value; }));

console.log(Array.from('a💩b'), Array.from([1, 2], undefined), Array.from('12', Number), Array(3).fill(), [1, 2, 3].fill(0, Infinity));
console.log([1, , 3].slice(0, 2), [1, , ].slice(), [, 1].slice(0, 1).length, [1, 2].toString('-'), new Uint8Array([1, 2]).toString('-'));
console.log('abc'.substr(1, undefined), 'abc'.substr(-2, 1), 'abc'.substr(1), 'abc'.substr(0, -1), 'abc'.match('b', 'q').index);
for (const wrong of [() => String.prototype.toString.call(1), () => String.prototype.valueOf.call({}), () => ''.anchor(Symbol('s'))]) {
  try {
    console.log(wrong());
  } catch (error) {
    console.log(`${error}`);
  }
}
console.log(String.prototype.valueOf.call(Object('text')), Object('text').toString());

for (const number of [0.1, 123.456, -0.5, 1 / 3, 255, 1e-7, 2 ** 53, 1.7976931348623157e308]) {
  console.log([2, 3, 16, 36].map((radix) => number.toString(radix).slice(0, 60)).join(' '));
}
console.log((0.000001).toPrecision(2), (0.00000123).toPrecision(3), (1e-7).toPrecision(2), (0.00001).toPrecision(1), Math.cbrt(1.5), Math.cbrt(27), Math.cbrt(-0));

const bytes = new Uint8Array([1, 2, 3, 4]);
console.log(bytes.copyWithin(0, 2), bytes.copyWithin(1, 0, 2));
bytes.set({ length: 2, 0: 7, 1: 8 }, 1);
bytes.set(5);
bytes.set('12');
console.log(bytes);

console.log([0.49999999999999994, -0.2, 2.5, -2.5, -4590053558158713, 2 ** 52 + 1, '3.5', null].map((value) => Math.round(value)));
console.log((1e21).toFixed(2), (-4.5e21).toFixed(0), (123.456).toPrecision(4), (1e21).toPrecision(3), (0).toPrecision(3), (-0.00012345).toPrecision(2));
