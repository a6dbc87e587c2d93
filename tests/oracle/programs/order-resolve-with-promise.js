// Resolving with a native promise costs two extra jobs; await of one costs none.
const p = Promise.resolve('p');
new Promise((resolve) => resolve(p)).then(() => console.log('resolve(promise)'));
p.then(() => console.log('then'));
(async () => { await p; console.log('await'); })();
(async () => p)().then(() => console.log('return promise'));
(async () => await p)().then(() => console.log('return await'));
Promise.resolve(p).then(() => console.log('Promise.resolve(promise)'));
let chain = Promise.resolve();
for (let i = 1; i <= 6; ++i) chain = chain.then(() => console.log('job', i));
