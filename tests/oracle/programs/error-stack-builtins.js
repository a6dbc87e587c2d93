// Frames of ECMAScript's own functions between a callback and the one that called them, and which of several calls of a line runs.
const frames = () => new Error('here').stack.split('\n').slice(2, 5).map((line) => line.replace(/\(.*[\\/]/, '(').trim()).join(' < ');
const show = () => console.log(frames());
function all() {
  [3].forEach(show);
  [3].map(() => show());
  [2, 1].sort((a, b) => { show(); return a - b; });
  [1].reduce((sum) => show(), 0);
  Array.from([1], show);
  'a'.replace(/a/, () => { show(); return ''; });
  JSON.stringify({ toJSON() { show(); } });
  JSON.parse('[1]', (key, value) => { if (key) show(); return value; });
  new Map([[1, 2]]).forEach(show);
  new Promise((resolve) => { show(); resolve(); });
  Reflect.apply(show, null, []);
  show.call(null);
  show.apply(null, []);
}
all();
function* numbers() { show(); yield 1; }
function consume() {
  for (const number of numbers()) void number;
  numbers().next();
}
consume();
const chain = { step(value) { show(); return this; } };
function twice() {
  chain.step(chain.step(1)).step(2); chain.step(3);
}
twice();
try {
  [1].map(function thrower() { throw new TypeError('in a callback'); });
} catch (error) {
  console.log(error.stack.split('\n').slice(0, 3).map((line) => line.replace(/\(.*[\\/]/, '(')).join('\n'));
}
