// oracle: ignore-stderr
console.time('t'); console.timeEnd('t'.repeat(0) || 'missing');
console.trace('goes to stderr');
console.log('done');
