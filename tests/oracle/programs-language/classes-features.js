// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
class Shape {
  static count = 0;
  name = 'shape';
  ['computed' + 1] = 1;
  static create(...args) { return new this(...args); }
  constructor() { Shape.count++; this.kind = new.target.name; }
  get area() { return 0; }
  toString() { return `${this.name}:${this.area}`; }
}
class Square extends Shape {
  name = 'square';
  constructor(side) { super(); this.side = side; }
  get area() { return this.side ** 2; }
  toString() { return `<${super.toString()}>`; }
  *[Symbol.iterator]() { yield this.side; yield this.area; }
  static get [Symbol.species]() { return Shape; }
}
const square = Square.create(3);
console.log(String(square), square.kind, Shape.count, [...square], square, Object.getOwnPropertyNames(Square.prototype), Square.length, Square.name, typeof Square);
const mixin = (Base) => class extends Base { extra() { return 'extra'; } };
class Mixed extends mixin(Shape) {}
console.log(new Mixed().extra(), Mixed.name, Object.getPrototypeOf(Mixed).name, new (class {})().constructor.name, (class Named {}).name);
const object = { __proto__: { inherited: 1 }, own: 2, method() { return super.inherited; }, get ['x' + 1]() { return 'x1'; }, async *gen() {} };
console.log(object.method(), object.x1, object.inherited, Object.keys(object), { __proto__: null } instanceof Object);
