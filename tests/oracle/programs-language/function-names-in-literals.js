// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const o={g:function named(){}, h:(function named2(){}), i:class Named3{}, ['j'+1]:function named4(){}, k:function*gen5(){}, l:async function as6(){}, 'm':function named7(){}, 8:function named8(){}};
console.log(Object.values(o).map(f=>f.name)); const x=function named(){}; let y; y=function named2(){}; const {z=function named3(){}}={}; const [w=function named4(){}]=[]; function d(a=function named5(){}){ return a.name } const q={p:1}; q.p=function named6(){}; class C{ static f=function named7(){}; g=function named8(){} }
console.log(x.name,y.name,z.name,w.name,d(),q.p.name,C.f.name,new C().g.name,[function named9(){}][0].name); exports.a=function b(){}; console.log(exports.a.name); const f={fact:function fact(n){ return n<2?1:n*fact(n-1) }, other:function rec(n){ return n?rec(n-1):'done' }}; console.log(f.fact(5), f.other(3), f.other.name);
{
const o={['c'+1]:1, g:(function named(){}), h:(0,function named2(){}), i:(function*(){}), j:class K{}, k:(class K2{}), m:()=>1}; console.log(Object.values(o).map(f=>f.name));
}
{
function orig(){} const arrow=()=>1; class K{} const o={['c'+1]:1, other:orig, ar:arrow, kk:K, get g(){return 1}, x:orig}; console.log(orig.name, arrow.name, K.name, o.other.name); const p={m(){}, other:orig, [Symbol('q')]:arrow}; console.log(orig.name, p.m.name, arrow.name); const q={...o, z:orig, ['k']:orig}; console.log(q.z.name, orig.name); const anon=[function(){}][0]; const r={['a'+1]:anon, b:anon}; console.log(JSON.stringify(anon.name));
}
