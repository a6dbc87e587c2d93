process.on('exit', (code) => console.log('exit', code));
process.on('uncaughtException', (error) => { console.log('got', error.message); throw new Error('from handler'); });
setTimeout(() => { throw new Error('first'); }, 1);
setTimeout(() => console.log('never'), 10);
