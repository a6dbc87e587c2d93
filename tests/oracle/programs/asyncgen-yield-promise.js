async function* g() {
  console.log('yielded', yield Promise.resolve('unwrapped'));
  try { yield Promise.reject(new Error('rejected yield')); } catch (e) { console.log('inside', e.message); }
  return Promise.resolve('returned');
}
(async () => { const it = g(); console.log(await it.next()); console.log(await it.next('x')); console.log(await it.next()); })();
async function* bad() { yield 1; throw new Error('generator failed'); }
(async () => { try { for await (const v of bad()) console.log('bad', v); } catch (e) { console.log(e.message); } })();
