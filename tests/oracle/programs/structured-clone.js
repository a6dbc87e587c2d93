const o = { d: new Date(0), m: new Map([[1, { a: 1 }]]), s: new Set([1]), r: /x/g, u: undefined, n: null, list: [1, , 3], b: new Uint8Array([1, 2]), e: new TypeError('err') }; o.self = o;
const c = structuredClone(o);
console.log(c !== o, c.self === c, c.d instanceof Date, c.d.getTime(), c.m.get(1), c.s.has(1), c.r.flags, 'u' in c, c.list, c.b, c.e instanceof TypeError, c.e.message);
for (const bad of [() => {}, Symbol('s'), { f() {} }]) try { structuredClone(bad); } catch (e) { console.log(e.name, e.code, e.message); }
class P { x = 1; get y() { return 2; } } const p = structuredClone(new P()); console.log(p, p instanceof P, p.constructor === Object); const shared = { v: 1 }; const two = structuredClone([shared, shared]); console.log(two[0] === two[1]);
console.log(structuredClone(new String('s')), structuredClone(Object.create({ inherited: 1 })), structuredClone(new Error('m', { cause: 'c' })).message); try { structuredClone(); } catch (e) { console.log(e.name); }
const buffer = new ArrayBuffer(8); const moved = structuredClone(buffer, { transfer: [buffer] }); console.log(moved.byteLength, buffer.byteLength);
