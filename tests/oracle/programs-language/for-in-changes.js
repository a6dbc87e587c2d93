// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const L=console.log;
let o={a:1,b:2,c:3}; for(const k in o){ if(o[k]<5) o[k+'x']=9; if(k==='a') delete o.b; L(k) }
const p=Object.create({inh:1,a:0,sh:1},{sh:{value:1,enumerable:false}}); p.a=1; p[2]=1; p[1]=1; p[Symbol('s')]=1; for(const k in p) L(k, typeof k);
for(var k in 'ab') L(k); for(k in null); for(k in undefined); for(k in 5); L(k); for(let k in [7,,9]) L(k);
const fs=[]; for(const k in {x:1,y:2}) fs.push(()=>k); L(fs.map(f=>f())); const q={}; for(q.z in {m:1,n:2}) L(q.z); for(const [c,d] in {ab:1}) L(c,d); const arr=[]; for(arr[arr.length] in {i:1,j:2}); L(arr);
outer: for(const i in [1,2,3]){ for(const j in {u:1,v:2}){ if(j==='v') continue outer; if(i==='2') break outer; L(i,j) } }
for(const k in new Proxy({a:1,b:2},{ownKeys(t){ L('ownKeys'); return ['b','a'] }, getOwnPropertyDescriptor(t,n){ L('gopd',n); return {value:1,enumerable:n!=='a',configurable:true} }})) L('proxy',k);
function* g(o){ for(const k in o){ yield k; } } L([...g({a:1,b:2})]); function f(o){ for(var k in o) return k } L(f({z:1}), f({})); (async()=>{ for(const k in {as:1,bs:2}){ await 0; L(k) } })();
class A{ constructor(){ this.own=1 } method(){} get acc(){return 1} } for(const k in new A) L(k); A.prototype.added=1; for(const k in new A) L(k); for(const k in A) L('no');
const big={}; for(let i=0;i<5;i++) big['k'+i]=i; let n=0; for(const k in big){ delete big['k'+(4-n)]; n++ } L(n, big); const grow={s:0}; let c=0; for(const k in grow){ grow['s'+(++c)]=1; if(c>9) break } L(c);
const sh={a:1}; const proto={b:1}; Object.setPrototypeOf(sh,proto); for(const k in sh){ L(k); if(k==='a') delete proto.b } for(const k in new Uint8Array(2)) L(k); for(const k in new Map([[1,2]])) L('no'); for(const k in Object.assign(()=>1,{fp:1})) L(k); for(const k in new String('hi')) L(k); (()=>{ for(const k in {arrow:1}) L(k) })(); for(const k in eval('({ev:1})')) L(k); if(true) for(const k in {nb:1}) L(k); else L('x'); for (const k in {a:1}) { const k=2; L(k) } var holder={t(){ for(let i in this) if(i!=='t') L(i) },w:1}; holder.t(); for(let [k]=[3];k<4;k++) L(k); for(let of in {of:1}) L(of); for (const x in (1,{seq:1})) L(x); for(const a in {p:1}) for(const b in {q:1}) L(a,b); L(eval('for(const z in {e1:1,e2:2}) z'));
const dup=Object.create({a:1,b:2}); dup.b=1; dup.a=2; for(const k in dup) L(k); for(const i in arguments) if(i>100) L(i); let ex; for(const k in (ex={ex:1})) { ex=null; L(k) }
{ const o={a:1,b:2,c:3,d:4}; for(const k in o) delete o[k]; console.log(o); const list=[1,2]; for(const i in list) list.push(i); console.log(list); }
