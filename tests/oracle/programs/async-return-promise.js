const log = (t) => () => console.log(t);
async function a() { return 1; }
async function b() { return Promise.resolve(2); }
async function c() { return await Promise.resolve(3); }
a().then(log('value'));
b().then(log('promise'));
c().then(log('await promise'));
(async () => { try { return await Promise.reject(0); } catch { return 'recovered'; } })().then(log('recovered'));
let p = Promise.resolve();
for (let i = 1; i < 7; ++i) p = p.then(log(i));
