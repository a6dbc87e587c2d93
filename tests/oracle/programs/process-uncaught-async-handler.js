// The handler may go on working; a second error comes to it too; removing it ends the run.
let n = 0;
process.on('uncaughtException', function handler(e) { console.log('handler', e.message, ++n); setTimeout(() => console.log('work from handler', n), 5); if (n === 2) process.off('uncaughtException', handler); });
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => { throw new Error('a'); }, 50); setTimeout(() => { throw new Error('b'); }, 250); setTimeout(() => { throw new Error('c'); }, 500); setTimeout(() => console.log('never'), 700);
