// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
function sample(a, b = 2, ...rest) { /* inside */ return a + b + rest.length; }
console.log(sample.toString(), sample.length, sample.name, (() => 1).toString(), (async (x) => x).toString(), ({ method(x) { return x; } }).method.toString(), Math.max.toString());
console.log(sample.bind(null, 1).name, sample.bind(null, 1).length, (function() {}).bind().name, sample.call(null, 1), sample.apply(null, [1, 2, 3, 4]), sample.bind(null, 1)(5), new Function('a', 'b', 'return a * b')(3, 4), new Function('return this')() === globalThis);
const named = { arrow: () => 1, ['com' + 'puted']: function() {}, async asynchronous() {}, *generator() {}, get getter() { return 1; } };
console.log(Object.entries(Object.getOwnPropertyDescriptors(named)).map(([key, d]) => (d.value || d.get).name).join());
console.log((function() { return arguments.length; })(1, 2), (function(a) { arguments[0] = 9; return a; })(1), (function(a) { 'use strict'; arguments[0] = 9; return a; })(1), typeof Function.prototype, (() => {}).hasOwnProperty('prototype'));
const failures = [
  () => Function.prototype.toString.call({}),
  () => sample.apply(null, 1),
  () => Function.prototype.bind.call(1),
];
for (const bad of failures) {
  try { bad(); } catch (error) { console.log(error.name + ': ' + error.message); }
}
let evaluated = eval('const inside = 5; inside * 2');
console.log(evaluated, typeof inside);
