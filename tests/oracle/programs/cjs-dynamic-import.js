// One after the other: how long each file takes to read is nobody's promise.
console.log('main');
(async () => {
  const space = await import('./modules/counter.mjs');
  space.increment();
  console.log(space.count, space.default.name);
  const { default: common, named } = await import('./modules/common.cjs');
  console.log(common.named === named);
  await import('./modules/no.mjs').catch((error) => console.log(error.code));
  console.log((await import('node:fs')).default === require('fs'));
  console.log((await import('./modules/use-packages.mjs')).typedKind);
})();
console.log('main ends');
