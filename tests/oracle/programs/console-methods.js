console.error('to stderr'); console.warn('warn to stderr'); console.info('info'); console.debug('debug');
console.assert(true, 'not shown'); console.assert(false, 'shown %s', 'formatted', { a: 1 }); console.assert(false); console.assert(0, { not: 'a string' });
console.count(); console.count('named'); console.count(); console.countReset(); console.count(); console.countReset('never counted');
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); console.dir([1, { x: 2 }], { depth: null });
console.dirxml({ a: 1 }, [2]);
console.timeEnd('no such timer'); console.timeLog('no such timer');
console.log(typeof console.Console, console[Symbol.toStringTag], Object.keys(console).length > 20);
const { log } = console; log('detached');
