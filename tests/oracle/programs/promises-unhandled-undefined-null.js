process.on('uncaughtException', (e, origin) => console.log(origin, e.code, e.message.split('"')[1]));
for (const value of [undefined, null, 'text', 7, Symbol('s'), true, [1], () => {}]) Promise.reject(value);
setTimeout(() => console.log('alive'), 20);
