console.log(new Map([['a', 1], [{ k: 1 }, new Set([1])]]), new Map(), new Set(), new Set(['x', [1]]), new Map([[new Map(), new Map([[1, 2]])]]));
console.log(new WeakMap(), new WeakSet(), [new Map([['in', 'array']])], new Map([['a', 1]]).entries(), new Set([1, 2]).values(), new Map([[1, 2]]).keys(), [1, 2][Symbol.iterator]());
console.log(new Uint8Array([1, 2, 3]), new Float64Array(2), new ArrayBuffer(4), new DataView(new ArrayBuffer(2)), Buffer.from('hi'), new Uint8Array(0));
class MyMap extends Map {} class MyArray extends Array {} class MySet extends Set { constructor(i) { super(i); this.tag = 1; } }
console.log(new MyMap([[1, 2]]), MyArray.from([1, 2]), new MySet([3]), Object.assign(new Map([[1, 2]]), { x: 1 }));
console.log(new Date(0), [new Date(86400000)], new Date(NaN), /re/gi, [/x/], Object.assign(/y/, { a: 1 }), (function () { return arguments; })(1, 'two'));
console.log(Math, JSON, Reflect === globalThis.Reflect, [Math], (function* () {})(), (async () => {}), (async function* g() {})(), new Proxy({ t: 1 }, {}), new Proxy(function f() {}, {}), Symbol, Map, [Object, Array]);
