// Text to bytes and back in every encoding, with whatever numbers make of them: damaged UTF-8, lone surrogates, wrong digits.
const { StringDecoder } = require('string_decoder');

let state = 12345;
const random = (limit) => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return (state >>> 8) % limit;
};
let sum = 0;
const note = (value) => {
  for (const unit of `${value}`) sum = (Math.imul(sum, 31) + unit.codePointAt(0)) >>> 0;
};
const encodings = ['utf8', 'utf16le', 'latin1', 'ascii', 'hex', 'base64', 'base64url'];
const sets = [
  () => random(128),
  () => 0x41 + random(6),
  () => random(0x800),
  () => 0xd7f0 + random(0x820),
  () => random(0x10000),
  () => 'AZaz09+/-_= \n'.charCodeAt(random(13)),
];
const text = () => {
  const unit = sets[random(sets.length)];
  return String.fromCharCode(...Array.from({ length: random(20) }, unit));
};
const heads = [0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff, 0x90, 0xa0, 0x9f];
const bytes = () => Buffer.from(Array.from({ length: random(12) }, () => (random(3) ? heads[random(heads.length)] : random(256))));

for (const encoding of encodings) {
  sum = 0;
  for (let round = 0; round < 300; round++) {
    const value = text();
    note(Buffer.byteLength(value, encoding));
    note(Buffer.from(value, encoding).toString('hex'));
    const target = Buffer.alloc(8, 1);
    const offset = random(9);
    note(target.write(value, offset, encoding));
    note(target.toString('hex'));
  }
  console.log(encoding, 'write', sum);
  sum = 0;
  for (let round = 0; round < 300; round++) {
    const value = bytes();
    const start = random(6);
    note(JSON.stringify(value.toString(encoding)));
    note(JSON.stringify(value.toString(encoding, start, start + random(6))));
    const decoder = new StringDecoder(encoding);
    note(JSON.stringify(decoder.write(value.subarray(0, start)) + decoder.end(value.subarray(start))));
  }
  console.log(encoding, 'slice', sum);
}

sum = 0;
for (let round = 0; round < 2000; round++) {
  const haystack = Buffer.from(Array.from({ length: random(20) }, () => 97 + random(3)));
  const needle = Buffer.from(Array.from({ length: random(4) }, () => 97 + random(3)));
  const from = random(24) - 12;
  note(haystack.indexOf(needle, from));
  note(haystack.lastIndexOf(needle, from));
  note(haystack.indexOf(needle.toString('latin1'), from, 'utf16le'));
  note(haystack.compare(needle));
  note(haystack.includes(97 + random(4)));
}
console.log('search', sum);

console.log(Buffer.alloc(7, 'abc'), Buffer.alloc(3, ''), Buffer.alloc(5).fill('é', 1, 4), Buffer.alloc(4).fill(257), Buffer.alloc(6, Buffer.from([1, 2])));
const own = Buffer.from('abcdef');
console.log(own.fill(own.subarray(1, 3)).toString(), Buffer.from('\ufeffx').toString().length);
for (const wrong of [() => Buffer.alloc(2).fill(new Uint8Array(0)), () => Buffer.from(new ArrayBuffer(4), 5), () => Buffer.from(new ArrayBuffer(4), 1, 9)]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
const shared = new SharedArrayBuffer(8);
const window = Buffer.from(shared, 2, 4);
window.write('hi');
console.log(window, window.buffer === shared, window.subarray(1).toString(), new Uint8Array(shared));
class Own extends Uint8Array {}
console.log(Buffer.from(new Own([1, 2, 3])), new Own([104, 105]).constructor.name, atob(btoa('\0\xff')) === '\0\xff');
for (const wrong of ['a', 'a-b_', 'é', 'ab=c']) {
  try {
    console.log(atob(wrong));
  } catch (error) {
    console.log(error.name, error.message);
  }
}
