// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log(new Proxy([], {}) instanceof Array, Array.prototype.isPrototypeOf(new Proxy([],{})), Object.create(new Proxy([],{})) instanceof Array);
const p=new Proxy({}, {getPrototypeOf(){console.log('trap');return Array.prototype}});
console.log(p instanceof Array, Object.prototype.isPrototypeOf(p), Array.prototype.isPrototypeOf(p), Object.create(p) instanceof Array);
class A{}; console.log(new Proxy(new A,{}) instanceof A, new A instanceof new Proxy(A,{}), new A instanceof A.bind());
console.log(Error.prototype.isPrototypeOf(new Proxy(new Error,{})), Reflect.getPrototypeOf(p)===Array.prototype, p.__proto__===Array.prototype);
try{ new Proxy({}, {getPrototypeOf(){throw new RangeError('x')}}) instanceof Array }catch(e){console.log(e+'')}
console.log(Function.prototype[Symbol.hasInstance].call(Array,new Proxy([],{})));
