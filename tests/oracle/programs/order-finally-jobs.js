Promise.resolve('x').finally(() => console.log('finally')).then((v) => console.log('after finally', v));
Promise.reject(new Error('y')).finally(() => console.log('finally 2')).catch((e) => console.log('caught', e.message));
let chain = Promise.resolve();
for (let i = 1; i <= 6; ++i) chain = chain.then(() => console.log('job', i));
Promise.resolve().finally(() => new Promise((r) => setTimeout(r, 5))).then(() => console.log('waited'));
