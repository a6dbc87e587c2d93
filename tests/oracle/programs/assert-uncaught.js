const assert = require('node:assert/strict');
console.log('before');
assert.equal(1 + 1, 3, 'arithmetic is broken');
