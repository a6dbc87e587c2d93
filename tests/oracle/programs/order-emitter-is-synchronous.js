const EventEmitter = require('events');
const emitter = new EventEmitter();
emitter.on('go', () => { console.log('listener 1'); process.nextTick(() => console.log('tick')); });
emitter.on('go', async () => { console.log('listener 2'); await null; console.log('listener 2 later'); });
console.log('before', emitter.emit('go'), 'after');
Promise.resolve().then(() => console.log('micro'));
