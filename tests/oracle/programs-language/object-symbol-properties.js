// Object.assign, create and defineProperties see properties under symbols; assign runs getters and setters in ECMAScript's order.
'use strict';

const mark = Symbol('mark');
const hidden = Symbol('hidden');
const source = { b: 1, [mark]: 2, a: 3, 1: 'one' };
Object.defineProperty(source, hidden, { value: 4 });
console.log(Object.assign({}, source), Object.assign([], source, null, undefined, 'xy', 5));
console.log(Object.create(null, { [mark]: { value: 1, enumerable: true }, plain: { value: 2, enumerable: true } }));
console.log(Object.defineProperties({}, { [mark]: { get: () => 1, enumerable: true }, [hidden]: { value: 2 } }), Object.create({}, {}));

const seen = [];
const target = { set b(value) { seen.push(`set b ${value}`); }, set [mark](value) { seen.push(`set mark ${value}`); } };
const proxy = new Proxy({ [mark]: 1, get b() { seen.push('get b'); return 2; } }, {
  ownKeys(object) { seen.push('ownKeys'); return Reflect.ownKeys(object); },
  getOwnPropertyDescriptor(object, key) { seen.push(`descriptor ${String(key)}`); return Reflect.getOwnPropertyDescriptor(object, key); },
  get(object, key, receiver) { seen.push(`get ${String(key)}`); return Reflect.get(object, key, receiver); },
});
console.log(Object.assign(target, proxy) === target, seen);
const plain = new Proxy({ a: 1, [mark]: 2, get c() { return 3; } }, {});
console.log(Object.assign({}, plain), Object.keys(plain), { ...plain }, Object.assign({}, new Proxy(plain, { get: () => 'trapped' })), Object.keys(new Proxy(class { static x = 1; }, {})));
for (const attempt of [() => Object.assign(Object.freeze({ a: 1 }), { a: 2 }), () => Object.assign(null, {}), () => Object.create(5),
                       () => Object.assign({}, { get a() { throw new Error('from a getter'); } })]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, error.message);
  }
}
console.log(Object.assign.length, Object.create.length, Object.defineProperties.length, Object.assign.name);
console.log(require('util').inspect(new WeakSet([source]), { showHidden: true }), require('util').inspect(new WeakMap([[target, 1]]), { showHidden: true }));
