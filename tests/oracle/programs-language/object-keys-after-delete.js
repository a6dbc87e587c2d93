// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const o={a:1,b:2,c:3}; delete o.a; o.a=4; console.log(Object.keys(o), JSON.stringify(o)); for(const k in o)console.log(k);
const q={a:1,b:2}; delete q.b; q.c=3; q.b=1; console.log(Object.keys(q));
const c={x:1,y:2,z:3}; for(const k of Object.keys(c)){const v=c[k];delete c[k];c[k]=v} console.log(Object.keys(c));
delete c.y; Object.defineProperty(c,'y',{value:1,enumerable:true}); console.log(Reflect.ownKeys(c));
const lru={}; for(let i=0;i<5;i++)lru['k'+i]=i; delete lru.k1; lru.k1=9; delete lru.k1; lru.k1=10; console.log(Object.keys(lru));
const s={[Symbol.for('a')]:1,[Symbol.for('b')]:2}; delete s[Symbol.for('a')]; s[Symbol.for('a')]=1; console.log(Object.getOwnPropertySymbols(s));
class K{constructor(){this.a=1;this.b=2}} const k=new K; delete k.a; k.a=3; console.log(Object.keys(k), k); Reflect.deleteProperty(k,'b'); k.b=3; console.log(k, Object.entries(k), {...k}, Object.assign({},k));
{
const o=Object.create(null); o.a=1;o.b=2;o.c=3; delete o.b; o.b=5; console.log(o, Object.keys(o));
const acc={get a(){return 1}, set a(v){}, b:2, [Symbol.iterator]:3, get c(){return this.b}, 5:1, 2:2}; delete acc.b; acc.b=7; console.log(acc, acc.c, Object.getOwnPropertyDescriptors(acc));
const ro={}; Object.defineProperty(ro,'x',{value:1}); ro.y=2; ro.z=3; console.log(delete ro.x, delete ro.y, ro, Object.getOwnPropertyDescriptor(ro,'x')); ro.y=4; console.log(ro);
const big={}; for(let i=0;i<100;i++) big['k'+i]=i; for(let i=0;i<100;i+=2) delete big['k'+i]; for(let i=0;i<100;i+=4) big['k'+i]=-i; console.log(Object.keys(big).join());
class A{ constructor(){this.p=1;this.q=2;this.r=3} m(){ delete this.q; return this } } console.log(new A().m(), new A(), Object.assign(new A().m(),{q:9}));
A.prototype.extra=1; delete A.prototype.extra; console.log(Object.getOwnPropertyNames(A.prototype), new A().m().m());
const t=(f)=>{try{return f()}catch(e){return e+''}};
console.log(delete Object.freeze({x:1}).x, delete o?.a, delete o.nope, t(()=>delete o.nope.x), delete 5, delete (o.c), o);
const arr=[1,2,3]; delete arr[1]; console.log(arr, 1 in arr); arr.x=1; arr.y=2; delete arr.x; arr.x=3; console.log(arr);
const p=new Proxy({a:1},{deleteProperty(t,k){console.log('trap',k);return true}}); console.log(delete p.a, delete p['b'], Reflect.deleteProperty(p,'c'), t(()=>Reflect.deleteProperty(5,'c')));
const k={toString(){console.log('key');return 'a'}}; console.log(delete o[k]);
function args(a,b){ delete arguments[0]; return arguments } console.log(args(1,2));
let cnt=0; const cache={}; function get(key){ if(key in cache){const v=cache[key]; delete cache[key]; cache[key]=v; return v} cache[key]=++cnt; const ks=Object.keys(cache); if(ks.length>3) delete cache[ks[0]]; return cnt } ['a','b','c','a','d','b','e'].forEach(get); console.log(cache);
const s=Object.preventExtensions({a:1,b:2}); delete s.a; s.a=1; console.log(s);
}
const a=[1,2,3]; a.x=1; a.y=2; delete a.x; a.x=3; a.push(4); a.length=2; console.log(a, a.length, Object.getOwnPropertyNames(a)); class M extends Array{} const m=M.from([1]); m.q=1; m.w=2; delete m.q; m.q=1; m.push(2); console.log(m, m.length, m instanceof M, Array.isArray(m), m.map(x=>x*2));
