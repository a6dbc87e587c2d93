console.log('start');
process.on('exit', (code) => console.log('exit', code));
await null;
throw new Error('top level');
