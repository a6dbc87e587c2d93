// oracle: ignore-stderr
'use strict';
// What process and the old timer functions check, and what keeps the process alive.
const timers = require('node:timers');

function show(what, work) {
  try {
    console.log(what, work());
  } catch (error) {
    console.log(what, error.name, error.code, error.message);
  }
}
const all = { configurable: true, writable: true, enumerable: true };
show('env value', () => Object.defineProperty(process.env, 'A', { value: 'a' }));
show('env accessor', () => Object.defineProperty(process.env, 'A', { get() { return 1; } }));
show('env whole', () => { Object.defineProperty(process.env, 'A', Object.assign({ value: 1 }, all)); return process.env.A; });
show('source maps', () => process.setSourceMapsEnabled(1));
show('signal', () => process.kill(process.pid, 987));
show('enroll text', () => timers.enroll({}, 'x'));
show('enroll negative', () => timers.enroll({}, -1));
show('enroll endless', () => timers.enroll({}, Infinity));

const active = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'Immediate').join();
console.log(active());
const first = setTimeout(() => {}, 10);
const second = setInterval(() => {}, 10);
setImmediate(() => console.log('in immediate', active()));
console.log(active());
second.unref();
console.log(active());
clearTimeout(first);
console.log(active());

process.on('warning', ({ name, code, message }) => console.log(name, code, message));
const item = { _onTimeout() { console.log('too early'); } };
timers.enroll(item, 2 ** 31);
timers.active(item);
timers.unenroll(item);
console.log(item._idleTimeout);
// An exit code that a listener of 'exit' sets counts, even 0 after an error.
process.on('exit', (code) => { console.log('exit', code); process.exitCode = 0; });
setTimeout(() => { throw new Error('uncaught'); }, 20);
