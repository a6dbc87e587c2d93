// Async callers through Promise.all, allSettled, any and race, and through async generators.
const shown = (error) => error.stack.split('\n').map((line) => line.replace(/\(.*[\\/]/, '(')).filter((line) => !line.includes('node:')).join('\n');
async function fail(after) {
  for (let i = 0; i < after; ++i) await null;
  throw new Error(`after ${after}`);
}
async function all() { await Promise.all([1, fail(1)]); }
async function allSettled() { console.log(shown((await Promise.allSettled([0, fail(2)]))[1].reason)); }
async function any() { await Promise.any([fail(1), fail(2)]); }
async function race() { await Promise.race([fail(1)]); }
async function* numbers() {
  yield 1;
  await fail(1);
}
async function loop(source) {
  for await (const number of source) console.log(number);
}
(async () => {
  await all().catch((error) => console.log('all', shown(error)));
  await allSettled();
  await any().catch((error) => console.log('any', shown(error), error.errors.map(shown).join('\n')));
  await race().catch((error) => console.log('race', shown(error)));
  await loop(numbers()).catch((error) => console.log('generator', shown(error)));
})();
