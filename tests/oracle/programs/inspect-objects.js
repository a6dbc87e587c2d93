console.log({}, [], { a: {} }, [[]], [{}], { a: [] }, Object.create(null), Object.create({ inherited: 1 }));
console.log({ a: { b: { c: { d: 1 } } } }, [[[[1]]]], { f() {}, g: function () {}, h: () => {}, i: class {}, j: class K extends Array {}, async l() {}, *m() {}, async *n() {} });
console.log({ get a() { return 1; }, set a(v) {}, get b() { return 2; }, set c(v) {} });
class Point { constructor() { this.x = 1; this.y = 2; } get sum() { return 3; } static s = 1; #hidden = 5; }
class Sub extends Point { z = 3; }
console.log(new Point(), new Sub(), Point, Sub, [new Point()], { p: new Sub() });
class Tagged { get [Symbol.toStringTag]() { return 'Label'; } }
console.log(new Tagged(), { [Symbol.toStringTag]: 'T' }, Object.assign(Object.create({ constructor: undefined }), { q: 1 }));
function Old(v) { this.v = v; } Old.prototype.m = function () {}; console.log(new Old(1), Object.assign(function named() {}, { prop: 1, other: {} }));
const circular = { name: 'c', list: [] }; circular.self = circular; circular.list.push(circular, { circular }); console.log(circular);
const a = {}, b = { a }; a.b = b; console.log([a, b]);
console.log(Object.freeze({ frozen: true }), globalThis === global, Object.create(Point.prototype));
