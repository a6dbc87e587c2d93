console.log('start');
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => console.log('never'), 10);
Promise.reject(new Error('nobody cares'));
Promise.resolve().then(() => console.log('micro'));
process.nextTick(() => console.log('tick'));
