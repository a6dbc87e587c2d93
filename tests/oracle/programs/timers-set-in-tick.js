process.nextTick(() => { setTimeout(() => console.log('timer from tick'), 1); setImmediate(() => setTimeout(() => console.log('later'), 5)); });
Promise.resolve().then(() => setTimeout(() => console.log('timer from microtask'), 1));
setTimeout(() => console.log('timer from main'), 1);
