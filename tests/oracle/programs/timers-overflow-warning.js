const timer = setTimeout(() => console.log('runs after 1 ms'), 2 ** 31);
setInterval(() => {}, 1e10).unref();
process.on('warning', (warning) => console.log(warning.name, '|', warning.message));
