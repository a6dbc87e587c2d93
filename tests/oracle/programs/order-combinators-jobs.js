const all = Promise.all([1, Promise.resolve(2), { then: (r) => r(3) }]);
all.then((v) => console.log('all', v));
Promise.race([Promise.resolve('r1'), 'r2']).then((v) => console.log('race', v));
Promise.any([Promise.reject(new Error('no')), Promise.resolve('yes')]).then((v) => console.log('any', v));
Promise.allSettled([Promise.reject(1), 2]).then((v) => console.log('allSettled', JSON.stringify(v)));
Promise.all([]).then((v) => console.log('empty', v));
let chain = Promise.resolve();
for (let i = 1; i <= 6; ++i) chain = chain.then(() => console.log('job', i));
