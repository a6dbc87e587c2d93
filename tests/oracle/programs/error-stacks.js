// Names and lines of frames (columns and Node's own frames left out).
const frames = (e) => e.stack.split('\n').filter((l) => l.includes(__filename)).map((l) => l.trim().replace(__filename, 'FILE').replace(/:\d+\)?$/, ''));
function a() { b(); }
function b() { const c = () => { throw new Error('deep'); }; c(); }
class K { m() { a(); } static s() { new K().m(); } get g() { return K.s(); } }
const obj = { method() { return new K().g; }, 'quoted name'() { return this.method(); } };
try { obj['quoted name'](); } catch (e) { console.log(frames(e)); console.log(e.stack.split('\n')[0]); }
[1].forEach(function each() { try { null.x; } catch (e) { console.log(frames(e)[0]); } });
setTimeout(function timerCallback() { try { a(); } catch (e) { console.log(frames(e)); } }, 1);
const holder = {}; Error.captureStackTrace(holder); console.log(typeof holder.stack, holder.stack.split('\n')[0]); Error.stackTraceLimit = 1; console.log(new Error('x').stack.split('\n').length);
