// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
var x='outer';
function f(a=()=>x){ var x='inner'; return a()+x; } console.log(f());
function g(a, b=()=>a){ var a; const first=a; a=9; return [first,a,b()]; } console.log(g(1));
function h(a, b=()=>a){ a=9; return b(); } console.log(h(1));
function k(a=()=>arguments.length){ var arguments; return a(); } console.log(k());
function l(x, y=()=>{x=5}){ var x; y(); return x;} console.log(l(1));
function m(y=()=>z2){ function z2(){return 1}; try{return y()}catch(e){return e+''} } console.log(m());
const n=(q=()=>x)=>{ var x='arrow'; return q()+x; }; console.log(n());
class C{ m(a=()=>x){ var x='method'; return a()+x } set v(a=()=>x){ var x='s'; console.log(a()) } constructor(a=()=>x){var x='c';console.log(a())} } new C().m(); new C().v=undefined; console.log(new C().m());
function* gen(a=()=>x){ var x='gen'; yield a()+x } console.log(gen().next().value);
async function af(a=()=>x){ var x='af'; return a()+x } af().then(console.log);
function dd({p, q=()=>p}){ var p; p=7; return q(); } console.log(dd({p:3}));
function fn(a, b = () => a) { function a() { return 'decl' } return [typeof a, b()]; } console.log(fn(1));
