process.on('uncaughtException', (error, origin) => console.log('uncaught', error.message, origin));
process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.message, origin));
Promise.reject(new Error('as exception'));
setTimeout(() => { Promise.reject(new Error('second')); console.log('timer'); }, 5);
setTimeout(() => console.log('alive'), 10);
