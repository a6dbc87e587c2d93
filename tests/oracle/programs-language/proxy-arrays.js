// Methods of arrays on proxies: what each trap is asked, in order, and copies behind a proxy as immutable libraries keep them.
const log = [];
const traced = (array) => new Proxy(array, {
  get(target, key, receiver) { log.push(`get ${String(key)}`); return Reflect.get(target, key, receiver); },
  set(target, key, value) { log.push(`set ${String(key)}=${value}`); target[key] = value; return true; },
  has(target, key) { log.push(`has ${key}`); return key in target; },
  deleteProperty(target, key) { log.push(`delete ${key}`); return delete target[key]; },
});
const calls = {
  push: [3, 4], pop: [], shift: [], unshift: [0, 9], reverse: [], fill: [7, 1], copyWithin: [0, 1], indexOf: [2], lastIndexOf: [2], includes: [2],
};
for (const [name, args] of Object.entries(calls)) {
  const array = [1, 2, , 2];
  const result = traced(array)[name](...args);
  console.log(name, Array.isArray(result) ? [...result] : result, array, log.splice(0).join(', '));
}
for (const [name, args] of [['splice', [1, 1, 'a', 'b']], ['splice', [0, 2]], ['slice', [1]], ['concat', [[5]]], ['map', [String]], ['join', ['-']], ['at', [-1]]]) {
  const array = [1, 2, 3];
  console.log(name, traced(array)[name](...args), array);
}
log.length = 0;
console.log([0].concat(traced([1, , 2])), [...traced([1, 2])], Array.from(traced([1, 2])), Array.isArray(new Proxy(traced([]), {})));

function draftOf(base) {
  let copy = null;
  const latest = () => copy || base;
  const write = () => (copy = copy || base.slice());
  const { proxy } = Proxy.revocable([], {
    get: (target, key) => latest()[key],
    set: (target, key, value) => { write()[key] = value; return true; },
    has: (target, key) => key in latest(),
    ownKeys: () => Reflect.ownKeys(latest()),
    deleteProperty: (target, key) => delete write()[key],
    getOwnPropertyDescriptor(target, key) {
      const own = Reflect.getOwnPropertyDescriptor(latest(), key);
      return own && { writable: true, configurable: key !== 'length', enumerable: own.enumerable, value: latest()[key] };
    },
  });
  return { proxy, latest };
}
const base = [3, 1, 2];
const { proxy, latest } = draftOf(base);
proxy.push(0);
proxy.sort();
proxy.splice(1, 1);
proxy.unshift('first');
console.log(base, latest(), Object.keys(proxy), Object.entries(proxy), Object.assign({}, proxy));

const symbol = Symbol('key');
const open = new Proxy({}, {
  ownKeys: () => ['a', symbol],
  getOwnPropertyDescriptor: (target, key) => ({ value: key, enumerable: true, configurable: true }),
  get: (target, key) => `value of ${String(key)}`,
});
console.log(Object.assign({ [symbol]: 1 }, { b: 2, [symbol]: 3 }), Object.assign({}, open), { ...open }, Object.keys(open));
console.log(Object.getOwnPropertyDescriptor(open, 'any'));
const rules = [
  () => Object.getOwnPropertyDescriptor(new Proxy({}, { getOwnPropertyDescriptor: () => 1 }), 'x'),
  () => Object.getOwnPropertyDescriptor(new Proxy(Object.freeze({ x: 1 }), { getOwnPropertyDescriptor() {} }), 'x'),
  () => Object.getOwnPropertyDescriptor(new Proxy(Object.preventExtensions({}), { getOwnPropertyDescriptor: () => ({ configurable: true }) }), 'x'),
  () => Object.getOwnPropertyDescriptor(new Proxy({ x: 1 }, { getOwnPropertyDescriptor: () => ({ value: 1, configurable: false }) }), 'x'),
  () => { 'use strict'; return Object.assign(Object.freeze({ a: 1 }), { a: 2 }); },
];
for (const rule of rules) {
  try {
    console.log(rule());
  } catch (error) {
    console.log(`${error}`);
  }
}
