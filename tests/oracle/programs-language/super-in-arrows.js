// super in arrow functions is that of the method around, with its `this`.
class Base {
  method(value) { return [this.name, value]; }
  get accessor() { return this.name; }
  set accessor(value) { this.written = value; }
  static method() { return this.label; }
}

class Derived extends Base {
  static label = 'static';
  constructor() {
    super();
    this.name = 'derived';
    this.early = () => super.method('constructor');
  }
  call(callback) { return callback(); }
  method(value) { return this.call(() => super.method(value)); }
  nested(value) { return this.call(() => this.call(() => [super.method(value), this.name])); }
  spread(...values) { return (() => super.method(...values))(); }
  computed() { return (() => super['met' + 'hod']('computed'))(); }
  get accessor() { return (() => super.accessor)(); }
  set accessor(value) { (() => { super.accessor = value; })(); }
  static method() { return (() => super.method())(); }
  field = () => super.method('field');
  *generator() { yield* [1, 2].map((value) => super.method(value)); }
  async later() {
    await null;
    return [this.name].map(() => super.accessor).concat((() => super.method('later'))());
  }
  lateArrow() {
    return async () => {
      await null;
      super.accessor = 'async';
      return super.method('late');
    };
  }
}

const object = new Derived();
console.log(object.method(1), object.nested(2), object.spread(3, 4), object.computed(), object.early(), object.field());
object.accessor = 'set';
console.log(object.accessor, object.written, Derived.method(), [...object.generator()]);
object.later().then((value) => {
  console.log(value);
  return object.lateArrow()();
}).then((value) => console.log(value, object.written));

const literal = { __proto__: { method() { return this.name; } }, name: 'literal', method() { return (() => super.method())(); } };
console.log(literal.method());
