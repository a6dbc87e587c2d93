// enroll, active and unenroll: deprecated, and still there.
const timers = require('timers');
process.on('warning', (warning) => console.log(warning.name, warning.code, warning.message));
for (const value of [-1, NaN, Infinity, {}, '5'])
  try { timers.enroll({}, value); } catch (error) { console.log(error.name, error.code, error.message); }
const long = {};
timers.enroll(long, 2 ** 31);
console.log(long._idleTimeout, long._idleNext === long);
const item = { _onTimeout() { console.log('fired', this === item, this._idleTimeout); } };
timers.enroll(item, 5);
timers.active(item);
console.log(typeof item._idleStart, Boolean(item._idleNext), item._destroyed, Object.keys(item));
const never = { _idleTimeout: -1 };
timers.active(never);
console.log(never);
const stopped = { _onTimeout() { console.log('not called'); } };
timers.enroll(stopped, 1);
timers.active(stopped);
timers.unenroll(stopped);
console.log(stopped._idleTimeout, stopped._destroyed, stopped._idleNext);
const unreferenced = { _onTimeout() { console.log('not called'); } };
timers.enroll(unreferenced, 10000);
timers._unrefActive(unreferenced);
