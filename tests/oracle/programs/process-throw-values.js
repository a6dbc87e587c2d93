process.on('exit', (code) => console.log('code', code));
throw { not: 'an error', n: 1 };
