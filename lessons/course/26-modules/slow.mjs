console.log('slow: begins');
await new Promise((resolve) =>
  setTimeout(function loaded() {
    resolve();
  }, 200)
);
console.log('slow: ready');
