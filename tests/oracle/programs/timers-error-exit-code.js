setTimeout(() => { console.log('before'); }, 1);
setTimeout(() => { throw new RangeError('out of range'); }, 10);
setTimeout(() => console.log('never'), 20);
process.on('exit', (code) => console.log('exit', code));
