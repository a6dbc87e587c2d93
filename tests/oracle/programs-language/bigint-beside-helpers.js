// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const big=10n, f=()=>1, g=(x)=>x; const o={m(){ return 1 }, key: f, both: g(1n) && g(2n)}; console.log(o.key.name, o.both, f.name); const h=(a,B)=>a instanceof B; console.log(h(1n,Object), h([],Array), h(new Proxy([],{}),Array)); console.log((x=>x*-1)(0), (a=>{ a*=-1n; return a })(2n), [0n].filter(x=>x), `${1n}`, delete o.m, eval('1n+1n')); for(const k in {a:1n}) console.log(k);
