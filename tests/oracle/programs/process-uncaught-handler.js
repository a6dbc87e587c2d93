process.on('uncaughtException', (error, origin) => {
  console.log('handler', error instanceof Error ? error.message : error, origin);
});
setTimeout(() => console.log('timer'), 5);
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('micro'));
setTimeout(() => { throw 'a string'; }, 2);
setTimeout(() => { throw null; }, 3);
throw new Error('main');
