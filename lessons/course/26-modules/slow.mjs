console.log('slow: begins');
await new Promise((resolve) => setTimeout(function loaded() { resolve(); }, 20));
console.log('slow: ready');
