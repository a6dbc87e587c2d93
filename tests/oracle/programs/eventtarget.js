const t = new EventTarget();
t.addEventListener('x', (e) => console.log('1', e.type, e.target === t, e.cancelable, e.defaultPrevented, e instanceof Event));
t.addEventListener('x', { handleEvent(e) { console.log('2 object'); e.preventDefault(); } }); t.addEventListener('x', () => console.log('3 once'), { once: true });
console.log(t.dispatchEvent(new Event('x', { cancelable: true })), t.dispatchEvent(new Event('x')));
const controller = new AbortController(); t.addEventListener('y', () => console.log('y'), { signal: controller.signal }); t.dispatchEvent(new Event('y')); controller.abort(); t.dispatchEvent(new Event('y'));
t.addEventListener('z', (e) => { console.log(e.detail); e.stopImmediatePropagation(); }); t.addEventListener('z', () => console.log('never')); t.dispatchEvent(new CustomEvent('z', { detail: { a: 1 } }));
try { t.dispatchEvent({}); } catch (e) { console.log(e.code); } class Mine extends EventTarget {} console.log(new Mine() instanceof EventTarget, typeof Event.prototype.composedPath, new Event('q').timeStamp >= 0, new Event('q').eventPhase);
process.on('uncaughtException', (e) => console.log('uncaught', e.message)); t.addEventListener('boom', () => { throw new Error('in listener'); }); t.addEventListener('boom', () => console.log('still called')); t.dispatchEvent(new Event('boom')); console.log('after');
