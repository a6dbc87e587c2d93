// Calls in tail position of strict code: what is assigned there is assigned, every frame is on the stack, and endless recursion ends.
'use strict';
const source = { read: () => 'token' };
const state = {};
let value;

const cases = [
  () => (value = source.read()),
  () => value = (0, source.read()),
  (ready) => ready && (value = source.read()),
  (ready) => ready ? (value = source.read()) : 0,
  () => [value] = source.read(),
  () => ({ length: value } = source.read()),
  () => state.first || (state.first = source.read()),
  () => state.second = state.third = source.read(),
  () => state.fourth ??= source.read(),
  () => state.first += source.read(),
  function () { return (state.first = source.read()) && (state.second = source.read().length); },
  function () { return 1, (value = source.read()); },
  function () { for (const name of ['fifth']) return state[name] = source.read(); },
  function () { switch (1) { case 1: return value = source.read().toUpperCase(); } },
];
for (const run of cases) {
  value = undefined;
  console.log(run(true), value, JSON.stringify(state));
}

class Parser {
  constructor() { this.peeked = null; }
  peek() { return this.peeked || (this.peeked = source.read()); }
  next() { this.peek(); return this.peeked; }
}
console.log(new Parser().next());

function outer() { return middle(); }
function middle() { return inner(); }
function inner() { return new Error('here').stack.split('\n').slice(1, 4).map((line) => /at (\S+)/.exec(line)[1]); }
console.log(outer());

function endless(n) { return endless(n + 1); }
try {
  endless(0);
} catch (error) {
  console.log(error instanceof RangeError, error.message);
}
const made = new Function('state', '"use strict"; return state.made = state.make();');
console.log(made({ make: () => 5 }));
