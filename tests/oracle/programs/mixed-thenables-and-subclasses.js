// Thenables in await, resolve and the combinators; a subclass of Promise; finally.
const thenable = { then(f) { console.log('then called'); f('tv'); } };
(async () => { console.log('s'); console.log(await thenable); console.log(await { then: 5 }.then); try { await { then() { throw new Error('th'); } }; } catch (e) { console.log(e.message); } })();
Promise.resolve(thenable).then(v => console.log('r', v));
new Promise(r => r(thenable)).then(v => console.log('n', v));
Promise.all([thenable, 1, Promise.resolve(2)]).then(v => console.log(v));
Promise.race([new Promise(() => {}), thenable]).then(v => console.log('race', v));
Promise.any([Promise.reject(1), thenable]).then(v => console.log('any', v));
Promise.allSettled([thenable, Promise.reject(new Error('q'))]).then(v => console.log(v.map(x => x.status)));
class MyP extends Promise { then(a, b) { console.log('MyP.then'); return super.then(a, b); } } MyP.resolve(1).then(x => console.log('my', x)).finally(() => console.log('myfin'));
(async () => { await MyP.resolve(); console.log('awaited MyP'); })();
Promise.resolve(1).finally(() => { console.log('f'); return Promise.reject(new Error('ff')); }).catch(e => console.log(e.message));
Promise.reject(3).finally(() => 9).catch(x => console.log('still', x));
