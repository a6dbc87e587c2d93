// Events of a pipeline, one that fails, pulls of an async iterator, operators, a duplex and back pressure.
const { Readable, Writable, Transform, pipeline, PassThrough, Duplex, finished } = require('stream');
const r = Readable.from(['a', 'b', 'c']);
const t = new Transform({ transform(c, e, cb) { setTimeout(() => cb(null, String(c).toUpperCase()), 1); }, flush(cb) { this.push('!'); cb(); } });
const w = new Writable({ write(c, e, cb) { console.log('w', String(c)); process.nextTick(cb); }, final(cb) { console.log('final'); cb(); } });
for (const [n, s] of [['r', r], ['t', t], ['w', w]]) for (const ev of ['end', 'finish', 'close', 'pause', 'resume', 'drain', 'prefinish']) s.on(ev, () => console.log(n, ev));
pipeline(r, t, w, (e) => { console.log('done', e); second(); });
function second() {
  const bad = new Transform({ transform(c, e, cb) { cb(new Error('bad')); } });
  pipeline(Readable.from(['x']), bad, new PassThrough(), (e) => { console.log(e.message, bad.destroyed); third(); });
}
async function third() {
  const rr = new Readable({ objectMode: true, highWaterMark: 2, read() { console.log('read'); this.push(this.n = (this.n || 0) + 1); if (this.n === 4) this.push(null); } });
  for await (const x of rr) console.log('x', x);
  console.log(await Readable.from([1, 2, 3, 4]).filter(x => x % 2).map(async x => x * 2).toArray());
  const d = new Duplex({ read() { this.push('d'); this.push(null) }, write(c, e, cb) { cb(); } });
  finished(d, (e) => console.log('fin', e && e.code));
  d.resume();
  d.end('q');
  d.on('close', () => console.log('dclose'));
  const ww = new Writable({ highWaterMark: 3, write(c, e, cb) { setImmediate(cb); } });
  console.log(ww.write('ab'), ww.write('cd'), ww.writableLength, ww.writableNeedDrain);
  ww.on('drain', () => console.log('drain'));
  ww.end(() => console.log('ended'));
}
