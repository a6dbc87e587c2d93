process.on('exit', (code) => console.log('exit with', code));
Promise.resolve().then(() => { process.exitCode = 2; }).then(() => { console.log('second'); process.exit(); }).then(() => console.log('never'));
setTimeout(() => console.log('never'), 0);
