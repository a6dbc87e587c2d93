class Mine extends Promise {
  constructor(executor) { super(executor); this.tag = 'mine'; }
  static get [Symbol.species]() { return this; }
}
const p = Mine.resolve(1);
console.log(p instanceof Mine, p instanceof Promise, p.tag, p.constructor.name);
const q = p.then((v) => v + 1);
console.log(q instanceof Mine, q.finally(() => {}) instanceof Mine, Mine.all([]) instanceof Mine);
class Plain extends Promise { static get [Symbol.species]() { return Promise; } }
const r = Plain.resolve(2).then(() => {});
console.log(r instanceof Plain, r instanceof Promise);
console.log(Mine.resolve(p) === p, Promise.resolve(p) === p);
q.then((v) => console.log('value', v));
(async () => { console.log(await Mine.resolve('awaited')); })();
console.log(p);
