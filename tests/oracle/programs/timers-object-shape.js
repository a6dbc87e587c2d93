// Timers and immediates are plain objects to a script: names, order, neighbours, and what happens when it changes them.
const first = setTimeout(() => {}, 10);
const middle = setTimeout(() => {}, 10, 'a', 1);
const last = setTimeout(() => {}, 10);
const shape = (object) => Reflect.ownKeys(object).map(String).join(' ');
console.log(shape(first));
console.log(shape(setImmediate(() => {})));
const withoutNumbers = (object) => require('util').inspect(object).replace(/(_idleStart|Id\)\]): \d+/g, '$1: N');
for (const timer of [first, middle, last]) console.log(withoutNumbers(timer));
for (const timer of [first, middle, last]) clearTimeout(timer);
console.log(withoutNumbers(middle));
const { Timeout = first.constructor } = {};
console.log(Timeout.length, Object.keys(Timeout.prototype), Object.getOwnPropertyNames(Timeout.prototype));

const changed = setTimeout(() => console.log('not called'), 1);
changed._onTimeout = function () { console.log('put in its place', this === changed, this.extra); };
changed.extra = 'own property';
const emptied = setTimeout(() => console.log('not called'), 1);
emptied._onTimeout = null;
const repeating = setTimeout(() => {
  console.log('repeats', repeating._repeat);
  if (repeating.hasRun) repeating._repeat = null;
  repeating.hasRun = true;
}, 10);
repeating._repeat = 30;
const watched = setTimeout(() => {}, 70, 'hidden');
Object.defineProperty(watched, '_onTimeout', { get() { return (value) => console.log('from an accessor', value); } });
setTimeout(() => {
  const immediate = setImmediate(() => {});
  immediate._onImmediate = (...values) => console.log('immediate', values, immediate._destroyed, immediate.hasRef());
  immediate._argv = ['x', 'y'];
  process.on('exit', () => console.log(emptied._destroyed, repeating._destroyed, changed._idleNext, immediate._onImmediate, immediate.hasRef()));
}, 100);
