console.log('main starts');
const a = require('./modules/cjs-a.js');
const b = require('./modules/cjs-b.js');
console.log('main', a, b);
