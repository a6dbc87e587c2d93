const EventEmitter = require('events');
const e = new EventEmitter();
e.on('a', function (...args) { console.log('on', args, this === e); }); e.prependListener('a', () => console.log('prepended')); e.once('a', () => console.log('once')); e.prependOnceListener('a', () => console.log('prepended once'));
console.log(e.emit('a', 1, 2), e.emit('a'), e.emit('nothing'), e.listenerCount('a'), e.eventNames(), e.listeners('a').length, e.rawListeners('a').length);
const f = () => console.log('f'); e.on('b', f).on('b', f); e.off('b', f); e.emit('b'); e.removeAllListeners('b'); console.log(e.emit('b'));
e.on('newListener', (name) => console.log('new', name)); e.on('removeListener', (name) => console.log('removed', name)); e.on('c', f); e.removeListener('c', f); e.once('d', f); e.emit('d');
try { e.emit('error', new Error('unhandled error event')); } catch (error) { console.log(error.message); } try { e.emit('error', 'text'); } catch (error) { console.log(error.code, error.message); }
e.on(EventEmitter.errorMonitor, (error) => console.log('monitored', error.message)); e.on('error', (error) => console.log('handled', error.message)); e.emit('error', new Error('x'));
try { e.on('x', 5); } catch (error) { console.log(error.code); } console.log(EventEmitter.defaultMaxListeners, e.getMaxListeners(), EventEmitter.EventEmitter === EventEmitter, EventEmitter.usingDomains);
e.on('loop', () => { console.log('first'); e.on('loop', () => console.log('added while emitting')); }); e.emit('loop'); const s = Symbol('sym'); e.on(s, () => console.log('symbol')); e.emit(s);
