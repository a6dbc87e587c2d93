const rejected = Promise.reject(new RangeError('r'));
rejected.catch(() => {});
console.log(Promise.resolve(1), Promise.resolve({ a: 1 }), new Promise(() => {}));
console.log([Promise.resolve('in array')], { p: Promise.resolve() });
const rejectedPlain = Promise.reject('plain'); rejectedPlain.catch(() => {});
console.log(rejectedPlain);
console.log(Object.assign(Promise.resolve(2), { extra: true }));
