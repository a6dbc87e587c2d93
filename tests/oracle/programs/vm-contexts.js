'use strict';
// Scripts in contexts: names, declarations, this, functions, errors, and what the sandbox has afterwards.
const vm = require('vm');

const show = (name, work) => {
  try {
    console.log(name, work());
  } catch (error) {
    console.log(name, 'threw', error.name, error.code, error.message);
  }
};

show('template', () => vm.runInNewContext('x + 1', { x: 1 }));
show('last value', () => vm.runInNewContext('1; let a = 2'));
show('value of a class', () => vm.runInNewContext('class A {}'));
show('value of a function', () => vm.runInNewContext('function f() {}'));
show('missing', () => vm.runInNewContext('missing'));
show('typeof missing', () => vm.runInNewContext('typeof missing'));
show('nothing of the outside', () => vm.runInNewContext('[typeof process, typeof require, typeof setTimeout, typeof module, typeof Buffer, typeof global, typeof console]').join());
show('builtins', () => vm.runInNewContext('[typeof Array, typeof JSON, typeof Promise, typeof Map, typeof parseInt, typeof Symbol, typeof Proxy].join()'));
show('syntax', () => vm.runInNewContext('a b', {}));

const sandbox = { n: 1, log: (...values) => console.log('from inside', ...values), list: [1, 2] };
const context = vm.createContext(sandbox);
console.log(context === sandbox, vm.isContext(sandbox), vm.isContext({}), vm.createContext(sandbox) === sandbox);
vm.runInContext('var v = 1; w = 2; function f(x) { return x + n; } n += 10; this.t = 3; globalThis.u = 4;', context);
console.log(Object.keys(sandbox), sandbox.v, sandbox.w, sandbox.n, sandbox.t, sandbox.u, sandbox.f(5));
vm.runInContext('log(f(1), v, w); list.push(3); var v; var w = 7', context);
console.log(sandbox.list, sandbox.v, sandbox.w, Object.getOwnPropertyDescriptor(sandbox, 'v'));
sandbox.later = 'set outside';
show('set outside', () => vm.runInContext('later', context));
show('delete', () => vm.runInContext('[delete later, typeof later, delete this.t, "t" in this].join()', context));
show('this', () => vm.runInContext('[this === globalThis, this.n, (function() { return this === globalThis; })(), (function() { "use strict"; return this; })(), (() => this === globalThis)()].join()', context));
show('keys', () => vm.runInContext('Object.keys(globalThis).join()', context));
show('in', () => vm.runInContext('["n" in globalThis, "Array" in globalThis, "process" in globalThis, globalThis.hasOwnProperty("n")].join()', context));
show('Function', () => vm.runInContext('Function("a", "return a + n + (this === globalThis)")(1)', context));
show('new Function', () => vm.runInContext('new Function("return this")() === this', context));
show('eval', () => vm.runInContext('(function(q) { var r = eval("q + n"); eval("var made = r"); return made; })(1)', context));

// Declarations of one script are seen by the next, but are no properties.
vm.runInContext('let a = 1; const b = 2, [c, { d = 4 }] = [3, {}]; class K { static s = 5; m() { return a; } } let e;', context);
show('seen by the next', () => vm.runInContext('a++; [a, b, c, d, K.s, new K().m(), K.name, e, typeof K].join()', context));
console.log(['a', 'b', 'c', 'd', 'K', 'e'].map((name) => name in sandbox).join());
show('const', () => vm.runInContext('b = 3', context));
show('again', () => vm.runInContext('let a = 3', context));
show('too early', () => vm.runInContext('z1; let z1 = 1;', context));
show('two scripts', () => {
  const script = new vm.Script('globalThis.count = (globalThis.count || 0) + 1; count');
  const one = vm.createContext({});
  const two = vm.createContext({ count: 10 });
  return [script.runInContext(one), script.runInContext(one), script.runInContext(two), script.runInNewContext(), script.runInNewContext({ count: 5 })];
});

// Strict scripts.
const strict = vm.createContext({ console });
vm.runInContext('"use strict"; var s1 = 1, s2; let s3 = 3; function s4() { return s1 + s3; } for (var i = 0; i < 3; i++) ;', strict);
show('strict', () => vm.runInContext('"use strict"; s1 = 10; [s1, s2, s3, s4(), i].join()', strict));
console.log(Object.keys(strict).join());

// Functions, closures, async code and generators of a context go on afterwards.
const made = vm.runInContext('({ get: () => n, set(value) { n = value; }, *gen() { yield n; yield n + 1; }, async wait() { await null; return n; } })', context);
made.set(100);
console.log(sandbox.n, made.get(), [...made.gen()]);
made.wait().then((value) => console.log('waited', value));

// Accessors and inheritance of the sandbox.
class Base {
  get inherited() { return 'inherited'; }
}
const odd = vm.createContext(Object.assign(Object.create(new Base()), {}));
Object.defineProperty(odd, 'computed', { get: () => 'computed', set: (value) => console.log('setter', value), configurable: true });
Object.defineProperty(odd, 'readonly', { value: 1, writable: false, configurable: true });
show('accessors', () => vm.runInContext('computed = 5; readonly = 2; [computed, inherited, readonly].join()', odd));

show('compileFunction', () => vm.compileFunction('return a + b + (typeof x)', ['a', 'b'])(1, 2));
show('compileFunction in a context', () => vm.compileFunction('return a + n', ['a'], { parsingContext: context })(1));
show('compileFunction with extensions', () => vm.compileFunction('return ext + n', [], { parsingContext: context, contextExtensions: [{ ext: 'E' }] })());
show('error', () => vm.runInContext('throw new TypeError("mine")', context));
try {
  vm.runInContext('\n\nnull.x', context, 'inside.js');
} catch (error) {
  console.log(error.stack.split('\n').find((line) => line.includes('inside.js:3')) !== undefined);
}
for (const bad of [() => vm.runInContext('1', {}), () => vm.isContext(1), () => vm.createContext(1), () => new vm.Script('1', { filename: 1 }),
  () => vm.createContext({}, { name: 1 }), () => vm.runInNewContext('1', {}, { timeout: -1 }), () => vm.compileFunction(1),
  () => vm.compileFunction('1', [1]), () => vm.compileFunction('1', [], { parsingContext: {} }), () => vm.createContext({}, { microtaskMode: 'x' })]) show('bad', bad);
show('timeout', () => vm.runInNewContext('while (true) ;', {}, { timeout: 20 }));
show('timeout with finally', () => vm.runInContext('spin = 0; try { for (;;) spin++; } finally { spin = -1; }', context, { timeout: 20 }));
console.log(sandbox.spin !== 0);
show('in time', () => vm.runInContext('1 + 1', context, { timeout: 1000 }));
console.log(Object.keys(vm).join(), vm.isContext(vm.createContext()), typeof vm.createContext(vm.constants.DONT_CONTEXTIFY).Array);
