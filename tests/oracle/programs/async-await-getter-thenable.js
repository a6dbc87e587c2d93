let reads = 0;
const thenable = { get then() { console.log('read', ++reads); return (resolve, reject) => { console.log('call'); resolve('ok'); }; } };
(async () => { console.log(await thenable); })();
(async () => { try { await { then(_, reject) { reject(new Error('no')); } }; } catch (e) { console.log(e.message); } })();
const p = Promise.resolve('native');
p.then = function (...args) { console.log('own then'); return Promise.prototype.then.apply(this, args); };
(async () => console.log(await p))();
p.constructor = function Other() {};
(async () => console.log('other constructor', await p))();
