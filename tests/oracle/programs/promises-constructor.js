new Promise((resolve, reject) => { resolve(1); resolve(2); reject(new Error('ignored')); }).then((v) => console.log('first wins', v));
new Promise(() => { throw new Error('thrown'); }).catch((e) => console.log('caught', e.message));
new Promise((resolve) => { resolve('kept'); throw new Error('ignored'); }).then((v) => console.log(v));
for (const executor of [undefined, null, 1, {}])
  try { new Promise(executor); } catch (error) { console.log(error.name + ': ' + error.message); }
try { Promise(() => {}); } catch (error) { console.log(error.name + ': ' + error.message); }
console.log(Object.prototype.toString.call(Promise.resolve()), Promise.name, Promise.length);
console.log(Object.getOwnPropertyNames(Promise).sort().join(' '));
console.log(Object.getOwnPropertyNames(Promise.prototype).sort().join(' '));
console.log(typeof Promise.withResolvers);
