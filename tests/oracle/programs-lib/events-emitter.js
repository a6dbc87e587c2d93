// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const EventEmitter = require('events');
const attempt = (label, body) => { try { console.log(label, body()); } catch (error) { console.log(label, error.name, error.code, error.message); } };

const emitter = new EventEmitter();
console.log(emitter, Object.keys(EventEmitter), EventEmitter === EventEmitter.EventEmitter);
emitter.on('newListener', (name, listener) => console.log('new', name, listener.name));
emitter.on('removeListener', (name, listener) => console.log('removed', name, listener.name));
function a() { console.log('a', this === emitter, arguments.length); }
function b(...args) { console.log('b', args); }
emitter.on('x', a).once('x', b).prependListener('x', function first() { console.log('first'); }).prependOnceListener('x', function zero() { console.log('zero'); });
console.log(emitter.emit('x', 1, 2), emitter.emit('x'), emitter.emit('nothing'));
console.log(emitter.listeners('x').map((f) => f.name), emitter.rawListeners('x').map((f) => f.name), emitter.eventNames(), emitter.listenerCount('x'), emitter.listenerCount('x', a), EventEmitter.listenerCount(emitter, 'x'));
emitter.off('x', a); emitter.removeAllListeners('x'); emitter.removeAllListeners();
console.log(emitter.eventNames(), emitter.getMaxListeners(), EventEmitter.defaultMaxListeners);
emitter.once('raw', b); console.log(emitter.rawListeners('raw')[0].listener === b, emitter.listeners('raw')[0] === b);
const symbol = Symbol('sym'); emitter.on(symbol, () => console.log('symbol')); emitter.emit(symbol); console.log(emitter.eventNames());

attempt('on', () => emitter.on('x', 5)); attempt('once', () => emitter.once('x')); attempt('off', () => emitter.off('x', {})); attempt('max', () => emitter.setMaxListeners(-1)); attempt('max', () => emitter.setMaxListeners('1'));
attempt('default', () => { EventEmitter.defaultMaxListeners = NaN; }); attempt('capture', () => new EventEmitter({ captureRejections: 5 })); attempt('capture', () => { EventEmitter.captureRejections = 1; });
attempt('error', () => new EventEmitter().emit('error', new RangeError('bad'))); attempt('error', () => new EventEmitter().emit('error', 'text')); attempt('error', () => new EventEmitter().emit('error', { a: 1 })); attempt('error', () => new EventEmitter().emit('error'));
attempt('context', () => { try { new EventEmitter().emit('error', 42); } catch (error) { return error.context; } return 0; });
const monitored = new EventEmitter(); monitored.on(EventEmitter.errorMonitor, (error) => console.log('monitor', error.message)); attempt('monitored', () => monitored.emit('error', new Error('seen')));
attempt('listeners', () => EventEmitter.getEventListeners(5, 'x')); attempt('set', () => EventEmitter.setMaxListeners(5, {})); console.log(EventEmitter.getMaxListeners(emitter));
class Sub extends EventEmitter { constructor() { super(); this.z = 1; } } console.log(new Sub()); const bare = Object.create(EventEmitter.prototype); bare.on('q', () => console.log('q')); bare.emit('q');
function Old() { EventEmitter.call(this); } Object.setPrototypeOf(Old.prototype, EventEmitter.prototype); new Old().on('e', (v) => console.log('old', v)).emit('e', 3);

process.on('warning', (warning) => console.log('warning', warning.name, warning.message, warning.type, warning.count, warning.emitter === leaky));
const leaky = new EventEmitter(); for (let i = 0; i < 12; ++i) leaky.on('leak', () => {});
const removing = new EventEmitter(); removing.on('r', function one() { removing.off('r', two); console.log('one'); }); function two() { console.log('two'); } removing.on('r', two); removing.emit('r'); removing.emit('r');

const ticking = new EventEmitter();
(async () => {
  setTimeout(() => ticking.emit('ready', 1, 2), 1);
  console.log('once', await EventEmitter.once(ticking, 'ready'));
  setTimeout(() => ticking.emit('error', new Error('later')), 1);
  await EventEmitter.once(ticking, 'ready').catch((error) => console.log('rejected', error.message));
  setTimeout(() => ticking.emit('error', new Error('as value')), 1);
  console.log('once error', (await EventEmitter.once(ticking, 'error'))[0].message);
  const controller = new AbortController(); setTimeout(() => controller.abort(), 1);
  await EventEmitter.once(ticking, 'never', { signal: controller.signal }).catch((error) => console.log(error.name, error.code, error.message, error.cause.name));
  await EventEmitter.once(ticking, 'x', { signal: 5 }).catch((error) => console.log(error.code, error.message));
  await EventEmitter.once(ticking, 'x', { signal: AbortSignal.abort() }).catch((error) => console.log(error.code));
  setTimeout(() => { ticking.emit('item', 1); ticking.emit('item', 2, 3); ticking.emit('done'); }, 1);
  for await (const values of EventEmitter.on(ticking, 'item', { close: ['done'] })) console.log('item', values);
  const iterator = EventEmitter.on(ticking, 'item'); ticking.emit('item', 'queued'); ticking.emit('error', new Error('stop'));
  console.log(await iterator.next()); await iterator.next().catch((error) => console.log('iterator', error.message)); console.log(await iterator.next(), ticking.listenerCount('item'));
  const capturing = new EventEmitter({ captureRejections: true }); capturing.on('go', async () => { throw new Error('captured'); }); capturing.on('error', (error) => console.log('capture', error.message)); capturing.emit('go');
  await new Promise((resolve) => { setTimeout(resolve, 2); });
  const own = new EventEmitter({ captureRejections: true }); own[Symbol.for('nodejs.rejection')] = (error, name, ...args) => console.log('own', error.message, name, args); own.on('go', async () => { throw new Error('x'); }); own.emit('go', 7);
  const order = []; const quick = new EventEmitter(); const waiting = EventEmitter.once(quick, 'e').then(() => order.push('once')); quick.emit('e'); Promise.resolve().then(() => order.push(1)).then(() => order.push(2)).then(() => order.push(3)).then(() => order.push(4)).then(() => order.push(5)); await waiting; await null; await null; console.log(order);
  const target = new EventTarget(); setTimeout(() => target.dispatchEvent(new Event('hi')), 1); console.log((await EventEmitter.once(target, 'hi'))[0].type);
  const disposable = EventEmitter.addAbortListener(controller.signal, () => console.log('already aborted')); console.log(typeof disposable);
  await null;
})();
