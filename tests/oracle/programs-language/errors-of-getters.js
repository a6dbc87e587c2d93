// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const t=(f)=>{try{return f()}catch(e){return e+''}};
const o={get x(){throw new RangeError('mine')}, get y(){return 5}};
console.log(t(()=>o.x()), '|', t(()=>o.y()), '|', t(()=>o['x']()), '|', t(()=>o.x.z()));
const p=new Proxy({}, {get(){throw new RangeError('trap')}});
console.log(t(()=>p.x()), '|', t(()=>p['x']()), '|', t(()=>new p.x()), '|', t(()=>p.x`a`), '|', t(()=>p?.x()), '|', t(()=>p.x?.()), '|', t(()=>p.x(...[1])), '|', t(()=>p[1]()));
class A{ get x(){throw new RangeError('A')} } class B extends A{ m(){return super.x()} }
console.log(t(()=>new B().m()), t(()=>new B().x()));
console.log(t(()=>globalThis.nope()));
Object.defineProperty(globalThis,'thrower',{get(){throw new RangeError('glob')},configurable:true});
console.log(t(()=>thrower()), t(()=>thrower));
console.log(t(()=>{ with(p){ zork() } }));
