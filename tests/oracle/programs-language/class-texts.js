// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The text of classes and functions, and names that stay right where a declaration is hoisted.
class Base { constructor(x) { this.x = x; } get double() { return this.x * 2; } }
class Derived extends Base { describe() { return `x is ${this.x}`; } }
class Shared { static make() { return new Shared(); } }
class Empty {}
class Child extends Empty {}
const Named = class Inner { method() {} };
for (const c of [Base, Derived, Shared, Empty, Child, Named, class { a() {} }]) console.log(String(c));
console.log(`${Derived}`, `${new Base(1).constructor}`, typeof Function.prototype.toString.call(Map));
console.log('%s %s', Base, Shared);
console.log(String(Object.getOwnPropertyDescriptor(Base.prototype, 'double').get), String(Shared.make));
console.log(hoisted.name, hoisted());
hoisted = null;
function hoisted() { return 'hoisted'; }
console.log(hoisted);
