// A stream's 'close' is a tick after its end.
const { Readable } = require('stream');
const readable = Readable.from(['a', 'b']);
readable.on('data', (chunk) => console.log('data', chunk));
readable.on('end', () => { console.log('end'); process.nextTick(() => console.log('tick from end')); });
readable.on('close', () => { console.log('close'); setImmediate(() => console.log('immediate')); });
console.log('main');
