process.on('exit', (code) => console.log('exit', code));
process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.message, origin));
setImmediate(() => console.log('never'));
process.nextTick(() => console.log('never a tick'));
throw new Error('from main');
