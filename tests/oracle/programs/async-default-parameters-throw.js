// Errors in parameters of an async function reject, they do not throw.
async function f(a = (() => { throw new Error('default'); })()) { return a; }
async function g({ x }) { return x; }
const p = f();
console.log(p instanceof Promise);
p.catch((e) => console.log(e.message));
g().catch((e) => console.log(e.constructor.name));
f(1).then(console.log);
const AsyncFunction = (async () => {}).constructor;
console.log(AsyncFunction.name, Object.prototype.toString.call(f), f.length, 'prototype' in f);
