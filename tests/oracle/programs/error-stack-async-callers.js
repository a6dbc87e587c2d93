// Who waits for an async function that throws: frames that begin with async.
const show = (e) => console.log(e.message, e.stack.split('\n').filter((l) => l.includes(__filename)).map((l) => l.trim().replace(__filename, 'FILE').replace(/:\d+\)?$/, '')));
async function inner() { await 1; throw new Error('made after an await'); }
async function outer() { await inner(); }
class Service {
  async call() { await outer(); }
  static async make() { return new Service().call(); }
}
async function early() { null.property; }
const main = async () => {
  await outer().catch(show);
  try { await outer(); } catch (e) { show(e); }
  try { await new Service().call(); } catch (e) { show(e); }
  try { await Service.make(); } catch (e) { show(e); }
  try { await early(); } catch (e) { show(e); }
  await Promise.resolve().then(function reaction() { show(new Error('in a reaction')); });
  await new Promise((resolve) => { setTimeout(resolve, 1); });
  show(new Error('after a timer'));
};
main();
