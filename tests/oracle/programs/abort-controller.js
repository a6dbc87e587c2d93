const c = new AbortController();
c.signal.addEventListener('abort', (e) => console.log('event', e.type, c.signal.reason.name)); c.signal.onabort = () => console.log('onabort');
console.log(c.signal.aborted, c.signal.reason); c.signal.throwIfAborted(); c.abort(); c.abort('again'); console.log(c.signal.aborted, c.signal.reason.message, c.signal.reason.code, c.signal.reason.constructor.name);
try { c.signal.throwIfAborted(); } catch (e) { console.log(e.name); } console.log(AbortSignal.abort('why').reason, AbortSignal.abort().aborted);
const timeout = AbortSignal.timeout(5); timeout.addEventListener('abort', () => console.log(timeout.reason.name, timeout.reason.message)); setTimeout(() => console.log('later', timeout.aborted), 50);
const a = new AbortController(), any = AbortSignal.any([a.signal, new AbortController().signal]); any.onabort = () => console.log('any', any.reason); a.abort('from a'); console.log(AbortSignal.any([AbortSignal.abort(1)]).reason);
try { new AbortSignal(); } catch (e) { console.log(e.name, e.message); } console.log(c, c.signal);
