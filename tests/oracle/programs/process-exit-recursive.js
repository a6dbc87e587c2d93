process.on('exit', (code) => { console.log('exit', code); process.exit(code + 1); console.log('never'); });
process.on('exit', () => console.log('never: the first handler left'));
process.exit(3);
