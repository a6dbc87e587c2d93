const { inspect } = require('util');
const o = { a: { b: { c: { d: {} } } }, list: Array.from({ length: 5 }, (_, i) => i), text: 'x'.repeat(20), get g() { return 5; }, [Symbol('s')]: 1 };
console.log(inspect(o, { depth: 0 })); console.log(inspect(o, { depth: Infinity })); console.log(inspect(o, { compact: false })); console.log(inspect(o, { breakLength: 20 }));
console.log(inspect(o, { maxArrayLength: 2, maxStringLength: 5 })); console.log(inspect({ b: 1, a: 2 }, { sorted: true })); console.log(inspect(o, { getters: true })); console.log(inspect([1], { showHidden: true }));
console.log(inspect({ a: 1, s: 'str', n: null, u: undefined, f() {}, d: new Date(0), r: /x/, y: Symbol('q'), m: new Map([[1, true]]) }, { colors: true }));
console.log(inspect('str'), inspect("it's"), inspect(123456.789, { numericSeparator: true }), inspect(new Map([['a', { b: {} }]]), { depth: 0 }));
console.log(inspect(o, false, 0), inspect(new Proxy({ a: 1 }, {}), { showProxy: true }), inspect.defaultOptions.depth, typeof inspect.custom);
