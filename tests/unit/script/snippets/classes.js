// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const show = (x) => console.log(x);
function t(name, f) { try { show(name + ' ' + JSON.stringify(f())); } catch (e) { show(name + ' throws ' + e.name); } }
t('fields', () => { class A { a = 1; b = this.a + 1; static s = 3; 'c d' = 4; [`e${5}`] = 5; f; } return [new A(), A.s, Object.keys(new A())]; });
t('private', () => { class A { #p = 1; get p() { return this.#p; } set p(v) { this.#p = v; } inc() { return ++this.#p; } static has(o) { return #p in o; } } const a = new A(); a.p = 5; return [a.p, a.inc(), A.has(a), A.has({})]; });
t('private methods', () => { class A { #m(x) { return x * 2; } get #g() { return 7; } set #g(v) { this.v = v; } static #s() { return 's'; } run() { this.#g = 9; return [this.#m(4), this.#g, A.#s(), this.v]; } } return new A().run(); });
t('private access', () => { class A { #p = 1; static read(o) { return o.#p; } } return A.read({}); });
t('static block', () => { class A { static x = 1; static { this.y = this.x + 1; var local = 5; A.z = local; } } return [A.x, A.y, A.z]; });
t('names', () => { class A { f = () => { }; static g = function () { }; #h = () => { }; hn() { return this.#h.name; } } const C = class { }; const D = class Own { }; return [new A().f.name, A.g.name, new A().hn(), C.name, D.name, A.name]; });
t('derived', () => { class A { constructor() { this.log = ['A']; this.init(); } init() { } } class B extends A { x = 5; init() { this.log.push(String(this.x)); } } const b = new B(); return [b.log, b.x]; });
t('accessors', () => { class A { static #count = 0; static get count() { return A.#count; } static add() { A.#count += 2; return A; } } return A.add().add().count; });
t('self reference', () => { class A { static make() { return new A(); } who() { return A.name; } } const B = A; return B.make().who(); });
t('generator method', () => { class A { *[Symbol.iterator]() { yield 1; yield 2; } } return [...new A()]; });
t('symbol field', () => { const s = Symbol('s'); class A { [s] = 1; } return new A()[s]; });
t('logical', () => { class A { #p = null; #q = 0; run() { this.#p ??= 4; this.#q ||= 5; this.#p &&= 6; return [this.#p, this.#q]; } } return new A().run(); });
t('optional private', () => { class A { #p = { x: 1 }; static read(o) { return o?.#p.x; } } return [A.read(new A()), A.read(null) === undefined]; });
t('arrow this', () => { class A { v = 1; get = () => this.v; } const { get } = new A(); return get(); });
t('new.target', () => { class A { constructor() { this.n = new.target.name; } } class B extends A { } return new B().n; });
t('instance of error', () => { class E extends Error { code = 'E1'; constructor(m) { super(m); this.name = 'E'; } } const e = new E('m'); return [String(e), e.code, e instanceof E, e instanceof Error]; });
t('async in class', () => { class A { x = async () => this.y; y = 1; async #p() { return await this.x(); } run() { return this.#p(); } } new A().run().then((v) => show('async private ' + v)); return 0; });
t('rest', () => { const { a, b: { c, ...inner }, ...rest } = { a: 1, b: { c: 2, d: 3 }, e: 4, f: 5 }; return [a, c, inner, rest]; });
t('rest parameters', () => { const f = ({ a, ...r }, [b, ...s]) => [a, r, b, s]; return f({ a: 1, x: 2 }, [3, 4, 5]); });
t('rest loop', () => { const out = []; for (const { a, ...r } of [{ a: 1, b: 2 }, { a: 3 }]) out.push([a, r]); return out; });
t('rest assignment', () => { let a, r; ({ a, ...r } = { a: 1, b: 2 }); return [a, r]; });
t('rest computed', () => { const k = 'x'; const { [k]: v, ...r } = { x: 1, y: 2 }; return [v, r]; });
t('complex logical', () => { const o = { n: 0, get p() { this.n++; return null; }, set p(v) { this.v = v; } }; const f = () => { o.n += 10; return o; }; f().p ??= 5; o['p'] ||= 6; return [o.n, o.v]; });
t('fields and functions', () => { class A { x = 1; } function shadow(a) { function inner(a) { return a; } return inner(a) + inner.name; } return [new A().x, shadow(2), shadow.name, ((first, second) => 0).length]; });
t('class in loop', () => { const made = []; for (let i = 0; i < 3; i++) made.push(class { v = i; }); return made.map((C) => new C().v); });
t('sloppy', function () { return this === undefined; });
var hoisted = typeof declaredLater; function declaredLater() { } show(hoisted); show(typeof module + typeof require + typeof exports + typeof __filename);
if (true) { function blockLevel() { return 'b'; } } show(blockLevel()); show(this === module.exports);
async function await_() { class A { static x = 1; } await null; return A.x; } await_().then((x) => show('after ' + x));
