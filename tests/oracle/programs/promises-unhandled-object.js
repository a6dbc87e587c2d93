process.on('exit', (code) => console.log('code', code));
Promise.reject({ reason: 'an object' });
