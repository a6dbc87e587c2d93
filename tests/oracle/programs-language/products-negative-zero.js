// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const s=v=>Object.is(v,-0)?'-0':String(v);
const log=(...a)=>console.log(...a.map(s));
let a=0,b=-1,c=5;
log(a*b,b*a,a*c,c*b,0*-1,a*a*b,a*(b*c),(a+0)*(b-1),a*b*c*b, -(a*b), a*b+0, a*b+'', a*b-0, 1/(a*b));
const o={x:0,y:-3,get g(){console.log('g');return 0},f(){console.log('f');return -2}};
log(o.x*o.y, o.g*o.f(), o.f()*o.g, o.x*-1, -1*o.x, (o.x)*(o.y));
let x=0; x*=-1; log(x); x=0; x*=o.y; log(x); x=7; x*=(x=-1,0); log(x);
o.x*=-1; log(o.x); const arr=[0,1,0]; let i=0; arr[i++]*=-5; log(...arr,i); arr[i+1]*=o.y; log(...arr);
const k={toString(){console.log('key');return 'z'}}; const z={z:0}; z[k]*=1; 
class P{ #v=0; w=0*-1; static q=a*b; scale(n){ this.#v*=n; return this.#v } neg=()=>this.w*-1; static { log(a*b) } }
log(new P().scale(-2), new P().w, P.q, new P().neg());
const arrow=(p,q)=>p*q; log(arrow(0,-1),arrow(-1,0),arrow(null,-1),arrow(false,-1),arrow('0',-1),arrow(undefined,1),arrow('a',1),arrow([],-1));
function f(p,q=p*-1){ return p*q } log(f(0), f(0,-1));
function* g(p){ const r=(yield 1)*(yield 2); yield r; } const it=g(); it.next();it.next(0);log(it.next(-1).value);
(async()=>{ log((await 0)*(await -1)); const n=0; const m=async q=>n*q; log(await m(-1)); for await (const q of [0]) log(q*-1); })();
const v={n:0,valueOf(){console.log('valueOf',++this.n);return 0}}; log(v*b, b*v, v*v);
for(let j=0;j<3;j++){ const w=j*-1; log(w) }
log(a*b|0, [1,2][a*b], a*b===0, `${a*b}`, a*b?1:2, !(a*b), ~(a*b), a*b<0);
if(a*b)log(1);else log(2);
log(1/((a*b)+(a*b)), Math.round(-0.2)*1, -0*1, -0*a, a*-0, Math.abs(a*b), Math.sign(a*b));
log(2147483647*2, 65536*65536, -65536*65536, 3*-4, 1e308*10, 0.1*0, -0.1*0, 0*Infinity);
function rec(n){ return n<=0 ? -1 : (n-1)*rec(n-1) } log(rec(5),rec(1),rec(2));
const t=(fn)=>{try{return fn()}catch(e){return e+''}};
log(t(()=>{return Symbol()*1}), t(()=>nope*a), t(()=>{c2*=a; let c2}), t(()=>{ const q=1; q*=a }), t(function(){'use strict'; Object.freeze(o).x*=-1}), t(()=>null.x*a), t(function(){ return a*undefined.y }));
label: for(;;){ log(a*b); break label }
switch(a*b){ case 0: log('zero') }
var h = function(){ return arguments[0]*arguments[1] }; log(h(0,-1));
log((a,b)*a, (()=>a*b)(), (a*b, c), [a*b][0], {p:a*b}.p, typeof(a*b), void(a*b), (a?b:c)*a, (a||b)*a);
let s1='x'; s1*=2; log(s1);
log(x
 *
 // comment
 b);
log(a * b);
