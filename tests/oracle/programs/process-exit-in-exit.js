process.on('exit', (code) => { console.log('first', code); if (code === 0) process.exit(4); });
process.on('exit', (code) => console.log('second', code));
