process.on('exit', (code) => { console.log('exit', code, process.exitCode); setTimeout(() => console.log('never'), 0); process.nextTick(() => console.log('never either')); });
setTimeout(() => { console.log('leaving'); process.exit(7); console.log('never'); }, 5);
setTimeout(() => console.log('never'), 50);
