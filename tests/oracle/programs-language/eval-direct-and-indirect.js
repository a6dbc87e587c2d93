// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const t=(f)=>{try{return f()}catch(e){return e.name+': '+e.message}};
console.log(t(()=>eval('1;2')), t(()=>eval('var z=5; z')), t(()=>eval('let q=1; q+1')), t(()=>eval('if(true){3}')), t(()=>eval('1; var a=2')), t(()=>eval('({a:1})')), t(()=>eval('{a:1}')), t(()=>eval('function ff(){}')), t(()=>eval('')), t(()=>eval(5)), t(()=>eval()), t(()=>eval('for(var i=0;i<3;i++) i')), t(()=>eval('do{7;}while(false)')), t(()=>eval('switch(1){case 1: 8}')), t(()=>eval('try{9}finally{10}')), t(()=>eval('x:{1;break x;}')));
function f(){ var loc=1; eval('var nw=loc+1; loc=10; function inner(){return loc}'); return [loc,nw,inner()] } console.log(t(f));
function g(){ 'use strict'; eval('var hidden=1'); return typeof hidden } console.log(t(g));
function h(){ let a=1; { let a=2; return eval('a') } } console.log(t(h));
console.log(t(()=>eval('async()=>1').constructor.name), t(()=>eval('(async function(){ return await 1 })()') instanceof Promise), t(()=>eval('class A{ #x=1; static s=2; get(){return this.#x} } new A().get()+A.s')), t(()=>eval('10n**20n')), t(()=>eval('const {a,...r}={a:1,b:2}; r')), t(()=>eval('try{throw 1}catch{2}')), t(()=>eval('a?.b')), t(()=>eval('let n=null; n??=4; n')), t(()=>eval('1_000')), t(()=>eval('/(?<y>a)/.exec("a").groups.y')));
console.log(t(()=>eval('1 +')), t(()=>eval('let let=1')), t(()=>eval('foo bar')), t(()=>eval('}')), t(()=>eval('return 1')), t(()=>eval('await 1')), t(()=>eval('"unterminated')), t(()=>eval('var a; let a')), t(()=>eval('break')), t(()=>eval('new.target')), t(()=>eval('import x from "y"')), t(()=>eval('throw new RangeError("r")')), t(()=>eval('nope')));
const ind=eval; globalThis.gx='global'; let gx='local';
console.log(t(()=>ind('gx')), t(()=>eval('gx')), t(()=>(0,eval)('var gv=1; function gf(){return 2}; gv')), globalThis.gv, typeof globalThis.gf, t(()=>gv), t(()=>ind('let lx=3; lx')), t(()=>lx), t(()=>ind('this===globalThis')), t(()=>eval.call(null,'typeof gx')), delete globalThis.gv, typeof gv);
console.log(t(function(){ return eval('this') }.bind(5))==5, t(function(){ return eval('arguments.length') }.bind(null,1,2)), t(function(){ return (()=>eval('arguments.length'))() }.bind(null,1,2,3)), t(()=>{ class B{ m(){return 'B.m'} } class D extends B{ m(){ return eval('super.m()') } } return new D().m() }), t(()=>{ function F(){ return eval('new.target===F') } return new F() instanceof F }));
{ const eval=(s)=>'shadow '+s; console.log(eval('1+1')); }
const o={eval:(x)=>x+'!'}; console.log(o.eval('m'), eval?.('typeof t'), t(()=>eval('eval("typeof t")')), t(()=>eval(...['1+1','2'])));
var fs=[]; for(let i=0;i<3;i++) eval('fs.push(()=>i)'); console.log(fs.map(x=>x()));
console.log(new Function('a','b','return a+b')(1,2), t(()=>new Function('return typeof t')()), Function('a=1,...r','return [a,r]')(undefined,2));
const GF=Object.getPrototypeOf(function*(){}).constructor, AF=Object.getPrototypeOf(async()=>{}).constructor, AGF=Object.getPrototypeOf(async function*(){}).constructor;
console.log(t(()=>[...GF('a','yield a; yield a??2')(1)]), t(()=>new AF('x','return await x')), t(()=>AGF('yield 1')), t(()=>GF('yield 1').toString()), t(()=>AF('a','b','return 1').toString()), t(()=>GF('x').constructor===GF), t(()=>new GF('yield')), GF.name, AF.name, AGF.name);
(async()=>{ console.log(await AF('x','return await x')(7)); for await (const v of AGF('a','yield a; yield* [2,3]')(1)) console.log(v); console.log(await eval('(async()=>{ for await (const x of [1]) return x })()'), await eval('import("path")').then(m=>typeof m.join)) })();
console.log(t(()=>eval('"use strict"; undeclared=1')), t(()=>{ 'use strict'; return eval('undeclared2=1') }), t(()=>eval('undeclared3=1')), typeof undeclared3);
setTimeout(()=>{ console.log(eval('const s=new Set([1]); [...s].map(x=>x*2)')) },0);
