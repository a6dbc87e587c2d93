// Timers of one duration run in creation order; one made inside waits for its own turn.
setTimeout(() => { console.log('a'); setTimeout(() => console.log('a2'), 10); }, 10);
setTimeout(() => { console.log('b'); setTimeout(() => console.log('b2'), 10); }, 10);
setTimeout(() => console.log('c'), 10);
