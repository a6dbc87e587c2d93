const configured = new Promise(function configuring(resolve) {
  process.nextTick(function configure() {
    console.log('configured');
    resolve({ name: 'Tea House' });
  });
});

configured.then(function open(config) {
  console.log(`open: ${config.name}`);
});
