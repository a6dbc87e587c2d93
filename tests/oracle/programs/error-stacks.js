// Names and lines of frames (columns and Node's own frames left out).
const frames = (e) => e.stack.split('\n').filter((l) => l.includes(__filename)).map((l) => l.trim().replace(__filename, 'FILE').replace(/:\d+\)?$/, ''));
function a() {
  b();
}
function b() {
  const c = () => {
    throw new Error('deep');
  };
  c();
}
try {
  a();
} catch (e) {
  console.log(frames(e));
  console.log(e.stack.split('\n')[0]);
}
[1].forEach(function each() { try { null.x; } catch (e) { console.log(frames(e)[0]); } });
Promise.resolve().then(function reaction() { try { a(); } catch (e) { console.log(frames(e)); } });
const holder = {};
Error.captureStackTrace(holder);
console.log(typeof holder.stack, holder.stack.split('\n')[0]);
function hidden() { const e = new Error('hides'); Error.captureStackTrace(e, hidden); return e; }
console.log(frames(hidden()));
const saved = Error.stackTraceLimit;
Error.stackTraceLimit = 1;
console.log(new Error('x').stack.split('\n').length);
Error.stackTraceLimit = saved;
