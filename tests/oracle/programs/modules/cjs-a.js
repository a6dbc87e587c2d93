console.log('a starts');
exports.early = 'early a';
const b = require('./cjs-b');
console.log('in a, b.done =', b.done);
exports.done = true;
console.log('a ends');
