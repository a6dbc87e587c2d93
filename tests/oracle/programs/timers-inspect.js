const util = require('util');
const t = setTimeout(function work() {}, 10);
const text = util.inspect(t);
console.log(text.startsWith('Timeout {'), /_idleTimeout: 10/.test(text), /_onTimeout: \[Function: work\]/.test(text), /_repeat: null/.test(text));
console.log(/_repeat: 7/.test(util.inspect(setInterval(() => {}, 7).unref())));
console.log(util.inspect(setImmediate(() => {})).startsWith('Immediate {'));
