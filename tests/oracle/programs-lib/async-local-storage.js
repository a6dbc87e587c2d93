// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const { AsyncLocalStorage, AsyncResource, executionAsyncId, triggerAsyncId, createHook } = require('async_hooks');
const storage = new AsyncLocalStorage(); const other = new AsyncLocalStorage();
console.log(storage.getStore(), executionAsyncId(), triggerAsyncId());
console.log(storage.run(1, (...args) => [storage.getStore(), args], 'x'), storage.getStore());
const show = (label) => console.log(label, storage.getStore(), other.getStore());
storage.run('outer', () => {
  show('sync'); setTimeout(show, 40, 'timeout'); setImmediate(show, 'immediate'); process.nextTick(show, 'tick'); queueMicrotask(() => show('microtask')); Promise.resolve().then(() => show('then'));
  other.run('o', () => { Promise.resolve().then(() => show('both')); storage.run('inner', () => setTimeout(show, 80, 'inner timeout')); });
  (async () => { await null; show('await'); await new Promise((resolve) => { setTimeout(resolve, 120); }); show('await timer'); })();
  storage.exit(() => { show('exit'); setTimeout(show, 160, 'exit timeout'); });
  show('after');
  try { storage.run('throws', () => { throw new Error('x'); }); } catch (error) { show('caught'); }
});
show('outside');
const bound = storage.run('bound', () => AsyncResource.bind((a, b) => [storage.getStore(), a, b])); console.log(bound(1, 2), bound.length);
const snapshot = storage.run('snap', () => AsyncLocalStorage.snapshot()); console.log(storage.run('now', () => snapshot(() => storage.getStore())));
const kept = storage.run('kept', () => new AsyncResource('MyResource')); kept.runInAsyncScope(() => show('resource'), null); console.log(kept.runInAsyncScope(function(a) { return [this.t, a]; }, { t: 1 }, 2), typeof kept.asyncId(), kept.emitDestroy() === kept);
storage.run('bind', () => { const listener = AsyncLocalStorage.bind(() => show('als bind')); setTimeout(listener, 200); });
for (const make of [() => new AsyncResource(), () => new AsyncResource(5), () => new AsyncResource('x', { triggerAsyncId: 'y' }), () => new AsyncResource('x').bind(5), () => createHook({ init: 5 })]) { try { make(); } catch (error) { console.log(error.name, error.code, error.message); } }
setTimeout(() => { storage.enterWith('entered'); show('enterWith'); setTimeout(show, 40, 'after enterWith'); Promise.resolve().then(() => show('then enterWith')); }, 240); setTimeout(show, 320, 'unrelated');
(async () => { await new Promise((resolve) => { setTimeout(resolve, 360); }); await storage.run('a', async () => { await null; show('in async'); }); show('after async run'); storage.disable(); show('disabled'); })();
class Pool { run(task, callback) { setTimeout(() => callback(null, task), 60); } } const pool = new Pool(); storage.run('request', () => pool.run('t', (error, value) => show(`pool ${value}`)));
