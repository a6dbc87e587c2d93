const log = (name) => (v) => console.log(name, v instanceof Error ? v.message : v);
Promise.resolve({ get then() { throw new Error('getter'); } }).catch(log('getter'));
Promise.resolve({ then(resolve) { resolve(1); throw new Error('late'); } }).then(log('resolved first'));
Promise.resolve({ then(resolve, reject) { reject(new Error('rejected')); resolve(2); } }).catch(log('rejects'));
Promise.resolve({ then: 'not a function' }).then((v) => console.log('plain', v));
Promise.resolve({ then(resolve) { resolve({ then(resolve2) { resolve2('nested'); } }); } }).then(log('nested'));
Promise.resolve(Object.assign(() => {}, { then(resolve) { resolve('function'); } })).then(log('callable'));
Promise.resolve().then(() => ({ then(r) { setTimeout(r, 5, 'late'); } })).then(log('timer'));
