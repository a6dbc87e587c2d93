console.log('slower: begins');
await new Promise((resolve) =>
  setTimeout(function loaded() {
    resolve();
  }, 300)
);
console.log('slower: ready');
