const a = setTimeout(() => console.log('never'), 1);
console.log(a.close() === a, a._destroyed);
const { Timeout } = a.constructor ? { Timeout: a.constructor } : {};
console.log(Timeout.name, typeof a[Symbol.toPrimitive], a.hasRef());
const map = { [a]: 'by id' };
console.log(Object.keys(map).length, map[+a]);
console.log(setImmediate(() => {}).constructor.name);
console.log(Object.keys(setTimeout(() => {}, 1)));
