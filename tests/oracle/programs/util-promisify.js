const util = require('util');
const ok = (a, b, callback) => setImmediate(callback, null, a + b), bad = (callback) => process.nextTick(callback, new Error('bad'));
function special() {} special[util.promisify.custom] = () => Promise.resolve('special');
(async () => {
  console.log(await util.promisify(ok)(1, 2), await util.promisify(special)());
  await util.promisify(bad)().catch((e) => console.log(e.message));
  try { util.promisify('x'); } catch (e) { console.log(e.code); }
  const object = { v: 7, get(cb) { cb(null, this.v); } }; console.log(await util.promisify(object.get).call(object));
})();
util.callbackify(async (x) => x * 2)(4, (error, value) => console.log('callbackify', error, value));
util.callbackify(() => Promise.reject(new Error('no')))((error) => console.log('callbackify', error.message));
util.callbackify(() => Promise.reject(null))((error) => console.log(error.code, error.reason));
util.aborted(AbortSignal.abort(), {}).then(() => console.log('aborted'));
