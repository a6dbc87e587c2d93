const { EventEmitter, once, on, getEventListeners, setMaxListeners } = require('events');
const e = new EventEmitter();
(async () => {
  setTimeout(() => e.emit('ready', 1, 2), 5); console.log(await once(e, 'ready'));
  setTimeout(() => e.emit('error', new Error('while waiting')), 5); await once(e, 'ready').catch((error) => console.log(error.message));
  const controller = new AbortController(); setTimeout(() => controller.abort(), 5); await once(e, 'x', { signal: controller.signal }).catch((error) => console.log(error.name, error.code));
  process.nextTick(() => { e.emit('item', 'a'); e.emit('item', 'b'); e.emit('item', 'stop'); });
  for await (const [item] of on(e, 'item')) { console.log(item); if (item === 'stop') break; }
  console.log(e.listenerCount('item'), getEventListeners(e, 'item').length);
  const target = new EventTarget(); setTimeout(() => target.dispatchEvent(new Event('go')), 5); console.log((await once(target, 'go'))[0].type);
})();
const capturing = new EventEmitter({ captureRejections: true }); capturing.on('x', async () => { throw new Error('rejected listener'); }); capturing.on('error', (error) => console.log('captured', error.message)); capturing.emit('x');
