// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
let i=0; console.log([i,i++,i], ((...a)=>a)(i,i++,i,i=9,i)); let s='a'; console.log(`${s}${s='b'}${s}`, s+(s='c')+s, {a:s,b:s='d',c:s}); let o={f(){return 1}}; console.log(o.f(o=null)); let g=()=>2; console.log(g(g=null)); let k='x'; const m={x(){return 'x'},y(){return 'y'}}; console.log(m[k](k='y')); let a=[1,2], b=[3,4]; console.log(a[(a=b,0)]); let F=class{}; console.log(new F(F=null) instanceof Object); let n=1; console.log(n<(n=0), n==(n=5), n+n++, n+ ++n, n-(n=2)); let fa=0,fb=1; for(let z=0;z<5;z++){ fb=fa+(fa=fb) } console.log(fb); var q=5; function chg(){ q=7; return 1 } console.log(q+chg(), q); let cap=1; const ch=()=>cap=2; console.log(cap+ch(), cap); let ar=[0,0,0], j=0; ar[j]=j++; ar[j]=++j; console.log(ar,j); let p={n:1}; p.x=p={n:2}; console.log(p); let d={v:1}, e=d; d.v=(d={v:9},5); console.log(d,e); let t=1; t=t++ + t; console.log(t); let u=3; u-=u++; console.log(u); let y=1; y+=y=5; console.log(y); let [v,w]=[1,2]; [v,w]=[w,v+w]; console.log(v,w);
const par=(x,y=x=5)=>[x,y]; console.log(par(1)); function ff(a){ return a + (a=2) + arguments[0] } console.log(ff(1)); let tg=(s,...v)=>v; let h=1; console.log(tg`${h}${h=2}`, h in {2:1}, (h, h=3), h**(h=2)); let str='x'; str+=str='y'; console.log(str); let c1=1; console.log(c1 ? c1=0 : 2, c1); let obj={a:{b:1}}; obj.a.b=(obj={a:{b:9}},2); console.log(obj.a.b); let idx=0,list=[5,6]; list[idx]+=list[++idx]; console.log(list); list[idx]=list[idx=0]; console.log(list); delete list[(list=[1],0)]; console.log(list);
{
const t2=0; const t3=f=>{try{return f()}catch(e){return e.name}}; const L=console.log; const log=[]; const g=(n,v)=>(log.push(n),v);
g('a',{})[g('b','x')]=g('c',1); g('f',()=>0)(g('x',1),g('y',2)); ({[g('k1','a')]:g('v1',1),[g('k2','b')]:g('v2',2)}); [g('e1'),g('e2')]; g('l',1)+g('r',2)*g('rr',3);
const {[g('dk','p')]:dp=g('dd',5), ...dr}=g('src',{q:1}); let [aa=g('da',1),bb=g('db',2)]=g('arr',[undefined,3]);
class C{ [g('m1','m')](){} static [g('s1','s')]=g('sv',1); [g('i1','i')]=g('iv',2); static { g('sb') } } new C();
L(log.join());
const obj={get a(){log.push('get a');return 1}, set a(v){log.push('set a '+v)}}; log.length=0; obj.a+=g('rhs',2); obj.a++; obj.a=obj.a; L(log.join());
log.length=0; const p=new Proxy({},{get(t,k){log.push('get '+String(k));return 1},set(t,k,v){log.push('set '+k);return true},has(t,k){log.push('has '+k);return true}}); p.x+=1; p.y++; 'z' in p; L(log.join());
log.length=0; t3(()=>g('base',null)[g('key','k')]); t3(()=>{g('base2',undefined)[g('key2','k')]=g('val2',1)}); t3(()=>g('fn',undefined)(g('arg',1))); t3(()=>g('o',{}).missing(g('arg2',1))); t3(()=>null[g('kk','z')]); L(log.join());
log.length=0; const toP=(n,v)=>({[Symbol.toPrimitive](h){log.push(n+h);return v}}); toP('a',1)+toP('b',2); toP('c',1)<toP('d',2); toP('c2',1)>toP('d2',2); toP('e',1)==1; `${toP('f','s')}`; ({})[toP('g','k')]; toP('h',2)**toP('i',3); -toP('j',1); toP('k',3)-toP('l',1); L(log.join());
let i=0; const ar=[]; ar[i++]=i++; ar[i]=i=5; L(ar,i); let x=1; x+=(x=5,2); L(x); x=1; x=x+++x; L(x); let q=1; q=q+(q=10)*q; L(q); const o2={n:1}; o2.n+=(o2.n=10,1); L(o2.n); let m=o2; m.x=m={n:2}; L(o2.x,m.x);
let arr2=[1,2,3],j=0; [arr2[j++],arr2[j++]]=[arr2[1],arr2[0]]; L(arr2); function f(a,b=a,c=b++){ return [a,b,c] } L(f(1));
log.length=0; for(const z of {[Symbol.iterator](){log.push('it');return{next(){log.push('next');return{done:log.length>5,value:1}},return(){log.push('ret');return{}}}}}){ if(log.length>3) break } L(log.join());
}
