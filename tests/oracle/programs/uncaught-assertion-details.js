// What is printed goes five levels deep, whatever the error says of itself.
const assert = require('assert');
assert.deepStrictEqual({ a: { b: { c: [1, { d: 2 }] } } }, { a: { b: { c: [1, { d: 3 }] } } });
