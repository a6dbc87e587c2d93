// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const x='outer', y='oy';
function a(p=()=>x){ var x=1; x+=2; x++; const o={x}; const {x:q}=o; [x]=[7]; typeof x; x*=-1; x??=3; return [p(),x,o,q,(function(){return x})(), (x=>x)(5), o.x, `${x}`]; } console.log(a());
function b(p=()=>x, {z=()=>y, [y]:w}={}){ let y=3; function x(){ return 'fx' } return [p(), z(), y, x(), x.name, w]; } console.log(b(undefined,{oy:8}));
function c(n, f=()=>n, g=v=>{n=v}){ var n; const first=n; n=2; g(9); return [first,n,f()]; } console.log(c(1), c.length, c.name);
async function d(n, f=async()=>n){ var n=4; return [await f(), n]; } d(1).then(v=>console.log(v));
function* e(n, f=()=>n){ var n=yield f(); n*=2; yield [n,f()]; } const it=e(3); console.log(it.next().value, it.next(5).value);
async function* g(n=x, f=()=>x){ var x='in'; yield f(); yield x; yield n } (async()=>{ for await (const v of g()) console.log(v) })();
const h=async(n=1,f=()=>n)=>{ for(var n of [5]); return [n,f()] }; h().then(v=>console.log(v));
class K{ #p=1; constructor(n, f=()=>n){ var n=6; this.v=[n,f()] } static s(x=1,f=()=>x){ var x=2; return [x,f()] } get m(){ return this.#p } } console.log(new K(1).v, K.s());
function opt(opts = y) { let y = 5; return [opts, y]; } console.log(opt());
function swap(a, b, { c = a + b, d = () => [a, b] } = {}) { var [a, b] = [b, a]; return [a, b, c, d()]; } console.log(swap(1,2));
function arr([m, n = () => m] = [1]) { var m = 10; return [m, n()] } console.log(arr(), arr([2]));
function rest(f = () => r.length, ...r) { var r = r.concat(1); return [f(), r] } console.log(rest(undefined, 1, 2));
function own(f=()=>own){ var own=3; return [typeof f(), own] } console.log(own());
function nested(f=()=>x){ if(true){ var x='block' } for(let x of [1]) f(x); try{ throw 1 }catch(x){ } label: { const k=x; return [f(),k] } } console.log(nested());
let i=0; function cnt(f=()=>i){ for(var i=0;i<3;i++); return [f(), i] } console.log(cnt());
function strictOne(f=()=>x){ 'no directive'; var x='s'; return f() } console.log(strictOne());
function shadow(f=()=>x){ var x=1; return [x, f(), (function x(){ return typeof x })(), {x(){ return x }}.x(), class { static x=x }.x] } console.log(shadow());
console.log(((a,b=()=>a)=>{ var a=2; return a+b() })(1));
