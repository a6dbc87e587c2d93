const timers = require('timers');
console.log(Object.keys(timers).sort().join(' '));
console.log(timers.setTimeout === setTimeout, timers.setImmediate === setImmediate, timers.promises === require('timers/promises'), timers === require('node:timers'));
const util = require('util');
util.promisify(setTimeout)(5, 'promisified').then(console.log);
util.promisify(setImmediate)('immediate').then(console.log);
