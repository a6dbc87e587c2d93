// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const t=(f)=>{try{return f()}catch(e){return e.name+': '+e.message}};
const vm=require('vm');
console.log(t(()=>vm.runInThisContext('var vmv=1; let vml=2; function vmf(){return vml}; class VC{}; vmv+vml')), globalThis.vmv, typeof vmf, t(()=>vm.runInThisContext('async()=>1').constructor.name), t(()=>vm.runInThisContext('1_0')), t(()=>new vm.Script('foo bar')), t(()=>new vm.Script('this===globalThis').runInThisContext()));
class X extends Function{ constructor(){ super('a','return a*2') } } console.log(new X()(4), new X() instanceof X);
const GF=Object.getPrototypeOf(function*(){}).constructor; class Y extends GF{} console.log([...new Y('yield 1; yield* [2]')()], new Y() instanceof Y);
function outer(){ const a=1; let b=2; var c=3; eval('var d=a+b+c; b=20; for(let i=0;i<2;i++){ c+=i }'); return [a,b,c,d,eval('typeof e'),eval('(()=>b)()')] } console.log(outer());
for(let i=0;i<3;i++){ const v=eval('i*2'); console.log(v) }
let n=0; for(let i=0;i<2000;i++) n+=eval('i'); console.log(n);
const mk=(code)=>eval(code); console.log([1,2,3].map(mk('x=>x*x')), mk('({get a(){return 1}, ...{b:2}})'), mk('`t${1+1}`'), mk('[1,,3]'), mk('"use strict"; (function(){return this})()'));
console.log(t(()=>eval('function dup(){return 1} function dup(){return 2} dup()')), t(()=>eval('if(1){ function blk(){return 3} } blk()')), t(()=>eval('let a=1; { let a=2 } a')), t(()=>eval('const c=1; c=2')), t(()=>eval('undefinedVar')), t(()=>eval('null.x')), t(()=>eval('({}).x.y')), t(()=>eval('(1)()')), t(()=>eval('x = y'+'zz')));
try{ eval('\n\n  foo(') }catch(e){ console.log(e instanceof SyntaxError, e.name, e.message) }
try{ eval('throw new Error("inside")') }catch(e){ console.log(e.message, e.stack.split('\n')[0]) }
console.log(t(()=>eval('var arguments=1')), t(function(){ eval('var arguments=7'); return arguments }), t(function(a){ eval('a=5'); return arguments[0] }.bind(null,1)));
label: for(const i of [1,2]){ eval('if(i===1) n=-1'); if(n===-1){ n=0; continue label } console.log('i',i) }
console.log((function(){ return typeof eval('(function named(){ return named })')() })(), eval('({eval:1})').eval, globalThis.eval===eval, eval.name, eval.length, typeof (0,eval));
globalThis.eval=(x)=>'patched '+x; console.log(eval('1+1')); 
