process.on('exit', (code) => console.log('exit', code));
process.on('unhandledRejection', (reason) => { console.log('handler', reason.message); throw new Error('handler failed'); });
Promise.reject(new Error('original'));
setTimeout(() => console.log('never'), 50);
