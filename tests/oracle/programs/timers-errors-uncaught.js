// An error in one timer does not lose the others of its list.
process.on('uncaughtException', (error) => console.log('caught:', error.message));
setTimeout(() => { console.log('one'); throw new Error('first'); }, 5);
setTimeout(() => console.log('two'), 5);
setTimeout(() => { throw new TypeError('second'); }, 5);
setTimeout(() => console.log('three'), 5);
const interval = setInterval(() => { clearInterval(interval); throw new Error('in interval'); }, 10);
setTimeout(() => console.log('last'), 20);
