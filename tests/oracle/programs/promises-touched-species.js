// Scripts that touch the way from a promise to its constructor, before and after promises took it.
(function () { Promise.prototype.then = ((then) => function (...a) { return then.apply(this, a); })(Promise.prototype.then); })();
Promise.resolve(1).then(console.log);
class Q extends Promise { static get [Symbol.species]() { return Promise; } }
console.log(new Q(() => {}).then() instanceof Q, Q.resolve().constructor === Q);
const before = Promise.resolve(); const d = before.then(); console.log(d.constructor === Promise);
Object.defineProperty(Promise, Symbol.species, { get() { return Q; }, configurable: true });
console.log(before.then() instanceof Q);
Promise.prototype.constructor = Q; console.log(before.then() instanceof Q, before.then().constructor === Q);
process.nextTick((a, b) => console.log('tick', a, b), 1, 2); queueMicrotask(() => console.log('micro'));
console.log(process.nextTick.name, process.nextTick.length, queueMicrotask.name, queueMicrotask.length);
