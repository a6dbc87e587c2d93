#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const show = (x) => console.log(typeof x === 'object' && x !== null ? JSON.stringify(x) : String(x));
function t(name, f) { try { show(name + ' ' + JSON.stringify(f())); } catch (e) { show(name + ' throws ' + e.name); } }
const later = (name) => (x) => show(name + ' ' + JSON.stringify(x));
t('block fn', () => { if (true) { function zz() { return 1 } } return zz(); });
t('if fn', function () { if (1) function ff() { return 2 } return ff(); });
t('switch', x => { switch (1) { case 1: console.log('one'); case 2: { let a = 2; return a } default: return 3 } });
t('asi', () => {
  let a = 1
  let b = a
  ;[1].forEach(x => b += x)
  ;(() => { b++ })()
  const c = b
  return c
})
t('else', () => { let r = ''; for (let i = 0; i < 4; i++) if (i == 0) r += 'a'; else if (i == 1) r += 'b'; else r += 'c'
  return r });
t('do', () => { let i = 0; do i++; while (i < 5) return i });
t('do2', () => { let i = 0; do { i++ } while (i < 5)
 return i });
t('label', () => { outer: for (const a of [1, 2]) { for (;;) { continue outer } } foo: { break foo } return 5 });
t('lbl2', () => { a: b: for (;;) { break a } return 1 });
t('while empty', () => { let n = 0; while (n++ < 3); for (; n < 10; n++); return n });
t('obj spread', () => { const a = { x: 1, get y() { return 2 } }; return { z: 0, ...a, x: 5, ...null, ...{ q: 1 }, } });
t('obj spread2', () => ({ ...{ a: 1 } }));
t('obj spread3', () => ({ ...{ a: 1 }, b() { return 1 }, ...{ c: 2 }, d: 4 }));
t('proto', () => ({ __proto__: { z: 1 }, a: 1 }).z);
t('nullish=', () => { let a = null; a ??= 4; let o = { p: 0 }; o.p ||= 7; o['p'] &&= 8; let f; f ??= () => { }; return [a, o.p, f.name] });
t('num', () => [1_000, 0x1_0, 010, 089, 1e1_0]);
t('oct', () => '\1\101\0a\\1\08'.split('').map(c => c.charCodeAt(0)));
t('catch', () => { try { throw 1 } catch { return 'c' } });
t('catch2', () => { try { throw { a: 1, b: [2] } } catch ({ a, b: [c] }) { return a + c } });
t('names', () => { const f = async () => { }; const g = async function () { }; const h = { async m() { }, k: async x => x }; return [f.name, g.name, h.m.name, h.k.name, (async function q(a, b = 1, c) { }).length] });
t('arrow obj', () => [1].map(x => ({ x }))[0]);
t('arrow paren', () => [1, 2].map(x => (x, x + 1)));
t('arrow seq', () => ((a, b) => a in { 1: 1 } && b)(1, 3));
t('getter', () => { class A { get v() { return 1 } set v(x) { } static async s() { } static get async() { return 3 } } return new A().v + A.async });
t('new.target', () => { function F() { return new.target === F ? { ok: 1 } : 0 } return new F() });
t('tag', () => { const tag = (s, ...v) => s.raw.join('|') + v; return tag`a${1}\n${`x${2}`}b` });
t('regex', () => ['a/b'.replace(/[/]/g, '-'), /a\/b/.test('a/b'), 4 / 2 / 1]);
t('strict dir', function () { 'use strict'; return this === undefined });
t('strict dir2', function () { 'use strict'
 return this === undefined });
t('dir only', function () { 'use strict' });
t('gen', () => { function* g(a = 1) { const x = yield a; yield* [x, 2]; return 3 } const i = g(); return [i.next().value, i.next(9).value, i.next().value, i.next().value] });
t('args', () => { function f() { return (() => arguments[0])() } return f(4) });
t('comma', () => { for (var i = 0, j = 10; i < j; i++, j--); return [i, j] });
t('let name', () => { var async = 1, of = 2, get = 3, set = 4, from = 5, as = 6; return async + of + get + set + from + as });
t('html', () => { var x = 5; while (x --> 0); return x });
t('hoist', () => { return h(); function h() { return typeof v } var v = 1 });
t('try', () => { let s = ''; try { try { throw 1 } finally { s += 'f' } } catch (e) { s += e } return s });
t('with', function () { with ({ q: 1 }) return q });
t('unicode', () => { const ünï = 'é😀'; return ünï.length });
t('if-else nested', () => { if (0) if (1) return 1; else return 2; return 3 });
t('switch fn', () => { switch (1) { case 1: function sf() { return 8 } } return sf() });
t('opt', () => { const o = { a: { b() { return this.c }, c: 3 } }; return [o?.a.b(), o.x?.y.z, o.x?.(), o.a['b']?.()] });
t('comments behind statements', () => { const f = (a) => { if (a) return 'g' // comment
  else return 'h' // other
  /* end */ }; const h = x => x // z
  return [f(1), f(0), h(3)] // last
});
t('functions in templates', () => { const a = 1, b = [1, 2]; return `x${a}y${b.map((q) => { const z = q; return z; })}z` + `${a}${(() => { let a = 5; return `${a}-${(() => { let a = 6; return a; })()}`; })()}`; });
t('lines in templates', () => { const b = [1, 2]; return `${0}
${b.map(x => { const y = x; return y * 2; }).join(`,${0}`)} end`; });
return;
