// Object.keys runs no getter, and asks a proxy as ECMAScript says.
'use strict';

const seen = [];
const object = {
  b: 1,
  get a() { seen.push('get a'); return 1; },
  [Symbol('hidden')]: 2,
  1: 'one',
  0: 'zero',
};
Object.defineProperty(object, 'hidden', { value: 3 });
console.log(Object.keys(object), seen);

const proxy = new Proxy(object, {
  ownKeys(target) { seen.push('ownKeys'); return Reflect.ownKeys(target); },
  getOwnPropertyDescriptor(target, key) { seen.push(`descriptor ${String(key)}`); return Reflect.getOwnPropertyDescriptor(target, key); },
  get(target, key) { seen.push(`get ${String(key)}`); return target[key]; },
});
console.log(Object.keys(proxy), seen);
console.log(Object.keys('ab'), Object.keys([1, , 3]), Object.keys(new Uint8Array(2)), Object.keys(5), Object.keys(class { static x = 1; }));
for (const value of [undefined, null, Symbol.iterator]) {
  try {
    console.log(Object.keys(value));
  } catch (error) {
    console.log(error.message);
  }
}
console.log(Object.keys.name, Object.keys.length, Object.keys.hasOwnProperty('prototype'));
