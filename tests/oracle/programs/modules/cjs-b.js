console.log('b starts');
const a = require('./cjs-a.js');
console.log('in b, a.early =', a.early, 'a.done =', a.done);
exports.done = true;
console.log('b ends');
