// Names that a proxy, or what inherits from one, would have from Object.prototype or Function.prototype go through the traps too, each time.
const target = { a: 1 };
const traps = {
  get(object, key) { return `get ${String(key)}`; },
  set(object, key, value) { console.log('set', key, value); object[key] = value; return true; },
};
const proxy = new Proxy(target, traps);
const read = (object) => [object.a, object.b, typeof object.toString, object.hasOwnProperty === target.hasOwnProperty];
for (let i = 0; i < 3; ++i) console.log(...read(target), ...read(proxy), ...read(Object.create(proxy)));
for (let i = 0; i < 3; ++i) { proxy.toString = i; proxy.x = i; target.y = i; }
function add(a, b) { return a + b; }
const plain = new Proxy(add, {});
const trapped = new Proxy(add, { get(object, key) { return `get ${String(key)}`; }, apply() { return 'applied'; } });
for (const f of [add, plain, trapped, plain]) console.log(f.name, f.length, f(1, 2), typeof f.prototype, typeof f.call, f.extra);
console.log(plain.call(null, 3, 4), plain.bind(null, 1)(2), plain.constructor === Function, plain instanceof Function);
const nested = new Proxy(proxy, {});
console.log(nested.a, nested.toString, Object.getPrototypeOf(proxy) === Object.prototype, proxy instanceof Object, String(new Proxy([1, 2], {})));
const list = new Proxy([1, 2, 3], {});
console.log(list.length, list.map((x) => x + 1).join(), list.constructor === Array, Array.isArray(list));
const { proxy: revocable, revoke } = Proxy.revocable({}, traps);
console.log(revocable.toString);
revoke();
try { console.log(revocable.toString); } catch (error) { console.log(error.name); }
console.log(Proxy.name, Proxy.length, Proxy.revocable.name);
