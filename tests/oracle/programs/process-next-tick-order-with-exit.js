process.on('exit', () => console.log('exit'));
process.nextTick(() => { console.log('tick'); process.exit(); });
Promise.resolve().then(() => console.log('never'));
console.log('main');
