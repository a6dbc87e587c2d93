// Corners of Node's modules that its own tests ask about.
const assert = require('assert');
const fs = require('fs');
const url = require('url');
const util = require('util');

console.log(util.format('%j|%j|%s', Symbol('s'), undefined, 'end'));
util.inspect.defaultOptions.numericSeparator = true;
console.log(util.format('%d %s %i', 1234567, 1234567.891, 123456), util.inspect(-0));
util.inspect.defaultOptions.numericSeparator = false;

for (const [base, relative] of [['zz:abc', 'foo/../../../bar'], ['zz:abc', '..'], ['fred:///s//a/b/c', '//g'], ['http://a/b', '//g'],
                                ['mailto:a@b', 'c@d'], ['mailto:another.host', 'mailto:user@host'], ['https://u:p@h.com', 'https://h.com/x']]) {
  console.log(base, relative, url.resolve(base, relative));
}

// An error that the engine threw has V8's words where the assertion looks at it.
assert.throws(() => new URLSearchParams().append(Symbol('s'), 'x'), /^TypeError: Cannot convert a Symbol value to a string$/);

const file = fs.openSync(__filename, 'r');
const bytes = Buffer.alloc(8);
for (const position of [0, 1n, -2, 1.5, 2n ** 63n, '0', true, () => {}]) {
  try {
    fs.read(file, bytes, 0, 8, position, () => {});
    console.log('reads at', String(position));
  } catch (error) {
    console.log(error.code, error.message);
  }
}
console.log(fs.readSync(file, bytes, null, 3, 0), fs.readSync(file, bytes, { length: 2 }), fs.readSync(file, bytes, 0, undefined, 0));

for (const type of ['x/x;test="\\', 'text', 'a/']) {
  try {
    console.log(String(new util.MIMEType(type)));
  } catch (error) {
    console.log(error.name, error.code, `${error}`);
  }
}
try {
  process.assert(0, 'text');
} catch (error) {
  console.log(error.code, error.message);
}
console.log(process.abort.prototype, Object.getOwnPropertyDescriptor(process, Symbol.toStringTag).writable);

const { port1 } = new MessageChannel();
const pooled = Buffer.from('pooled');
port1.postMessage(pooled, [pooled.buffer]);
console.log(pooled.length, pooled.toString());
