const EventEmitter = require('events');
class Store extends EventEmitter {}
const e = new Store();
process.on('warning', (w) => console.log(w.name, w.type, w.count, w.emitter === e, w.message));
for (let i = 0; i < 12; ++i) e.on('leak', () => {});
const f = new EventEmitter().setMaxListeners(1); f.on('x', () => {}); f.on('x', () => {}); f.setMaxListeners(0);
