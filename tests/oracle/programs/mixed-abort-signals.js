// AbortSignal: timeout, any, listeners as functions and objects; EventTarget's dispatch.
const s = AbortSignal.timeout(5);
s.addEventListener('abort', (e) => console.log(e.type, s.reason.name, s.reason.message));
s.onabort = () => console.log('onabort');
const ac = new AbortController();
ac.signal.addEventListener('abort', () => console.log('1'), { once: true });
ac.signal.addEventListener('abort', { handleEvent(e) { console.log('2', e.target === ac.signal); } });
ac.abort('r');
ac.abort('r2');
console.log(ac.signal.reason, ac.signal.aborted);
const any = AbortSignal.any([ac.signal, s]);
console.log(any.aborted, any.reason);
setTimeout(() => console.log('end'), 20);
const t = new EventTarget();
t.addEventListener('x', (e) => { console.log('a', e.defaultPrevented); e.preventDefault(); });
t.addEventListener('x', (e) => { console.log('b', e.defaultPrevented); e.stopImmediatePropagation(); });
t.addEventListener('x', () => console.log('c'));
console.log(t.dispatchEvent(new Event('x', { cancelable: true })));
