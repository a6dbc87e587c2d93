// What V8 puts before the names of methods.
const frames = (e) => e.stack.split('\n').filter((l) => l.includes(__filename)).map((l) => l.trim().replace(__filename, 'FILE').replace(/:\d+\)?$/, ''));
const fail = () => { throw new Error('deep'); };
class K {
  constructor(x) { if (x) fail(); }
  m() { fail(); }
  static s() { new K().m(); }
}
const obj = { method() { return K.s(); } };
for (const f of [() => obj.method(), () => new K(1)])
  try { f(); } catch (e) { console.log(frames(e)); }
setTimeout(function timerCallback() { try { fail(); } catch (e) { console.log(frames(e)); } }, 1);
