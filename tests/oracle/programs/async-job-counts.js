// How many jobs each form takes, counted against a chain of plain reactions.
const forms = {
  'await value': async () => { await 1; },
  'await promise': async () => { await Promise.resolve(); },
  'await thenable': async () => { await { then(r) { r(); } }; },
  'await async call': async () => { await (async () => {})(); },
  'await async call that awaits': async () => { await (async () => { await null; })(); },
  'return value': async () => 1,
  'return promise': async () => Promise.resolve(),
  'return await promise': async () => await Promise.resolve(),
  'return thenable': async () => ({ then(r) { r(); } }),
  'return async call': async () => (async () => {})(),
  'throw': async () => { throw 1; },
  'await rejected in try': async () => { try { await Promise.reject(1); } catch {} },
  'try finally await': async () => { try { await 1; } finally { await 2; } },
  'return in try with awaiting finally': async () => { try { return Promise.resolve(); } finally { await 1; } },
  'two awaits': async () => { await 1; await 2; },
  'await in expression': async () => (await 1) + (await 2),
};
let done = 0, jobs = 0;
const counts = {};
for (const [name, form] of Object.entries(forms)) form().catch(() => {}).then(() => { counts[name] = jobs; ++done; });
(function count() { ++jobs; if (done < Object.keys(forms).length) Promise.resolve().then(count); else console.log(counts); })();
