const util = require('util');
console.log(util.format('%s:%s', 'a'), util.format(1, 2, '3'), util.format('%% %s', 1), util.format('a', 'b', { c: 1 }), util.format(), util.format({ a: 1 }, 'x'));
console.log(util.isDeepStrictEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), util.isDeepStrictEqual([1], ['1']), util.isDeepStrictEqual(new Set([{ a: 1 }]), new Set([{ a: 1 }])), util.isDeepStrictEqual(NaN, NaN), util.isDeepStrictEqual(0, -0));
console.log(util.types.isPromise(Promise.resolve()), util.types.isDate(new Date()), util.types.isRegExp(/x/), util.types.isAsyncFunction(async () => {}), util.types.isGeneratorFunction(function* () {}), util.types.isMap(new Map()), util.types.isProxy(new Proxy({}, {})), util.types.isNativeError(new Error()), util.types.isTypedArray(new Uint8Array()));
function Base() {} Base.prototype.hello = function () { return 'hello'; }; function Derived() {} util.inherits(Derived, Base); console.log(new Derived().hello(), Derived.super_ === Base);
console.log(util.stripVTControlCharacters('\u001b[31mred\u001b[39m'), util.toUSVString('a\ud800'), util.inspect(util.styleText ? 1 : 1), util.isArray([]));
try { util.inherits(1, 2); } catch (e) { console.log(e.code); } console.log(util.types.isBoxedPrimitive(Object('x')), new util.TextEncoder().encode('é'), new util.TextDecoder().decode(new Uint8Array([0xc3, 0xa9])));
const old = util.deprecate(() => 'result', 'old() is deprecated', 'DEP_X'); console.log(old(), old()); process.on('warning', (w) => console.log(w.name, w.code, w.message));
