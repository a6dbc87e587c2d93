// structuredClone of cycles, collections, errors and buffers, and what it refuses.
const o = { a: 1, d: new Date(0), m: new Map([[1, { x: new Set([1, 2]) }]]), r: /x/gi, e: new RangeError('r'), b: Buffer.from('ab'), n: null, u: undefined, big: 10n, arr: [1, , 3] };
o.self = o;
o.m.set('self', o);
const c = structuredClone(o);
console.log(c, c.self === c, c.m.get('self') === c, c !== o);
for (const v of [() => {}, Symbol('s'), new WeakMap(), Promise.resolve()]) try { structuredClone(v); } catch (e) { console.log(e.name, e.message, e.code); }
const ab = new ArrayBuffer(4);
const c2 = structuredClone({ ab }, { transfer: [ab] });
console.log(ab.byteLength, c2.ab.byteLength);
class P { constructor() { this.x = 1; } get y() { return 2; } } console.log(structuredClone(new P()), structuredClone(Object.create({ inherited: 1 }, { own: { value: 1, enumerable: true }, hid: { value: 2 } })));
