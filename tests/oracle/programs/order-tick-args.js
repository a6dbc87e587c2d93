// Arguments of nextTick, setTimeout, setImmediate, setInterval.
process.nextTick((...args) => console.log('tick', args), 1, 'two', { three: 3 });
setImmediate((...args) => console.log('immediate', args), 1, 'two');
setTimeout((...args) => console.log('timeout', args), 60, 'x', [1, 2]);
const interval = setInterval((a, b) => { console.log('interval', a, b); clearInterval(interval); }, 90, 'p', 'q');
setTimeout((...args) => console.log('none', args.length), 150);
