// Data properties become accessors, in objects of many shapes: no other property may change.
function shape(count) {
  const object = {};
  for (let i = 0; i < count; i++) object[`p${i}`] = i;
  return object;
}

function differences(object, count, redefined) {
  const found = [];
  for (let i = 0; i < count; i++) {
    const expected = redefined.includes(i) ? `getter ${i}` : i;
    if (object[`p${i}`] !== expected) found.push(`p${i}: ${String(object[`p${i}`])}`);
  }
  return found;
}

function observe(object, index, how) {
  const get = () => `getter ${index}`;
  const set = () => {};
  const key = `p${index}`;
  if (how === 'define') Object.defineProperty(object, key, { get, set, configurable: true });
  else if (how === 'reflect') Reflect.defineProperty(object, key, { get, enumerable: false });
  else if (how === 'several') Object.defineProperties(object, { [key]: { get, set }, extra: { get, configurable: true } });
  else {
    object.__defineGetter__(key, get);
    object.__defineSetter__(key, set);
  }
}

const found = [];
for (const how of ['define', 'reflect', 'several', 'legacy']) {
  for (let count = 1; count < 8; count++) {
    for (let index = 0; index < count; index++) {
      const object = shape(count);
      observe(object, index, how);
      found.push(...differences(object, count, [index]));
      object.later = 'later';
      if (object.later !== 'later') found.push(`${how}: later`);
      // All of them, as reactive libraries do.
      const all = shape(count);
      for (let i = 0; i < count; i++) observe(all, i, how);
      found.push(...differences(all, count, [...Array(count).keys()]));
    }
  }
}
console.log('differences:', found);

// A property that was deleted, or was an accessor before.
const object = { a: 1, b: 2, c: 3 };
delete object.b;
Object.defineProperty(object, 'b', { get: () => 'b', configurable: true });
Object.defineProperty(object, 'b', { value: 'value', configurable: true });
Object.defineProperty(object, 'b', { set(value) { this.c = value; }, configurable: true });
object.b = 'set';
console.log(object.a, object.b, object.c);

for (const refused of [() => Object.defineProperty(Object.freeze({ a: 1 }), 'a', { get() {} }),
                       () => Object.defineProperty(Object.freeze({ a: 1 }), 'z', { get() {} }),
                       () => Object.defineProperties(1, {}), () => Reflect.defineProperty(1, 'a', {}),
                       () => Reflect.defineProperty(Object.freeze({ a: 1 }), 'a', { value: 2 })]) {
  try {
    console.log(refused());
  } catch (error) {
    console.log(`${error}`);
  }
}

// Descriptors are read before anything is defined.
const target = {};
try {
  Object.defineProperties(target, { first: { value: 1 }, second: 2 });
} catch (error) {
  console.log(error.name, Object.getOwnPropertyNames(target));
}
const symbol = Symbol('key');
console.log(Object.create({}, { [symbol]: { value: 1, enumerable: true }, 1: { value: 2, enumerable: true } }));
