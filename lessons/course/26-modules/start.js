let config;

process.nextTick(function configure() {
  config = { name: 'Tea House' };
  console.log('configured');
});

Promise.resolve().then(function open() {
  console.log(`open: ${config.name}`);
});
