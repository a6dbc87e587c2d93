// A callback that takes longer than other timers' delays: they all run at once after it, in the order of their due times.
const start = Date.now();
setTimeout(() => { while (Date.now() - start < 60); console.log('busy until 60'); }, 5);
setTimeout(() => console.log('40'), 40);
setTimeout(() => console.log('20'), 20);
setTimeout(() => console.log('30'), 30);
setImmediate(() => console.log('immediate'));
